import type { Me } from '#contract/access.ts'
import { computed, shallowRef } from 'vue'
import { getJson } from '../api.ts'

/** Who is signed in here and what that opens; null until the server has said so. */
export const me = shallowRef<Me | null>(null)

/** The person at this screen; null for nobody, and for a screen (which is no person). */
export const person = computed(() => me.value?.account && me.value.account.role !== 'wall'
  ? me.value.account
  : null)

/** A page waits for the answer before it begins: on a line that has gone silent it must begin all the same. */
const patienceMs = 8000

/** Asks the server. This is no sign of somebody being there: it does not keep the session alive. Rejects when there is no answer. */
export async function loadMe(): Promise<Me> {
  me.value = await getJson<Me>('/api/v1/me', {
    signal: AbortSignal.timeout(patienceMs),
  })
  return me.value
}
