import type { ZoneMonths } from '#contract/renovation.ts'
import type { MaybeRefOrGetter } from 'vue'
import { onScopeDispose, shallowRef, toValue, watch } from 'vue'
import { ApiProblem, getJson } from '../api.ts'
import { world } from './world.ts'

/** Calls come one by one: they are counted anew at most so often, ms. */
const pause = 3000

/** Zones month by month, for as long as they are wanted; counted anew when a zone or a case that lies in one has changed. */
export function useZoneMonths(wanted: MaybeRefOrGetter<boolean>) {
  const months = shallowRef<ZoneMonths[]>([])
  const failed = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = new AbortController()

  async function load() {
    clearTimeout(timer)
    timer = undefined
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    try {
      months.value = await getJson<ZoneMonths[]>('/api/v1/renovation-months', { signal })
      failed.value = false
    }
    catch (error) {
      if (!signal.aborted && !(error instanceof ApiProblem))
        throw error
      failed.value ||= !signal.aborted
    }
  }
  function loadSoon() {
    if (toValue(wanted))
      timer ??= setTimeout(() => void load(), pause)
  }

  watch(() => toValue(wanted), want => want && void load(), { immediate: true })
  const cases = world.view('cases')
  const stops = [
    world.onChange('renovation-zones', loadSoon),
    world.onChange('cases', ({ put }) => {
      if ([...put].some(id => cases.value.items.get(id)?.properties.zone))
        loadSoon()
    }),
  ]
  onScopeDispose(() => {
    stops.forEach(stop => stop())
    clearTimeout(timer)
    asked.abort()
  })

  return { months, failed }
}
