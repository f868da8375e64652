import type { Fault } from './fault.ts'
import { computed, ref, shallowRef } from 'vue'
import { loadMe, me, person } from '../state/me.ts'
import { askAuth } from './ask-auth.ts'
import { faultOf, signInFault, signOnFault } from './fault.ts'
import { ownPath, targetOf } from './target.ts'

export type Step = 'waiting' | 'password' | 'code' | 'new-password' | 'second-factor'

/** Why somebody comes here who had been signed in, as `client/desk` says it in the address. */
const reasons = ['idle', 'ended', 'out', 'everywhere'] as const

/**
 * The way in, step by step: password, second factor, then whatever the account's standing still asks for. `?do=password` and
 * `?do=second-factor` are the same steps for somebody who is signed in and wants to change something.
 */
export function useSignIn() {
  const query = new URLSearchParams(location.search)
  const wish = query.get('do')
  const step = shallowRef<Step>('waiting')
  const busy = shallowRef(false)
  const fault = shallowRef<Fault | null>(query.has('error')
    ? signOnFault(query.get('error')!)
    : null)
  const reason = reasons.find(known => known === query.get('why')) ?? null
  /** What was typed a moment ago, so that the next step need not ask for it again. It leaves with the page. */
  const password = ref('')
  const back = computed(() => me.value && person.value?.standing === 'full'
    ? targetOf(query.get('to'), me.value.pages, location.origin)
    : null)

  async function work<T>(run: () => Promise<T>): Promise<T> {
    busy.value = true
    try {
      return await run()
    }
    finally {
      busy.value = false
    }
  }

  /** To the step that the account's standing asks for, or out of here. */
  async function goOn({ wished = null as string | null } = {}): Promise<void> {
    const now = await loadMe().catch(() => null)
    if (!now) {
      fault.value = { key: 'unreachable' }
      if (step.value === 'waiting')
        step.value = 'password'
      return
    }
    fault.value = person.value
      ? null
      : fault.value
    const standing = person.value?.standing
    if (!standing) {
      step.value = query.get('step') === 'code' && step.value === 'waiting'
        ? 'code'
        : 'password'
    }
    else if (standing === 'must-change-password' || wished === 'password') {
      step.value = 'new-password'
    }
    else if (standing === 'must-enrol-second-factor' || wished === 'second-factor') {
      step.value = 'second-factor'
    }
    else {
      location.replace(back.value!)
    }
  }

  const signIn = (username: string, typed: string) => work(async () => {
    const answer = await askAuth<{ twoFactorRedirect?: boolean }>('/sign-in/username', {
      username: username.trim(),
      password: typed,
    })
    if ('code' in answer) {
      fault.value = signInFault(answer)
      return
    }
    fault.value = null
    password.value = typed
    if (answer.data.twoFactorRedirect)
      step.value = 'code'
    else
      await goOn()
  })

  const verify = (code: string, kind: 'totp' | 'backup-code') => work(async () => {
    const answer = await askAuth(`/two-factor/verify-${kind}`, {
      code: kind === 'totp'
        ? code.replaceAll(/\D/g, '')
        : code.trim().toLowerCase(),
    })
    if ('data' in answer)
      return await goOn()
    fault.value = faultOf(answer, kind === 'totp'
      ? 'code'
      : 'backup')
    if (fault.value.key === 'again')
      step.value = 'password'
  })

  const changePassword = (current: string, chosen: string) => work(async () => {
    const answer = await askAuth('/change-password', { currentPassword: current, newPassword: chosen, revokeOtherSessions: true })
    if ('code' in answer) {
      fault.value = faultOf(answer, 'server')
      if (fault.value.key === 'again')
        step.value = 'password'
      else if (fault.value.key === 'current')
        password.value = ''
      return
    }
    password.value = chosen
    await goOn()
  })

  const signOn = () => work(async () => {
    const here = `/sign-in?to=${encodeURIComponent(ownPath(query.get('to'), location.origin) ?? '')}`
    const answer = await askAuth<{ url?: string }>('/sign-in/social', { provider: 'oidc', callbackURL: here, errorCallbackURL: here })
    if ('data' in answer && answer.data.url) {
      location.assign(answer.data.url)
    }
    else {
      fault.value = 'code' in answer
        ? faultOf(answer, 'signOn')
        : { key: 'signOn' }
    }
  })

  async function startAgain(): Promise<void> {
    await askAuth('/sign-out')
    password.value = ''
    fault.value = null
    await loadMe().catch(() => null)
    step.value = 'password'
  }

  void goOn({ wished: wish })
  return {
    step,
    busy,
    fault,
    reason,
    password,
    back,
    goOn,
    signIn,
    verify,
    changePassword,
    signOn,
    startAgain,
    say: (told: Fault | null) => fault.value = told,
  }
}

export type SignInState = ReturnType<typeof useSignIn>
