import type { Ref } from 'vue'
import type { Feature, LngLat } from '#contract/geometry.ts'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { glidedTo, isPictureDue, longestWay } from './glide.ts'

/** Positions come every three quarters of a second at most: the way between two of them takes as long. */
const glideMs = 700
/** Of a screen that shows sixty pictures a second. */
const usualFrameMs = 17

export interface GlidingOptions {
  /** What the map shows: west, south, east, north. Who is outside of it jumps, and makes nobody draw. Absent: everything. */
  view?: () => [number, number, number, number] | null
  /** Whether the map itself moves: then nobody sees who walks on it, and each picture is the map's. */
  moving?: () => boolean
  /** What a pixel of the map is now; 0 = every movement is seen. */
  degreesPerPixel?: () => number
}

/** The same features, points moving to their new places instead of jumping there. Still for who wants less motion, and in the background. */
export function useGliding(features: Readonly<Ref<readonly Feature[]>>, { view = () => null, moving = () => false, degreesPerPixel = () => 0 }: GlidingOptions = {}): Readonly<Ref<readonly Feature[]>> {
  const shown = shallowRef<readonly Feature[]>(features.value)
  const still = window.matchMedia('(prefers-reduced-motion: reduce)')
  let from = new Map<string, LngLat>()
  let wayPixels = 0
  let begun = 0
  let drawnAt = 0
  let drawnShare = 0
  let frame = 0
  let lastFrameAt = 0
  /** So much later than usual the latest of the frames since the last picture came. */
  let heldUpMs = 0

  function draw(now: number) {
    const isStill = moving()
    const share = isStill
      ? 1
      : Math.min(1, (now - begun) / glideMs)
    heldUpMs = Math.max(heldUpMs, now - lastFrameAt - usualFrameMs)
    lastFrameAt = now
    const due = isStill || isPictureDue({
      sinceMs: now - drawnAt,
      heldUpMs,
      step: share === 1
        ? Infinity
        : wayPixels * (share - drawnShare),
    })
    if (!due || share < 1)
      frame = requestAnimationFrame(draw)
    if (!due)
      return
    drawnAt = now
    // Half is remembered: no frame is watched after the last picture of a way.
    heldUpMs /= 2
    drawnShare = share
    shown.value = glidedTo(features.value, from, share)
  }

  watch(features, (next) => {
    cancelAnimationFrame(frame)
    const box = view()
    from = new Map(shown.value.flatMap(({ id, geometry }) => geometry?.type === 'Point' && (box === null || isIn(box, geometry.coordinates))
      ? [
          [id, geometry.coordinates],
        ]
      : []))
    if (still.matches || document.hidden || moving() || !glidedTo(next, from, 0).some((feature, i) => feature !== next[i])) {
      shown.value = next
      return
    }
    wayPixels = longestWay(next, from) / degreesPerPixel()
    begun = lastFrameAt = performance.now()
    drawnShare = 0
    frame = requestAnimationFrame(draw)
  })
  onScopeDispose(() => cancelAnimationFrame(frame))
  return shown
}

function isIn([west, south, east, north]: [number, number, number, number], [lng, lat]: LngLat): boolean {
  return lng >= west && lng <= east && lat >= south && lat <= north
}
