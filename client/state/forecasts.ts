import type { CallForecast, ForecastSubject } from '#contract/forecast.ts'
import type { Problem } from '#contract/problem.ts'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { ApiProblem, getJson } from '../api.ts'
import { dayOf } from './china-time.ts'
import { now } from './clock.ts'
import { world } from './world.ts'

const layerOf = { zones: 'renovation-zones', worksites: 'worksites' } as const

/**
 * Calls to expect next month, by subdistrict. Asked for once, and again when a day begins in China or a zone's stage or a site's
 * wages change: calls of the running month do not count yet.
 */
export function useForecasts(subject: ForecastSubject) {
  const forecasts = shallowRef<CallForecast[] | null>(null)
  const failure = shallowRef<Problem | null>(null)
  let asked = new AbortController()

  async function load() {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    try {
      forecasts.value = await getJson<CallForecast[]>(`/api/v1/forecasts/${subject}`, { signal })
      failure.value = null
    }
    catch (error) {
      if (error instanceof ApiProblem)
        failure.value = error.problem
    }
  }

  watch(() => dayOf(now.value), () => void load(), { immediate: true })
  const stop = world.onChange(layerOf[subject], () => void load())
  onScopeDispose(() => {
    stop()
    asked.abort()
  })
  return { forecasts, failure }
}

/** The naive forecast of the smallest error, to stand beside the model's. */
export function bestNaive({ backtest }: CallForecast) {
  return backtest?.naive.toSorted((a, b) => a.mae - b.mae)[0] ?? null
}
