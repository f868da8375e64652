import type { Vertex } from '../geometry/drawing.ts'
import type { Point } from '../geometry/plane.ts'
import type { Plot } from '../geometry/plot.ts'
import type { Random } from '../random.ts'
import type { Site } from './site.ts'
import { joinLine } from '../geometry/drawing.ts'
import { between, centroid, contains, directionOf, distance, footOn, shift } from '../geometry/plane.ts'
import { inset, isStreet } from '../geometry/plot.ts'
import { enclose } from './enclosure.ts'

/** Gates of a park stand open in daylight and evening only. */
const PARK_HOURS = '06:00-22:00'

/** A fenced park: lake with an island, a path around the lake and one along the fence, ways out through gates on all sides. */
export function fillPark(site: Site, plot: Plot, name: string): void {
  const { drawing, random } = site
  const fenced = inset(plot, () => 2)
  if (!fenced)
    return
  drawing.area(fenced.ring, { leisure: 'park', name })
  const edges = fenced.ring.map((a, i) => ({ a, b: fenced.ring[(i + 1) % fenced.ring.length]!, side: fenced.sides[i]! }))
  const centre = shift(centroid(fenced.ring), [
    random.between(-1, 1),
    random.between(-1, 1),
  ], 12)
  const room = Math.min(...edges.map(({ a, b }) => footOn(a, b, centre).metres))
  const shore = drawLake(site, centre, room)

  const fence = enclose(site, fenced, { barrier: 'fence', hours: PARK_HOURS, metresApart: 20 })
  const around = closed(shore.map(p => drawing.vertex(shift(p, directionOf(centre, p), 9))))
  const outer = inset(fenced, () => 16)?.ring
  const along = outer && closed(outer.map(p => drawing.vertex(p)))
  for (const { a, b, side } of edges) {
    if (!isStreet(side) || distance(a, b) < 60)
      continue
    const middle = between(a, b, 0.5)
    const start = joinLine(drawing, around, middle)
    const out = directionOf(start.at, middle)
    const way = fence.openGate(start.at, out)
    if (way.length === 0)
      continue
    const met = along && contains(outer, start.at)
      ? [
          joinLine(drawing, along, shift(way[0]!.at, out, -14)),
        ]
      : []
    drawing.line([
      start,
      ...met,
      ...way,
    ], { highway: 'footway' })
  }
  if (fence.gates.length > 0) {
    for (const path of along
      ? [around, along]
      : [around])
      drawing.line(path, { highway: 'footway' })
  }
  fence.draw()
}

function closed(vertices: Vertex[]): Vertex[] {
  return [...vertices, vertices[0]!]
}

/** Answers its shore. */
function drawLake({ drawing, random }: Site, centre: Point, room: number): Point[] {
  const shore = blob(centre, room * 0.62, 30, random)
  const lake = drawing.area(shore, {})
  const island = drawing.area(blob(shift(centre, [0.6, 0.8], room * 0.14), room * 0.12, 12, random), {})
  drawing.relation([
    { way: lake, role: 'outer' },
    { way: island, role: 'inner' },
  ], { type: 'multipolygon', natural: 'water', water: 'lake' })
  return shore
}

/** A round outline with bays. */
function blob(middle: Point, radius: number, count: number, random: Random): Point[] {
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
