import type { Component } from 'vue'
import type { Me } from '#contract/access.ts'
import type { desks } from './desks.ts'
import { loadMe, person } from '../state/me.ts'
import { onDoubt } from '../state/session-doubt.ts'
import { startPage } from '../start-page.ts'
import NotAllowed from './NotAllowed.vue'
import { keepSession, secondsLeft } from './keep-session.ts'
import { toSignIn } from './leave.ts'

type Desk = (typeof desks)[number]

/**
 * Opens a desk for whoever may have it: nobody signed in goes to the sign-in page and comes back, another role is told so. While
 * it is open, the session is kept alive by what somebody does, and its end leads to the sign-in page.
 *
 * With the server away nobody can tell: the page starts, says that there is no link, and it is settled when there is one.
 */
export async function enterDesk(desk: Desk, screen: Component, title: string, start: () => void): Promise<void> {
  const me = await loadMe().catch(() => null)
  if (me && !mayWork())
    return toSignIn()
  if (me && !me.pages.includes(desk))
    return startPage(NotAllowed, 'account.notAllowed.title')
  const account = me?.account?.id ?? null
  let asking: Promise<void> | null = null

  const leave = () => toSignIn(secondsLeft.value === null
    ? 'ended'
    : 'idle')

  async function settle() {
    const now: Me | null = await loadMe().catch(() => null)
    if (now && !mayWork())
      leave()
    else if (now && (now.account?.id !== account || !now.pages.includes(desk)))
      location.reload()
    else if (!now && !me)
      setTimeout(settle, 2000)
  }

  onDoubt(() => void (asking ??= settle().finally(() => asking = null)))
  keepSession(leave)
  start()
  startPage(screen, title)
  if (!me)
    void settle()
}

function mayWork(): boolean {
  return person.value?.standing === 'full'
}
