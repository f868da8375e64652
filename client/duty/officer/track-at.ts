import type { LngLat } from '#contract/geometry.ts'
import type { Track } from '#contract/positions.ts'

/** Between two places farther apart in time nobody knows where he was: a device was silent. */
export const gapMs = 5 * 60_000

type Fixes = Track['fixes']

/** Where he was at a moment (ms), between two places on the straight line; null before, after and in a gap. Fixes oldest first. */
export function placeAt(fixes: Fixes, at: number): LngLat | null {
  const next = firstAfter(fixes, at)
  const before = fixes[next - 1]
  const after = fixes[next]
  if (!before)
    return null
  if (before[2] === at || !after) {
    return before[2] === at
      ? [before[0], before[1]]
      : null
  }
  if (after[2] - before[2] > gapMs)
    return null
  const share = (at - before[2]) / (after[2] - before[2])
  return [before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])]
}

/** Lines without what nobody knows: each piece has two places at least. */
export function piecesOf(fixes: Fixes): LngLat[][] {
  const pieces: LngLat[][] = []
  fixes.forEach(([lng, lat, at], i) => {
    const before = fixes[i - 1]
    if (!before || at - before[2] > gapMs)
      pieces.push([])
    pieces.at(-1)!.push([lng, lat])
  })
  return pieces.filter(piece => piece.length > 1)
}

/** Index of the first fix later than `at`. */
function firstAfter(fixes: Fixes, at: number): number {
  let low = 0
  let high = fixes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (fixes[middle]![2] > at)
      high = middle
    else
      low = middle + 1
  }
  return low
}
