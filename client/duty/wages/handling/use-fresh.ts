import type { Problem } from '#contract/problem.ts'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { getJson } from '../../../api.ts'
import { world } from '../../../state/world.ts'
import { problemOf } from '../save-problem.ts'

/** What the server answers at a path about wages, asked anew with every event of a worksite; null where no path is given. */
export function useFresh<T>(path: () => string | null) {
  const found = shallowRef<T | null>(null)
  const failure = shallowRef<Problem | null>(null)
  let asked = new AbortController()

  async function load() {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    const from = path()
    if (from === null)
      return
    try {
      found.value = await getJson<T>(from, { signal })
      failure.value = null
    }
    catch (error) {
      if (!signal.aborted)
        failure.value = problemOf(error)
    }
  }

  watch(path, () => {
    found.value = null
    failure.value = null
    void load()
  }, { immediate: true })
  const stop = world.onChange('worksites', () => void load())
  onScopeDispose(() => {
    stop()
    asked.abort()
  })
  return { found, failure, load }
}
