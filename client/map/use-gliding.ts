import type { Ref } from 'vue'
import type { Feature, LngLat } from '#contract/geometry.ts'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { glidedTo, isPictureDue } from './glide.ts'

/** Positions come every three quarters of a second at most: the way between two of them takes as long. */
const glideMs = 700

export interface GlidingOptions {
  /** What the map shows: west, south, east, north. Who is outside of it jumps, and makes nobody draw. Absent: everything. */
  view?: () => [number, number, number, number] | null
  /** Whether the map itself moves: then nobody sees who walks on it, and each picture is the map's. */
  moving?: () => boolean
}

/** The same features, points moving to their new places instead of jumping there. Still for who wants less motion, and in the background. */
export function useGliding(features: Readonly<Ref<readonly Feature[]>>, { view = () => null, moving = () => false }: GlidingOptions = {}): Readonly<Ref<readonly Feature[]>> {
  const shown = shallowRef<readonly Feature[]>(features.value)
  const still = window.matchMedia('(prefers-reduced-motion: reduce)')
  let from = new Map<string, LngLat>()
  let begun = 0
  let drawnAt = 0
  let frame = 0
  let lastFrameAt = 0
  /** The longest pause between two frames since the last picture: about what that one took to draw. */
  let drawMs = 0

  function draw(now: number) {
    const share = moving()
      ? 1
      : Math.min(1, (now - begun) / glideMs)
    drawMs = Math.max(drawMs, now - lastFrameAt)
    lastFrameAt = now
    if (share < 1)
      frame = requestAnimationFrame(draw)
    if (share < 1 && !isPictureDue(now - drawnAt, drawMs))
      return
    drawnAt = now
    drawMs = 0
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
    begun = lastFrameAt = performance.now()
    frame = requestAnimationFrame(draw)
  })
  onScopeDispose(() => cancelAnimationFrame(frame))
  return shown
}

function isIn([west, south, east, north]: [number, number, number, number], [lng, lat]: LngLat): boolean {
  return lng >= west && lng <= east && lat >= south && lat <= north
}
