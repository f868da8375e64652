import type { CaseFeature } from '#contract/case.ts'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { world } from '../../state/world.ts'

/** So many cases are worked on at once at most: more than anybody looks through. */
export const selectedAtMost = 500

/** Cases that were ticked, as they are now: they follow what others do, and stay ticked when the list is filtered anew. */
export function useSelection() {
  const selected = shallowRef<ReadonlyMap<string, CaseFeature>>(new Map())
  /** More were asked for than are taken. */
  const isFull = shallowRef(false)

  function put(features: readonly CaseFeature[]) {
    const next = new Map(selected.value)
    for (const feature of features) {
      if (next.size < selectedAtMost || next.has(feature.id))
        next.set(feature.id, feature)
    }
    isFull.value = features.some(({ id }) => !next.has(id))
    selected.value = next
  }
  function drop(features: readonly CaseFeature[]) {
    const next = new Map(selected.value)
    for (const { id } of features)
      next.delete(id)
    isFull.value = false
    selected.value = next
  }

  const stop = world.onChange('cases', ({ put: changed }) => {
    const { items } = world.view('cases').value
    const known = [...changed].filter(id => selected.value.has(id))
    if (known.length === 0)
      return
    const next = new Map(selected.value)
    for (const id of known) {
      const now = items.get(id) as CaseFeature | undefined
      if (now)
        next.set(id, now)
    }
    selected.value = next
  })
  onScopeDispose(stop)

  return {
    selected,
    isFull,
    list: computed(() => [
      ...selected.value.values(),
    ]),
    put,
    drop,
    toggle: (feature: CaseFeature) => selected.value.has(feature.id)
      ? drop([feature])
      : put([feature]),
    clear: () => drop([
      ...selected.value.values(),
    ]),
  }
}
export type Selection = ReturnType<typeof useSelection>
