import type { AssignmentStep, Suggestions } from '#contract/dispatch.ts'
import type { Problem } from '#contract/problem.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { ApiProblem, getJson, sendJson } from '../../api.ts'
import { world } from '../../state/world.ts'
import { assignmentsOf, openAssignment } from './open-assignment.ts'
import { createRetryKeys } from '../retry-keys.ts'

/** Who is or can be sent to the case that is looked at; suggestions are asked anew when the case or its assignment changes. */
export function useDispatch(caseId: () => string, isWaiting: () => boolean) {
  const suggestions = shallowRef<Suggestions | null>(null)
  const failed = shallowRef(false)
  const sending = shallowRef(false)
  const problem = shallowRef<(Problem & { reason?: string }) | null>(null)
  const keys = createRetryKeys()
  const assignments = world.view('assignments')
  const ofCase = computed(() => assignmentsOf(assignments.value.items.values(), caseId()))
  const open = computed(() => openAssignment(ofCase.value))
  const last = computed(() => open.value ?? ofCase.value[0] ?? null)
  let asking: AbortController | null = null

  async function load() {
    asking?.abort()
    const mine = asking = new AbortController()
    failed.value = false
    const answer = await getJson<Suggestions>(`/api/v1/cases/${encodeURIComponent(caseId())}/suggestions`, { signal: mine.signal }).catch(() => null)
    if (asking !== mine)
      return
    failed.value = answer === null
    suggestions.value = answer
  }
  watch(() => `${caseId()} ${isWaiting()} ${last.value?.id} ${last.value?.endedAt}`, () => {
    suggestions.value = null
    if (isWaiting() || open.value)
      void load()
  }, { immediate: true })
  onScopeDispose(() => asking?.abort())

  async function post(path: string, input: object): Promise<boolean> {
    if (sending.value)
      return false
    sending.value = true
    problem.value = null
    try {
      await sendJson('POST', path, input, {
        'idempotency-key': keys.keyFor(JSON.stringify([path, input])),
      })
      keys.done()
      return true
    }
    catch (error) {
      if (!(error instanceof ApiProblem))
        throw error
      problem.value = error.problem
      if (error.problem.status !== 0)
        keys.done()
      return false
    }
    finally {
      sending.value = false
    }
  }

  return {
    suggestions,
    failed,
    sending,
    problem,
    open,
    last,
    load,
    offer: (officer: string) => post(`/api/v1/cases/${encodeURIComponent(caseId())}/assignments`, { officer }),
    step: (step: AssignmentStep, input: object) => post(`/api/v1/assignments/${encodeURIComponent(open.value!.id)}/steps/${step}`, input),
  }
}
