import type { CaseFeature, CaseStatus } from '#contract/case.ts'
import type { Assignment } from '#contract/dispatch.ts'
import type { Ref } from 'vue'
import type { Standing } from './next-actions.ts'
import type { Waiting } from './use-actions.ts'
import { computed, ref, shallowRef, watch } from 'vue'
import { link, startLive } from '../live.ts'
import { loadMe, person } from '../state/me.ts'
import { world } from '../state/world.ts'
import { after } from './next-actions.ts'
import { forgetTasks, keepTasks, keptTasks } from './task-store.ts'

export interface Task extends Standing {
  feature: CaseFeature
  /** That sent the worker there; null where the case was given to him without one. */
  sent: Assignment | null
  isWaiting: boolean
}

/** open: to be done · others: who is signed in may not have this page. */
export type Entrance = 'opening' | 'open' | 'sign-in' | 'others'

const over = new Set<CaseStatus>([
  'resolved',
  'closed',
  'archived',
  'merged',
])
const openAssignments = new Set([
  'offered',
  'accepted',
  'en-route',
  'arrived',
])

/** One's own tasks by the time that is left: live, and as last known where there is no network. */
export function useTasks(waiting: Ref<Waiting[]>) {
  const entrance = ref<Entrance>('opening')
  const kept = shallowRef<{ tasks: CaseFeature[], assignments: Assignment[] }>({ tasks: [], assignments: [] })
  const keptAt = ref<number | null>(null)
  const cases = world.view('cases')
  const assigned = world.view('assignments')
  const isLive = ref(false)
  const known = computed(() => isLive.value
    ? {
        tasks: [
          ...cases.value.items.values(),
        ] as unknown as CaseFeature[],
        assignments: [
          ...assigned.value.items.values(),
        ].map(({ properties }) => properties as unknown as Assignment),
      }
    : kept.value)

  const tasks = computed<Task[]>(() => known.value.tasks
    .map((feature) => {
      const sent = known.value.assignments.find(({ case: id, state }) => id === feature.id && openAssignments.has(state)) ?? null
      const mine = waiting.value.filter(({ id }) => id === feature.id)
      const standing: Standing = { status: feature.properties.status, assignment: sent?.state ?? null }
      return {
        feature,
        sent,
        ...mine.reduce((now, { doing }) => after(now, doing), standing),
        isWaiting: mine.length > 0,
      }
    })
    .filter(({ status, isWaiting }) => isWaiting || !over.has(status))
    .sort((a, b) => urgency(a) - urgency(b)))

  async function enter() {
    const before = await keptTasks()
    const me = await loadMe().catch(() => null)
    if (me)
      settle()
    else
      window.addEventListener('online', () => void loadMe().then(settle, () => {}))
    if (me && before && before.account !== me.account?.id)
      await forgetTasks()
    else if (before)
      kept.value = before
    keptAt.value = me
      ? null
      : before?.keptAt ?? null
    // Nobody answers: what was known goes on, and the link asks again.
    if (!me)
      entrance.value = 'open'
    if (entrance.value === 'open') {
      startLive({
        layers: [
          'cases',
          'assignments',
          'regions',
          'officers',
        ],
      })
    }
  }

  function settle() {
    entrance.value = person.value?.standing !== 'full'
      ? 'sign-in'
      : person.value.role === 'grid' || person.value.role === 'community'
        ? 'open'
        : 'others'
  }

  watch([world.position, cases, assigned], () => {
    isLive.value ||= world.position.value !== null
    const account = person.value?.id
    if (isLive.value && account) {
      keptAt.value = Date.now()
      void keepTasks({ account, keptAt: keptAt.value, ...known.value })
    }
  })
  void enter()

  return {
    entrance,
    tasks,
    keptAt,
    isLive,
    link,
  }
}

/** An offer that waits for its answer comes first, then what is due first. */
function urgency({ feature: { properties }, sent, assignment }: Task): number {
  if (assignment === 'offered' && sent?.answerBy)
    return Date.parse(sent.answerBy) - 1e14
  return properties.dueAt
    ? Date.parse(properties.dueAt)
    : Infinity
}
