import type { Vertex } from '../geometry/drawing.ts'
import type { Point } from '../geometry/plane.ts'
import type { Plot, Side } from '../geometry/plot.ts'
import type { PlannedHouse, PlannedRow } from './plan-rows.ts'
import type { Building, Compound, HomeStyle, Site } from './site.ts'
import { joinLine } from '../geometry/drawing.ts'
import { boundsOf, centroid, cutsThrough, directionOf, distance, rotate, shift } from '../geometry/plane.ts'
import { inset, isStreet } from '../geometry/plot.ts'
import { rowPattern } from './home-style.ts'
import { housesOf, planRows } from './plan-rows.ts'
import { drawShops, hasShops } from './shops.ts'
import { drawOutline, joinStreet, streetAhead } from './site.ts'
import { wallAhead } from './wall.ts'

/** Depth of the strip that shops take between the street and the wall. */
const SHOP_STRIP_METRES = 17
const WALL_CLEAR_METRES = 4.5

/**
 * A walled compound of slabs or towers: wall, gates on differing sides, inner paths joined to the gates, a short path
 * from every door, shops along the larger streets. Undefined when the plot is too small for it; then nothing is drawn.
 */
export function fillCompound(site: Site, plot: Plot, style: HomeStyle, builtYear: number): { compound: Compound, shops: Building[] } | undefined {
  const { drawing, random } = site
  const shopSides = new Set((['primary', 'secondary', 'tertiary'] as const).filter(side => hasShops(side, random)))
  const walled = inset(plot, side => shopSides.has(side as never)
    ? SHOP_STRIP_METRES
    : side === 'rail'
      ? 4
      : 1)
  if (!walled)
    return undefined
  const turn = rowDirection(walled)
  const origin = centroid(walled.ring)
  const local = {
    ring: walled.ring.map(p => rotate(p, -turn, origin)),
    sides: walled.sides,
  }
  const toTown = (p: Point) => rotate(p, turn, origin)
  const buildable = inset(local, side => side === 'neighbour' || side === 'rail'
    ? WALL_CLEAR_METRES + 1.5
    : WALL_CLEAR_METRES)
  const pattern = rowPattern(style, builtYear, random)
  const plan = buildable && planRows(buildable.ring, pattern, style === 'slab' && random.chance(0.5), random)
  if (!plan || plan.rows.length === 0 || housesOf(plan).length < 2)
    return undefined

  const wall: Vertex[] = walled.ring.map(p => drawing.vertex(p))
  const sideFrom = new Map(wall.map((vertex, i) => [vertex, walled.sides[i]!]))
  wall.push(wall[0]!)
  const compound: Compound = {
    ring: walled.ring,
    area: { id: 0, vertices: wall, tags: {} },
    style,
    builtYear,
    gates: [],
    buildings: [],
    land: site.land,
    name: '',
  }

  const houses = housesOf(plan).map(house => house.ring.map(toTown))
  const exits: [Point, Point][] = []

  // Paths are kept as lists of vertices by their place along the path, and drawn when all have joined.
  const spines = plan.spines.map(x => ({
    x,
    stops: new Map<number, Vertex>(),
  }))
  const rowPaths = plan.rows.map(row => drawRowPath(row))
  const columnSpine = spines.find(spine => spine.x === plan.column?.spine)
  for (const house of columnSpine
    ? plan.column!.houses
    : [])
    build(house, door => stop(columnSpine!, door[1]))
  const ways: { vertices: Vertex[], kind: 'service' | 'footway' }[] = rowPaths.map(vertices => ({ vertices, kind: 'footway' }))
  for (const spine of spines) {
    const vertices = [...spine.stops].sort((a, b) => a[0] - b[0]).map(([, vertex]) => vertex)
    if (vertices.length === 0)
      continue
    const towards = (sign: 1 | -1) => directionOf(toTown([0, 0]), toTown([0, sign]))
    const south = openGate(vertices[0]!, towards(-1), spines.length > 1
      ? 0.5
      : 0.72)
    const north = openGate(vertices.at(-1)!, towards(1), spines.length > 1
      ? 0.5
      : 0.72)
    vertices.unshift(...south.toReversed())
    vertices.push(...north)
    if (vertices.length > 1)
      ways.push({ vertices, kind: 'service' })
  }
  const middle = Math.floor(rowPaths.length * random.between(0.25, 0.75))
  const sideways = (sign: 1 | -1) => directionOf(toTown([0, 0]), toTown([sign, 0]))
  for (const [row, sign, chance] of [
    [middle, -1, 0.45],
    [
      Math.max(0, middle - 1),
      1,
      0.45,
    ],
    ...lastResorts(),
  ] as const) {
    const path = rowPaths[row]!
    if (chance === 1 && compound.gates.length > 0)
      break
    if (sign < 0)
      path.unshift(...openGate(path[0]!, sideways(-1), chance).toReversed())
    else
      path.push(...openGate(path.at(-1)!, sideways(1), chance))
  }
  if (compound.gates.length === 0) {
    for (const spine of ways.filter(way => way.kind === 'service')) {
      spine.vertices.unshift(...openGate(spine.vertices[0]!, directionOf(toTown([0, 0]), toTown([0, -1])), 1).toReversed())
      spine.vertices.push(...openGate(spine.vertices.at(-1)!, directionOf(toTown([0, 0]), toTown([0, 1])), 1))
    }
  }

  for (const [i, row] of plan.rows.entries()) {
    for (const house of row.houses)
      build(house, door => joinLine(drawing, rowPaths[i]!, toTown([door[0], row.y])))
  }
  for (const [[west, east], [south, north]] of plan.gardens) {
    drawing.area(([
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ] as Point[]).map(toTown), { leisure: 'garden' })
  }
  for (const way of ways) {
    if (way.vertices.length > 1)
      drawing.line(way.vertices, { highway: way.kind })
  }
  compound.area = drawing.line(wall, {})
  drawing.line(wall, { barrier: 'wall' })
  const shops = drawShops(site, plot, shopSides as Set<Side>, exits)
  return { compound, shops }

  function drawRowPath(row: PlannedRow): Vertex[] {
    const stops = new Map<number, Vertex>([
      [
        row.from,
        drawing.vertex(toTown([row.from, row.y])),
      ],
      [
        row.to,
        drawing.vertex(toTown([row.to, row.y])),
      ],
    ])
    for (const spine of spines) {
      if (spine.x <= row.from || spine.x >= row.to)
        continue
      stops.set(spine.x, stop(spine, row.y))
    }
    return [...stops].sort((a, b) => a[0] - b[0]).map(([, vertex]) => vertex)
  }

  /** The place of a spine at that height. */
  function stop(spine: { x: number, stops: Map<number, Vertex> }, y: number): Vertex {
    let vertex = spine.stops.get(y)
    if (!vertex)
      spine.stops.set(y, vertex = drawing.vertex(toTown([spine.x, y])))
    return vertex
  }

  /** Draws a house and a short way from each of its doors to the path. */
  function build(house: PlannedHouse, pathAt: (door: Point) => Vertex) {
    const ring = house.ring.map(toTown)
    const outline = drawOutline(drawing, ring, house.doors.map(toTown), {})
    for (const [i, door] of outline.doors.entries()) {
      drawing.line([
        door,
        pathAt(house.doors[i]!),
      ], { highway: 'footway' })
    }
    compound.buildings.push({
      way: outline.way,
      ring,
      use: 'homes',
      doors: outline.doors,
      floors: house.floors,
      flats: house.units * house.floors * pattern.flatsPerFloor,
      builtYear,
      compound,
    })
  }

  /** Leads a path on through the wall to the street: [gate, vertex on the street], or nothing. */
  function openGate(from: Vertex, direction: Point, probability: number): Vertex[] {
    if (!random.chance(probability) || compound.gates.length >= 4)
      return []
    const through = wallAhead(wall, sideFrom, from.at, direction)
    if (!through || !isStreet(through.side) || houses.some(ring => cutsThrough(from.at, through.at, ring)))
      return []
    const beyond = streetAhead(site.land, shift(through.at, direction, 0.2), direction, 75)
    if (!beyond || compound.gates.some(gate => distance(gate.vertex.at, through.at) < 25) || site.built.some(ring => cutsThrough(through.at, beyond.at, ring)))
      return []
    const gate = joinLine(drawing, wall, through.at)
    gate.tags = { ...gate.tags, barrier: 'gate' }
    const end = joinStreet(drawing, beyond.street, beyond.at)
    compound.gates.push({ vertex: gate, street: beyond.street })
    exits.push([gate.at, end.at])
    return [gate, end]
  }

  function lastResorts() {
    return rowPaths.flatMap((_, row) => [
      [row, -1, 1],
      [row, 1, 1],
    ] as const)
  }
}

/** Along the longest edge that runs about west to east; at most 15° off. */
function rowDirection(plot: Plot): number {
  let best = 0
  let longest = 0
  const { west, east } = boundsOf(plot.ring)
  plot.ring.forEach((a, i) => {
    const b = plot.ring[(i + 1) % plot.ring.length]!
    let angle = Math.atan2(b[1] - a[1], b[0] - a[0])
    if (angle > Math.PI / 2)
      angle -= Math.PI
    if (angle < -Math.PI / 2)
      angle += Math.PI
    const length = distance(a, b)
    if (Math.abs(angle) < 0.3 && length > longest) {
      longest = length
      best = angle
    }
  })
  return longest > (east - west) * 0.2
    ? Math.max(-0.26, Math.min(0.26, best))
    : 0
}
