import type { LngLat } from '#contract/geometry.ts'
import { computed, shallowRef, watch } from 'vue'
import { now } from '../state/clock.ts'
import { caseOf } from '../state/figures/case-times.ts'
import { stageOfStatus } from '#contract/case.ts'
import { world } from '../state/world.ts'
import type { QueueFilter } from './queue.ts'
import { countQueue, queueLines } from './queue.ts'
import { useDutyZones } from './zones/use-duty-zones.ts'

/** The place that is being told; while `picking`, a click on the map tells it. */
export function createAim() {
  return {
    point: shallowRef<LngLat | null>(null),
    picking: shallowRef(false),
  }
}
export type Aim = ReturnType<typeof createAim>

/** What the duty officer looks at: a filter, words, one case. Everything else follows from the world. */
export function useDuty() {
  const cases = world.view('cases')
  const filter = shallowRef<QueueFilter>('waiting')
  const search = shallowRef('')
  const selectedId = shallowRef<string | null>(null)
  const aim = createAim()
  /** Waiting cases to which officers are sent all at once; null while that is not being done. */
  const batch = shallowRef<readonly string[] | null>(null)
  /** The grid worker that is looked at on the map. */
  const officerId = shallowRef<string | null>(null)
  /** The worksite that is looked at on the map; one at a time with the grid worker. */
  const worksiteId = shallowRef<string | null>(null)
  watch(worksiteId, id => id !== null && (officerId.value = null))
  watch(officerId, id => id !== null && (worksiteId.value = null))
  const zones = useDutyZones()

  /** Deadlines move lines between headings; once in ten seconds is soon enough, and nothing jumps under the pointer. */
  const moment = computed(() => now.value - now.value % 10_000)
  const counts = computed(() => countQueue(cases.value.items.values()))
  const lines = computed(() => queueLines(cases.value.items.values(), { filter: filter.value, search: search.value }, moment.value))
  /** All that wait to be given out, the least time left first. */
  const waiting = computed(() => queueLines(cases.value.items.values(), { filter: 'waiting', search: '' }, moment.value).flatMap(line => 'feature' in line
    ? [line.feature]
    : []))
  const selected = computed(() => selectedId.value === null
    ? undefined
    : cases.value.items.get(selectedId.value))
  const unlocated = computed(() => [
    ...cases.value.items.values(),
  ].filter(({ geometry, properties }) => geometry === null && stageOfStatus[caseOf({ properties } as never).status] !== 'done'))

  /** The case `steps` further in the queue. */
  function step(steps: number) {
    const ids = lines.value.flatMap(line => 'feature' in line
      ? [line.feature.id]
      : [])
    const at = selectedId.value === null
      ? -1
      : ids.indexOf(selectedId.value)
    const next = ids[Math.min(ids.length - 1, Math.max(0, at + steps))]
    if (next !== undefined)
      selectedId.value = next
  }

  return {
    filter,
    search,
    selectedId,
    aim,
    batch,
    waiting,
    officerId,
    worksiteId,
    zones,
    counts,
    lines,
    selected,
    unlocated,
    step,
  }
}

export type Duty = ReturnType<typeof useDuty>
