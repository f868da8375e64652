import { askAuth } from '../sign-in/ask-auth.ts'
import { forgetTasks } from './task-store.ts'

/** To the sign-in page and back. */
export function toSignIn(): void {
  location.assign(`/sign-in?${new URLSearchParams({ to: '/grid' })}`)
}

/** Ends the session; what was known of the tasks leaves the phone. What waits to be sent stays for the same worker. */
export async function leave(): Promise<void> {
  await forgetTasks()
  await askAuth('/sign-out')
  location.replace('/sign-in?why=out')
}
