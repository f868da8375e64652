import type { DeviceCode } from './pair.ts'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { pair } from './pair.ts'

/** The code to show, while the server is asked for approval. Once approved, the page begins anew as a paired screen. */
export function usePairing() {
  const shown = shallowRef<{ code: DeviceCode, until: number } | null>(null)
  const unreachable = shallowRef(false)
  const tick = shallowRef(Date.now())
  const stop = new AbortController()
  const second = setInterval(() => tick.value = Date.now(), 1000)
  onScopeDispose(() => {
    clearInterval(second)
    stop.abort()
  })

  pair({
    post,
    sleep: seconds => new Promise((resolve, reject) => {
      // A quarter of a second more: the server measures from when it heard us last.
      const timer = setTimeout(resolve, seconds * 1000 + 250)
      stop.signal.addEventListener('abort', () => {
        clearTimeout(timer)
        reject(stop.signal.reason)
      }, { once: true })
    }),
    show(state) {
      unreachable.value = state === 'unreachable'
      if (state !== 'unreachable')
        shown.value = { code: state.code, until: Date.now() + state.code.expires_in * 1000 }
    },
  }).then(() => location.reload(), () => {})

  return {
    /** In two halves, as it is read out. */
    code: computed(() => shown.value?.code.user_code.replace(/^(.{4})(.+)$/, '$1-$2') ?? null),
    minutes: computed(() => shown.value && Math.max(1, Math.ceil((shown.value.until - tick.value) / 60_000))),
    unreachable,
  }
}

async function post(path: string, body: object): Promise<{ status: number, body: Record<string, unknown> } | null> {
  const response = await fetch(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null)
  return response && {
    status: response.status,
    body: await response.json().catch(() => ({})) as Record<string, unknown>,
  }
}
