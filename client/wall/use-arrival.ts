import type { Feature } from '#contract/geometry.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { clock } from '../state/clock.ts'
import { caseOf, timesOf } from '../state/figures/case-times.ts'
import { world } from '../state/world.ts'

/** How long a new case is pointed at, ms. */
const shownFor = 12_000
/** A case reported longer ago than this is no news, even if it only comes now (an import, a gap that was filled), ms. */
const newsFor = 60_000

/** The case that has just come in and has a place; null most of the time. When several come at once, the last of them. */
export function useArrival() {
  const arrival = shallowRef<Feature | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  const stop = world.onChange('cases', ({ whole, put }) => {
    if (whole)
      return
    const { items } = world.view('cases').value
    const fresh = [...put].map(id => items.get(id)).findLast(feature => feature && isNews(feature))
    if (!fresh)
      return
    arrival.value = fresh
    clearTimeout(timer)
    timer = setTimeout(() => {
      arrival.value = null
    }, shownFor)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
  return arrival
}

function isNews(feature: Feature): boolean {
  const { status, version } = caseOf(feature)
  return feature.geometry !== null && status === 'registered' && version === 1 && clock.now() - timesOf(feature).reportedAt < newsFor
}
