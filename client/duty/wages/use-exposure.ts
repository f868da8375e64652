import type { Exposure } from '#contract/wages.ts'
import type { Problem } from '#contract/problem.ts'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { getJson } from '../../api.ts'
import { world } from '../../state/world.ts'
import { exposurePathOf } from './addresses.ts'
import { problemOf } from './save-problem.ts'

/** The company or person that the page's address names, over all sites, kept up to date. */
export function useExposure() {
  const path = shallowRef(exposurePathOf(location.hash))
  const exposure = shallowRef<Exposure | null>(null)
  const failure = shallowRef<Problem | null>(null)
  let asked = new AbortController()

  async function load() {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    if (path.value === null)
      return
    try {
      exposure.value = await getJson<Exposure>(path.value, { signal })
      failure.value = null
    }
    catch (error) {
      if (!signal.aborted)
        failure.value = problemOf(error)
    }
  }

  const onAddress = () => path.value = exposurePathOf(location.hash)
  window.addEventListener('hashchange', onAddress)
  watch(path, () => {
    exposure.value = null
    failure.value = null
    void load()
  }, { immediate: true })
  const stop = world.onChange('worksites', () => void load())
  onScopeDispose(() => {
    stop()
    asked.abort()
    window.removeEventListener('hashchange', onAddress)
  })
  return { path, exposure, failure }
}
