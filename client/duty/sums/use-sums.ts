import type { LayerName } from '#contract/live.ts'
import type { Problem } from '#contract/problem.ts'
import type { SumsBy } from '#contract/sums.ts'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { ApiProblem, getJson } from '../../api.ts'
import { world } from '../../state/world.ts'

/** Changes come in bursts: the sums are made anew at most so often, ms. */
const pause = 1500

/** Sums by region, made anew when what they add up has changed in one of the layers. */
export function useSums<T>(pathOf: (by: SumsBy) => string, layers: readonly LayerName[]) {
  const by = shallowRef<SumsBy>('community')
  const sums = shallowRef<T | null>(null)
  const failure = shallowRef<Problem | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = new AbortController()

  async function load() {
    clearTimeout(timer)
    timer = undefined
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    try {
      sums.value = await getJson<T>(pathOf(by.value), { signal })
      failure.value = null
    }
    catch (error) {
      if (signal.aborted)
        return
      if (!(error instanceof ApiProblem))
        throw error
      failure.value = error.problem
    }
  }

  watch(() => pathOf(by.value), () => void load(), { immediate: true })
  const stops = layers.map(layer => world.onChange(layer, () => timer ??= setTimeout(() => void load(), pause)))
  onScopeDispose(() => {
    stops.forEach(stop => stop())
    clearTimeout(timer)
    asked.abort()
  })

  return { by, sums, failure }
}
