import type { DispatchPlans } from '#contract/dispatch.ts'
import type { Problem } from '#contract/problem.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { ApiProblem, sendJson } from '../../api.ts'

export type Sent = 'sending' | 'sent' | { problem: Problem & { reason?: string } }

/** Of this page: whoever opens another one means another offer. */
const key = Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, '0')).join('')

/** Who to send where for many waiting cases: two plans to choose from, and sending what was not taken out, one offer after the other. */
export function useBatch(cases: () => readonly string[]) {
  const perOfficer = shallowRef(1)
  const plans = shallowRef<DispatchPlans | null>(null)
  const failed = shallowRef(false)
  const which = shallowRef<'best' | 'inTurn'>('best')
  const leftOut = shallowRef<ReadonlySet<string>>(new Set())
  /** How far each case's offer is. */
  const sent = shallowRef<ReadonlyMap<string, Sent>>(new Map())
  const sending = shallowRef(false)
  const plan = computed(() => plans.value?.[which.value] ?? null)
  const toSend = computed(() => plan.value?.given.filter(({ case: id }) => !leftOut.value.has(id) && sent.value.get(id) !== 'sent') ?? [])
  let asked = 0

  async function load() {
    const mine = ++asked
    failed.value = false
    plans.value = null
    sent.value = new Map()
    leftOut.value = new Set()
    const answer = await sendJson<DispatchPlans>('POST', '/api/v1/dispatch/plans', {
      cases: cases(),
      perOfficer: perOfficer.value,
    }).catch(() => null)
    if (mine !== asked)
      return
    failed.value = answer === null
    plans.value = answer
  }
  watch([
    () => cases().join(' '),
    perOfficer,
  ], load, { immediate: true })
  onScopeDispose(() => asked++)

  function toggle(id: string) {
    const next = new Set(leftOut.value)
    if (!next.delete(id))
      next.add(id)
    leftOut.value = next
  }

  /** The key is the case's and the officer's: sent again after a lost answer, nobody is sent twice. */
  async function sendOne(id: string, officer: string): Promise<Sent> {
    try {
      await sendJson('POST', `/api/v1/cases/${encodeURIComponent(id)}/assignments`, { officer }, {
        'idempotency-key': `${key}-${id}-${officer}`,
      })
      return 'sent'
    }
    catch (error) {
      if (!(error instanceof ApiProblem))
        throw error
      return { problem: error.problem }
    }
  }

  async function sendAll() {
    if (sending.value)
      return
    sending.value = true
    for (const { case: id, officer } of toSend.value) {
      sent.value = new Map(sent.value).set(id, 'sending')
      sent.value = new Map(sent.value).set(id, await sendOne(id, officer))
    }
    sending.value = false
  }

  return {
    perOfficer,
    plans,
    plan,
    which,
    failed,
    leftOut,
    sent,
    sending,
    toSend,
    load,
    toggle,
    sendAll,
  }
}
