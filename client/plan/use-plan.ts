import type { Coverage } from '#contract/coverage.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { ApiProblem, getJson } from '../api.ts'
import { coverageSummary } from '../state/figures/care.ts'
import { world } from '../state/world.ts'
import { useWhatIf } from './use-what-if.ts'

/** Walking speeds to choose from, m/s (sources: domain.md). */
export const speeds = { active: 1.2, default: 0.8, frail: 0.64 } as const

/** What the planner asks (minutes, speed) and what the server computed for it. Follows openings and closings of facilities by itself. */
export function usePlan() {
  const query = new URLSearchParams(location.search)
  const minutes = shallowRef(within(Number(query.get('minutes')), 5, 30) ?? 15)
  const speed = shallowRef(Object.values(speeds).find(value => value === Number(query.get('speed'))) ?? speeds.default as number)
  const served = shallowRef<Coverage>()
  const whatIf = useWhatIf()
  const loading = shallowRef(false)
  const failure = shallowRef<string | null>(null)

  let pending: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load() {
    pending?.abort()
    const mine = pending = new AbortController()
    loading.value = true
    try {
      served.value = await getJson<Coverage>(`/api/v1/coverage?minutes=${minutes.value}&speed=${speed.value}`, { signal: mine.signal })
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
    const query = new URLSearchParams(location.search)
    query.set('minutes', `${minutes.value}`)
    query.set('speed', `${speed.value}`)
    history.replaceState(null, '', `?${query}`)
    clearTimeout(timer)
    timer = setTimeout(load, 150)
  })
  // The centre's own figures were computed anew: streets, people or facilities have changed.
  const live = world.view('coverage')
  watch(() => coverageSummary(live.value.items)?.asOf, (_, before) => {
    void load()
    if (before !== undefined)
      void whatIf.refresh().catch(error => failure.value = String(error))
  }, { immediate: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    pending?.abort()
  })

  // A plan that is opened brings its own settings along; whoever changes them changes the plan.
  watch(whatIf.content, ({ settings }) => {
    minutes.value = settings.minutes
    speed.value = settings.speed
  })
  watch([minutes, speed], ([minutes, speed]) => {
    const { settings } = whatIf.content.value
    if (settings.minutes !== minutes || settings.speed !== speed) {
      whatIf.change({
        ...whatIf.content.value,
        settings: { ...settings, minutes, speed },
      }, 'step')
    }
  }, { immediate: true })
  /** The server's answer at first, then what the plan makes of it, computed here. */
  const coverage = computed<Coverage | undefined>(() => {
    const answer = whatIf.answer.value
    if (!served.value || !answer)
      return served.value
    const { rates, ages, capacity, byCommunity } = answer.figures
    return {
      ...served.value,
      minutes: minutes.value,
      speed: speed.value,
      rates,
      ages,
      capacity,
      byCommunity,
      reach: { type: 'FeatureCollection', features: whatIf.reach.value ?? served.value.reach.features },
      missed: { type: 'FeatureCollection', features: answer.missed },
    }
  })

  return {
    minutes,
    speed,
    whatIf,
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
