import type { Ref } from 'vue'
import type { Feature, LngLat } from '#contract/geometry.ts'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { glidedTo } from './glide.ts'

/** Positions come every three quarters of a second at most: the way between two of them takes as long. */
const glideMs = 700
/** Ten pictures a second are enough for people on foot, and leave the map its time. */
const frameMs = 100

/** The same features, points moving to their new places instead of jumping there. Still for who wants less motion, and in the background. */
export function useGliding(features: Readonly<Ref<readonly Feature[]>>): Readonly<Ref<readonly Feature[]>> {
  const shown = shallowRef<readonly Feature[]>(features.value)
  const still = window.matchMedia('(prefers-reduced-motion: reduce)')
  let from = new Map<string, LngLat>()
  let begun = 0
  let drawnAt = 0
  let frame = 0

  function draw(now: number) {
    const share = Math.min(1, (now - begun) / glideMs)
    if (share < 1)
      frame = requestAnimationFrame(draw)
    if (share < 1 && now - drawnAt < frameMs)
      return
    drawnAt = now
    shown.value = glidedTo(features.value, from, share)
  }

  watch(features, (next) => {
    cancelAnimationFrame(frame)
    from = new Map(shown.value.flatMap(({ id, geometry }) => geometry?.type === 'Point'
      ? [
          [id, geometry.coordinates],
        ]
      : []))
    if (still.matches || document.hidden || !glidedTo(next, from, 0).some((feature, i) => feature !== next[i])) {
      shown.value = next
      return
    }
    begun = performance.now()
    frame = requestAnimationFrame(draw)
  })
  onScopeDispose(() => cancelAnimationFrame(frame))
  return shown
}
