import type { Vertex, Way } from '../geometry/drawing.ts'
import type { Point, Ring } from '../geometry/plane.ts'
import type { Enclosure } from './enclosure.ts'
import type { PlannedHouse, PlannedRow, RowPlan } from './plan-rows.ts'
import type { Site } from './site.ts'
import { joinLine } from '../geometry/drawing.ts'
import { directionOf } from '../geometry/plane.ts'
import { housesOf } from './plan-rows.ts'
import { drawOutline } from './site.ts'

export interface DrawnHouse { house: PlannedHouse, way: Way, doors: Vertex[], ring: Ring }

/** A path from south to north: its crossings with the rows, and doors, by height. */
interface Spine { x: number, stops: Map<number, Vertex> }

/**
 * Draws the houses of a plan with a short way from every door to the path before it, the paths behind the rows, those
 * across, and leads some of them out through gates: at least one, if any street can be reached.
 */
export function drawCompoundPaths({ drawing, random }: Site, plan: RowPlan, wall: Enclosure, toTown: (p: Point) => Point): DrawnHouse[] {
  const standing = housesOf(plan).map(house => house.ring.map(toTown))
  const spines: Spine[] = plan.spines.map(x => ({
    x,
    stops: new Map(),
  }))
  const rowPaths = plan.rows.map(rowPath)
  const column = plan.column && {
    ...plan.column,
    path: spines.find(spine => spine.x === plan.column!.spine)!,
  }
  const drawn = (column?.houses ?? []).map(house => build(house, door => stop(column!.path, door[1])))
  const across = spines.map(spine => [...spine.stops].sort((a, b) => a[0] - b[0]).map(([, vertex]) => vertex)).filter(path => path.length > 0)

  const south = directionOf(toTown([0, 0]), toTown([0, -1]))
  const west = directionOf(toTown([0, 0]), toTown([-1, 0]))
  for (const path of across) {
    lead(path, 'start', south, across.length > 1
      ? 0.5
      : 0.72)
    lead(path, 'end', south, across.length > 1
      ? 0.5
      : 0.72)
  }
  const middle = Math.floor(rowPaths.length * random.between(0.25, 0.75))
  lead(rowPaths[middle]!, 'start', west, 0.45)
  lead(rowPaths[Math.max(0, middle - 1)]!, 'end', west, 0.45)
  // Nobody is shut in: without a gate so far, the first way that finds a street gets one.
  for (const [path, outwards] of [
    ...rowPaths.map(p => [p, west] as const),
    ...across.map(p => [p, south] as const),
  ]) {
    for (const end of ['start', 'end'] as const) {
      if (wall.gates.length === 0)
        lead(path, end, outwards, 1)
    }
  }

  plan.rows.forEach((row, i) => {
    for (const house of row.houses)
      drawn.push(build(house, door => joinLine(drawing, rowPaths[i]!, toTown([door[0], row.y]))))
  })
  for (const path of rowPaths)
    drawing.line(path, { highway: 'footway' })
  for (const path of across.filter(p => p.length > 1))
    drawing.line(path, { highway: 'service' })
  return drawn

  /** Lengthens a path through a gate; `outwards` is the direction at its start. */
  function lead(path: Vertex[], end: 'start' | 'end', outwards: Point, chance: number) {
    if (!random.chance(chance))
      return
    const from = end === 'start'
      ? path[0]!
      : path.at(-1)!
    const way = wall.openGate(from.at, end === 'start'
      ? outwards
      : [-outwards[0], -outwards[1]], standing)
    if (end === 'start')
      path.unshift(...way.toReversed())
    else
      path.push(...way)
  }

  function rowPath(row: PlannedRow): Vertex[] {
    const stops = new Map([row.from, row.to].map(x => [
      x,
      drawing.vertex(toTown([x, row.y])),
    ]))
    for (const spine of spines) {
      if (spine.x > row.from && spine.x < row.to)
        stops.set(spine.x, stop(spine, row.y))
    }
    return [...stops].sort((a, b) => a[0] - b[0]).map(([, vertex]) => vertex)
  }

  /** The place of a spine at that height. */
  function stop(spine: Spine, y: number): Vertex {
    let vertex = spine.stops.get(y)
    if (!vertex)
      spine.stops.set(y, vertex = drawing.vertex(toTown([spine.x, y])))
    return vertex
  }

  function build(house: PlannedHouse, pathAt: (door: Point) => Vertex): DrawnHouse {
    const ring = house.ring.map(toTown)
    const { way, doors } = drawOutline(drawing, ring, house.doors.map(toTown), {})
    doors.forEach((door, i) => drawing.line([
      door,
      pathAt(house.doors[i]!),
    ], { highway: 'footway' }))
    return { house, way, doors, ring }
  }
}
