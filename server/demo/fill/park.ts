import type { Point } from '../geometry/plane.ts'
import type { Plot } from '../geometry/plot.ts'
import type { Site } from './site.ts'
import { joinLine } from '../geometry/drawing.ts'
import { centroid, contains, directionOf, distance, shift } from '../geometry/plane.ts'
import { inset, isStreet } from '../geometry/plot.ts'
import { joinStreet, streetAhead } from './site.ts'
import { wallAhead } from './wall.ts'

/** Gates of a park stand open in daylight and evening only. */
const PARK_HOURS = '06:00-22:00'

/** A fenced park: lake with an island, a path around the lake, paths out through gates on all sides. */
export function fillPark({ drawing, random, land }: Site, plot: Plot, name: string): void {
  const fenced = inset(plot, () => 2)
  if (!fenced)
    return
  drawing.area(fenced.ring, { leisure: 'park', name })
  const fence = fenced.ring.map(p => drawing.vertex(p))
  const sideFrom = new Map(fence.map((vertex, i) => [vertex, fenced.sides[i]!]))
  fence.push(fence[0]!)
  const centre = shift(centroid(fenced.ring), [
    random.between(-1, 1),
    random.between(-1, 1),
  ], 12)
  const room = Math.min(...fenced.ring.flatMap((a, i) => {
    const b = fenced.ring[(i + 1) % fenced.ring.length]!
    return Array.from({ length: 6 }, (_, k) => distance(centre, [a[0] + (b[0] - a[0]) * k / 5, a[1] + (b[1] - a[1]) * k / 5]))
  }))
  const lakeRing = blob(centre, room * 0.62, 30)
  const lake = drawing.area(lakeRing, {})
  const island = drawing.area(blob(shift(centre, [0.6, 0.8], room * 0.14), room * 0.12, 12), {})
  drawing.relation([
    { way: lake, role: 'outer' },
    { way: island, role: 'inner' },
  ], { type: 'multipolygon', natural: 'water', water: 'lake' })

  const around = lakeRing.map(p => drawing.vertex(shift(p, directionOf(centre, p), 9)))
  around.push(around[0]!)
  const outer = inset(fenced, () => 16)
  const loop = outer?.ring.map(p => drawing.vertex(p))
  if (loop) {
    loop.push(loop[0]!)
  }
  let gates = 0
  for (const [i, a] of fenced.ring.entries()) {
    const b = fenced.ring[(i + 1) % fenced.ring.length]!
    if (!isStreet(fenced.sides[i]!) || distance(a, b) < 60)
      continue
    const middle: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
    const start = joinLine(drawing, around, middle)
    const out = directionOf(start.at, middle)
    const through = wallAhead(fence, sideFrom, start.at, out)
    const beyond = through && streetAhead(land, shift(through.at, out, 0.2), out, 80)
    if (!beyond)
      continue
    const gate = joinLine(drawing, fence, through.at)
    gate.tags = { barrier: 'gate', opening_hours: PARK_HOURS }
    const on = loop && contains(loop.map(v => v.at), start.at)
      ? [
          joinLine(drawing, loop, shift(through.at, out, -14)),
        ]
      : []
    drawing.line([
      start,
      ...on,
      gate,
      joinStreet(drawing, beyond.street, beyond.at),
    ], { highway: 'footway' })
    gates++
  }
  if (gates > 0) {
    drawing.line(around, { highway: 'footway' })
    if (loop)
      drawing.line(loop, { highway: 'footway' })
  }
  drawing.line(fence, { barrier: 'fence' })

  function blob(middle: Point, radius: number, count: number): Point[] {
    const waves = [2, 3, 5].map(k => ({
      k,
      height: random.between(0.05, 0.16) / Math.sqrt(k - 1),
      phase: random.between(0, 6.3),
    }))
    return Array.from({ length: count }, (_, i): Point => {
      const angle = i / count * Math.PI * 2
      const r = radius * (1 + waves.reduce((sum, w) => sum + w.height * Math.sin(w.k * angle + w.phase), 0))
      return [middle[0] + r * Math.cos(angle), middle[1] + r * Math.sin(angle)]
    })
  }
}
