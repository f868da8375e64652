import { onScopeDispose, shallowRef } from 'vue'
import { ApiProblem, getJson } from '../../api.ts'
import { world } from '../../state/world.ts'

export interface CompoundShown {
  id: number
  name: string
  community: string | null
  households: number | null
  openCases: number
  missingSigns: string[]
}

/** The counts follow the cases, this late at most: they are counted over all of them. */
const refreshMs = 15_000

export function useCompounds() {
  const compounds = shallowRef<CompoundShown[] | null>(null)
  const failure = shallowRef<string | null>(null)
  let waiting = 0

  async function load() {
    try {
      compounds.value = (await getJson<{ compounds: CompoundShown[] }>('/api/v1/compounds')).compounds
      failure.value = null
    }
    catch (error) {
      failure.value = error instanceof ApiProblem
        ? error.problem.detail ?? error.problem.title
        : String(error)
    }
  }
  const stop = world.onChange('cases', () => {
    waiting ||= window.setTimeout(() => {
      waiting = 0
      void load()
    }, refreshMs)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(waiting)
  })
  void load()
  return { compounds, failure }
}
