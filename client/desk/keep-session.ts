import { computed, shallowRef } from 'vue'

/** The warning comes this long before the end. */
const warningMs = 60_000
/** The server lengthens a session at most every 30 s. */
const renewEveryMs = 35_000

/** Local time (ms) at which the session ends if nothing is done; null = not known yet. */
const endsAt = shallowRef<number | null>(null)
const tick = shallowRef(Date.now())
let renew = () => {}

/** Whole seconds until the end, once a warning is due; else null. */
export const secondsLeft = computed(() => {
  const left = endsAt.value === null
    ? Infinity
    : endsAt.value - tick.value
  return left <= warningMs
    ? Math.max(0, Math.ceil(left / 1000))
    : null
})

/** Somebody said that they are still there. */
export function staySignedIn(): void {
  renew()
}

/**
 * Keeps the session alive while somebody is there: keys, clicks, touches and scrolling count, and opening a page. A page that
 * only listens, or asks for things by itself, does not. `onEnd`: the server says that there is no session any more.
 */
export function keepSession(onEnd: () => void): void {
  let renewedAt = -Infinity
  let planned: ReturnType<typeof setTimeout> | null = null
  let looked = false

  async function ask({ renew }: { renew: boolean }) {
    // Enter on a button is a key and a click: one request is enough.
    if (renew && Date.now() - renewedAt < 1000)
      return
    if (renew)
      renewedAt = Date.now()
    const left = await timeLeft(renew)
    if (left === 'over')
      onEnd()
    else if (left !== null)
      endsAt.value = Date.now() + left
  }
  function onActivity() {
    planned ??= setTimeout(() => {
      planned = null
      void ask({ renew: true })
    }, secondsLeft.value === null
      ? Math.max(0, renewedAt + renewEveryMs - Date.now())
      : 0)
  }
  function onTick() {
    tick.value = Date.now()
    const left = secondsLeft.value
    if (left === null) {
      looked = false
    }
    else if (!looked || left === 0) {
      // Another page of the same browser may have kept it alive; that is no sign of life on this one.
      looked = true
      void ask({ renew: false })
    }
  }

  renew = () => void ask({ renew: true })
  for (const name of [
    'keydown',
    'pointerdown',
    'wheel',
    'touchstart',
  ])
    window.addEventListener(name, onActivity, { capture: true, passive: true })
  setInterval(onTick, 1000)
  renew()
}

/** Milliseconds that the session has left by the server's own clock; 'over' = there is none, null = no answer. */
async function timeLeft(lengthen: boolean): Promise<number | 'over' | null> {
  const response = await fetch(`/api/auth/get-session${lengthen ? '' : '?disableRefresh=true'}`).catch(() => null)
  if (!response?.ok)
    return null
  const answer = await response.json().catch(() => undefined) as { session: { expiresAt: string } } | null | undefined
  if (answer === undefined)
    return null
  if (answer === null)
    return 'over'
  const serverNow = Date.parse(response.headers.get('date') ?? '') || Date.now()
  return Date.parse(answer.session.expiresAt) - serverNow
}
