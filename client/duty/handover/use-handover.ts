import type { Assignment } from '#contract/dispatch.ts'
import type { Problem } from '#contract/problem.ts'
import type { Handover, HandoverNote, Handovers } from '#contract/handover.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { stageOfStatus } from '#contract/case.ts'
import { ApiProblem, getJson, sendJson } from '../../api.ts'
import { now } from '../../state/clock.ts'
import { caseOf, timesOf } from '../../state/figures/case-times.ts'
import { deadlineBand } from '../../state/figures/deadline.ts'
import { world } from '../../state/world.ts'
import { waitingEmergencies } from '../emergency/use-emergencies.ts'

/** What is open at the desk now, the notes for the next shift, and the handover; all of it live. */
export function useHandover() {
  const followed = world.view('handover')
  const cases = world.view('cases')
  const assignments = world.view('assignments')
  const items = computed(() => Array.from(followed.value.items.values(), ({ properties }) => properties as unknown as HandoverNote | Handover))
  const notes = computed(() => items.value.filter(item => item.kind === 'note'))
  const handovers = computed(() => items.value.filter(item => item.kind === 'handover'))
  const pending = computed(() => handovers.value.find(({ takenAt }) => takenAt === null) ?? null)
  const last = computed(() => handovers.value.filter(({ takenAt }) => takenAt !== null).sort((a, b) => Date.parse(b.takenAt!) - Date.parse(a.takenAt!))[0] ?? null)

  const moment = computed(() => now.value - now.value % 10_000)
  const open = computed(() => {
    const list = [
      ...cases.value.items.values(),
    ].filter(feature => stageOfStatus[caseOf(feature).status] !== 'done')
    const running = Array.from(assignments.value.items.values(), ({ properties }) => properties as unknown as Assignment).filter(({ endedAt }) => endedAt === null)
    const idsOf = (features: typeof list) => features.map(({ id }) => id)
    return {
      emergencies: idsOf(waitingEmergencies(list)),
      waiting: idsOf(list.filter(feature => stageOfStatus[caseOf(feature).status] === 'waiting')),
      overdue: idsOf(list.filter(feature => deadlineBand(caseOf(feature).status, timesOf(feature).dueAt, moment.value) === 'overdue')),
      unlocated: idsOf(list.filter(({ geometry }) => geometry === null)),
      assignments: running.map(one => one.case),
      help: running.filter(({ helpAt }) => helpAt !== null).map(one => one.case),
    }
  })

  const history = shallowRef<Handover[]>([])
  const problem = shallowRef<(Problem & { reason?: string }) | null>(null)
  const busy = shallowRef(false)
  let gone = false
  watch(() => last.value?.id, async () => {
    const answer = await getJson<Handovers>('/api/v1/handovers').catch(() => null)
    if (answer && !gone)
      history.value = answer.handovers.filter(({ takenAt }) => takenAt !== null)
  }, { immediate: true })
  onScopeDispose(() => gone = true)

  async function ask(method: 'POST' | 'DELETE', path: string, body?: object): Promise<boolean> {
    busy.value = true
    problem.value = null
    try {
      await sendJson(method, `/api/v1/${path}`, body)
      return true
    }
    catch (error) {
      if (!(error instanceof ApiProblem))
        throw error
      problem.value = error.problem
      return false
    }
    finally {
      busy.value = false
    }
  }

  return {
    notes,
    pending,
    last,
    open,
    history,
    problem,
    busy,
    note: (said: string, caseId: string | null) => ask('POST', 'handover-notes', { said, caseId }),
    settle: (id: string) => ask('DELETE', `handover-notes/${id}`),
    offer: (remark: string | null) => ask('POST', 'handovers', { remark }),
    take: (id: string) => ask('POST', `handovers/${id}/taking`, {}),
    withdraw: (id: string) => ask('DELETE', `handovers/${id}`),
  }
}
