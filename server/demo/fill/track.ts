import type { Point, Ring } from '../geometry/plane.ts'
import type { Site } from './site.ts'
import { fitRectangle } from './fit.ts'

/** A running track around a pitch, as large as the ground allows and no larger than such a track is. */
export function drawTrack({ drawing }: Site, ground: Ring): void {
  const fitted = fitRectangle(ground, 168, 92)
  if (!fitted || fitted.length < 50) {
    drawing.area(ground, { leisure: 'pitch' })
    return
  }
  const { length, depth, place } = fitted
  const [long, wide] = length > depth
    ? [length, depth]
    : [depth, length]
  const oval = (margin: number) => stadium(long, wide, margin).map(([x, y]) => place(length > depth
    ? [x, y]
    : [y, x]))
  drawing.area(oval(0), { leisure: 'track' })
  drawing.area(oval(wide * 0.16), { leisure: 'pitch' })
}

/** Two straights and two half circles. */
function stadium(long: number, wide: number, margin: number): Point[] {
  const radius = wide / 2 - margin
  const half = (x: number, start: number) => Array.from({ length: 9 }, (_, i): Point => {
    const angle = start + Math.PI * i / 8
    return [x + radius * Math.cos(angle), wide / 2 + radius * Math.sin(angle)]
  })
  return [
    ...half(long - wide / 2, -Math.PI / 2),
    ...half(wide / 2, Math.PI / 2),
  ]
}
