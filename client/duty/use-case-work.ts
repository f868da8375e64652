import type { CaseWork } from '#contract/case-work.ts'
import type { CaseAction, CaseActionInput } from '#contract/case.ts'
import type { Feature } from '#contract/geometry.ts'
import type { Problem } from '#contract/problem.ts'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { ApiProblem, getJson, sendJson } from '../api.ts'
import { caseOf } from '../state/figures/case-times.ts'
import { createRetryKeys } from './retry-keys.ts'

/** Problems of an action carry more: which rule refused, or what happened to the case meanwhile. */
export type ActionProblem = Problem & { guard?: string, reason?: string, changes?: { at: string, type: string }[] }

/** Clock, history and possible next steps of the case that is looked at; read anew whenever the case changed. */
export function useCaseWork(feature: () => Feature | undefined) {
  const work = shallowRef<CaseWork | null>(null)
  const problem = shallowRef<ActionProblem | null>(null)
  const acting = shallowRef(false)
  const keys = createRetryKeys()
  let asking: AbortController | null = null

  async function load(id: string) {
    asking?.abort()
    const mine = asking = new AbortController()
    const path = `/api/v1/cases/${encodeURIComponent(id)}/work`
    const answer = await getJson<CaseWork>(path, { signal: mine.signal }).catch(() => null)
    if (asking === mine && answer)
      work.value = answer
  }

  watch(() => {
    const item = feature()
    return item && `${item.id} ${caseOf(item).version} ${caseOf(item).card ?? ''}`
  }, () => {
    const id = feature()?.id
    if (id !== work.value?.id)
      work.value = null
    if (id !== undefined)
      void load(id)
  }, { immediate: true })
  watch(() => feature()?.id, () => problem.value = null)
  onScopeDispose(() => asking?.abort())

  /** Does it, if the case still is as it was read; tells why not. Whether it was done. */
  async function act(action: CaseAction, said: CaseActionInput): Promise<boolean> {
    const id = feature()?.id
    if (id === undefined || acting.value || work.value?.id !== id)
      return false
    const input = { ...said, version: work.value.version }
    acting.value = true
    problem.value = null
    try {
      await sendJson('POST', `/api/v1/cases/${encodeURIComponent(id)}/actions/${action}`, input, {
        'idempotency-key': keys.keyFor(JSON.stringify([id, action, input])),
      })
      keys.done()
      return true
    }
    catch (error) {
      if (!(error instanceof ApiProblem))
        throw error
      problem.value = error.problem as ActionProblem
      if (error.problem.status !== 0)
        keys.done()
      return false
    }
    finally {
      acting.value = false
      if (feature()?.id === id)
        void load(id)
    }
  }

  return {
    work,
    problem,
    acting,
    act,
  }
}

export type CaseWorkHere = ReturnType<typeof useCaseWork>
