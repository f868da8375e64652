import type { Coverage } from '#contract/coverage.ts'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { ApiProblem, getJson } from '../api.ts'
import { coverageSummary } from '../state/figures/care.ts'
import { world } from '../state/world.ts'

/** Walking speeds to choose from, m/s (sources: domain.md). */
export const speeds = { active: 1.2, default: 0.8, frail: 0.64 } as const

/** What the planner asks (minutes, speed) and what the server computed for it. Follows openings and closings of facilities by itself. */
export function usePlan() {
  const query = new URLSearchParams(location.search)
  const minutes = shallowRef(within(Number(query.get('minutes')), 5, 30) ?? 15)
  const speed = shallowRef(Object.values(speeds).find(value => value === Number(query.get('speed'))) ?? speeds.default as number)
  const coverage = shallowRef<Coverage>()
  const loading = shallowRef(false)
  const failure = shallowRef<string | null>(null)

  let pending: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load() {
    pending?.abort()
    const mine = pending = new AbortController()
    loading.value = true
    try {
      coverage.value = await getJson<Coverage>(`/api/v1/coverage?minutes=${minutes.value}&speed=${speed.value}`, { signal: mine.signal })
      failure.value = null
    }
    catch (error) {
      if (!mine.signal.aborted) {
        failure.value = error instanceof ApiProblem
          ? error.problem.detail ?? error.problem.title
          : String(error)
      }
    }
    finally {
      if (pending === mine)
        loading.value = false
    }
  }

  watch([minutes, speed], () => {
    history.replaceState(null, '', `?minutes=${minutes.value}&speed=${speed.value}`)
    clearTimeout(timer)
    timer = setTimeout(load, 150)
  })
  // The centre's own figures were computed anew: streets, people or facilities have changed.
  const live = world.view('coverage')
  watch(() => coverageSummary(live.value.items)?.asOf, load, { immediate: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    pending?.abort()
  })

  return {
    minutes,
    speed,
    coverage,
    loading,
    failure,
  }
}

export type Plan = ReturnType<typeof usePlan>

function within(value: number, least: number, most: number): number | null {
  return Number.isFinite(value) && value >= least && value <= most
    ? Math.round(value)
    : null
}
