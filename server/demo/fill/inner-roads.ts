import type { Vertex } from '../geometry/drawing.ts'
import type { Point } from '../geometry/plane.ts'
import type { Plot, Side } from '../geometry/plot.ts'
import type { Street } from '../layout/bend.ts'
import type { Site } from './site.ts'
import { joinLine } from '../geometry/drawing.ts'
import { boundsOf, directionOf, distance, footOn, rotate, shift, signedArea } from '../geometry/plane.ts'
import { cut, isStreet } from '../geometry/plot.ts'
import { longestEdgeAngle } from './fit.ts'
import { joinStreet, streetAhead } from './site.ts'
import { wallAhead } from './wall.ts'

/** How a precinct (campus, hospital, village…) is divided by ways of its own. */
export interface InnerRoadOptions {
  /** m²; cells are not divided further below it */
  cellArea: number
  /** Chance that a way which ends at a street leads out to it. */
  gateChance: number
  /** A wall or fence around; undefined = open. */
  enclosure?: 'wall' | 'fence'
  highway: 'service' | 'footway' | 'residential'
  gateHours?: string
  /** A way all around, just inside the outline. */
  ring?: boolean
  /** Longest side over shortest side above which a cell is cut regardless of its area. */
  slim?: number
}

export interface InnerRoads {
  /** Divided land: sides along inner ways are 'lane'. */
  cells: Plot[]
  roads: Vertex[][]
  gates: { vertex: Vertex, street: Street }[]
  wall: Vertex[]
}

/** A way that leads nowhere ends so far before the outline. */
const STOP_METRES = 4

/** Cuts a plot by inner ways, joins them to each other and through gates to the streets around. */
export function innerRoads(site: Site, plot: Plot, options: InnerRoadOptions): InnerRoads {
  const { drawing, random } = site
  const wall = plot.ring.map(p => drawing.vertex(p))
  const sideFrom = new Map(wall.map((vertex, i) => [vertex, plot.sides[i]!]))
  wall.push(wall[0]!)
  const turn = longestEdgeAngle(plot.ring)
  const roads: Vertex[][] = []
  const cells: Plot[] = []
  const gates: InnerRoads['gates'] = []
  let outer = plot
  if (options.ring) {
    roads.push(wall)
    outer = {
      ring: plot.ring,
      sides: plot.sides.map(() => 'lane'),
    }
    for (let i = 0; i < plot.ring.length; i++)
      leadOut(i)
  }
  split(outer)
  return { cells, roads, gates, wall }

  function split(cell: Plot) {
    // Measured along the plot's own axes, not north and east.
    const { west, south, east, north } = boundsOf(cell.ring.map(p => rotate(p, -turn)))
    const slim = Math.max(east - west, north - south) / Math.max(1, Math.min(east - west, north - south))
    const area = signedArea(cell.ring)
    if (area < options.cellArea * 0.5 || (area < options.cellArea * random.between(0.75, 1.35) && slim < (options.slim ?? 2.4))) {
      cells.push(cell)
      return
    }
    for (let attempt = 0; attempt < 4; attempt++) {
      const upright = east - west > north - south
      const share = random.between(0.4, 0.6)
      const through: Point = [west + (east - west) * (upright ? share : 0.5), south + (north - south) * (upright ? 0.5 : share)]
      const off = random.between(-0.05, 0.05)
      const parts = cut(cell, rotate(through, turn), rotate(upright
        ? [off, 1]
        : [1, off], turn), 'lane')
      if (!parts || Math.min(signedArea(parts.left.ring), signedArea(parts.right.ring)) < options.cellArea * 0.2)
        continue
      drawRoad(parts.from, parts.to)
      split(parts.left)
      split(parts.right)
      return
    }
    cells.push(cell)
  }

  /** Joins what it meets; where it ends at a street it may lead out. One that would join nothing is not drawn. */
  function drawRoad(from: Point, to: Point) {
    const ends = [
      roadEnd(from, to),
      roadEnd(to, from),
    ] as const
    const isJoined = () => ends.some(end => end.tail.length > 0)
    for (const end of ends)
      end.lead(options.gateChance)
    for (const end of ends) {
      if (!isJoined())
        end.lead(1)
    }
    if (!isJoined())
      return
    const [first, last] = ends.map(({ stop, tail }) => tail.length > 0 && !stop
      ? tail
      : [
          drawing.vertex(stop!),
          ...tail,
        ])
    roads.push([
      ...first!.toReversed(),
      ...last!,
    ])
  }

  /** One end of a way: `tail` leads on from it, `stop` is where it ends by itself, a little before the outline. */
  function roadEnd(end: Point, other: Point): { tail: Vertex[], stop?: Point, lead: (chance: number) => void } {
    const road = roads.find(line => line.some((v, k) => k > 0 && footOn(line[k - 1]!.at, v.at, end).metres < 0.05))
    if (road) {
      return {
        tail: [
          joinLine(drawing, road, end),
        ],
        lead: () => {},
      }
    }
    const out = directionOf(other, end)
    const stop = shift(end, out, -STOP_METRES)
    const result = {
      tail: [] as Vertex[],
      stop,
      lead: (chance: number) => {
        if (!options.ring && result.tail.length === 0 && isOnOutline(end))
          result.tail = openGate(stop, out, chance)
      },
    }
    return result
  }

  function isOnOutline(p: Point): boolean {
    return plot.ring.some((a, i) => footOn(a, plot.ring[(i + 1) % plot.ring.length]!, p).metres < 0.1)
  }

  function openGate(from: Point, direction: Point, probability: number): Vertex[] {
    if (!random.chance(probability))
      return []
    const through = wallAhead(wall, sideFrom, from, direction)
    if (!through || !isStreet(through.side))
      return []
    const beyond = streetAhead(site.land, shift(through.at, direction, 0.2), direction, 80)
    if (!beyond || gates.some(gate => distance(gate.vertex.at, through.at) < 20))
      return []
    const gate = joinLine(drawing, wall, through.at)
    if (options.enclosure) {
      gate.tags = {
        ...gate.tags,
        barrier: 'gate',
        ...options.gateHours && { opening_hours: options.gateHours },
      }
    }
    gates.push({ vertex: gate, street: beyond.street })
    return [
      gate,
      joinStreet(drawing, beyond.street, beyond.at),
    ]
  }

  /** From the way around to the street along one edge. */
  function leadOut(i: number) {
    const a = plot.ring[i]!
    const b = plot.ring[(i + 1) % plot.ring.length]!
    if (!isStreet(plot.sides[i]! as Side) || distance(a, b) < 35)
      return
    const at: Point = [a[0] + (b[0] - a[0]) * 0.5, a[1] + (b[1] - a[1]) * 0.5]
    const out = directionOf(at, shift(at, [b[1] - a[1], a[0] - b[0]], 1))
    const beyond = streetAhead(site.land, shift(at, out, 0.2), out, 80)
    if (!beyond || (gates.length > 0 && !random.chance(options.gateChance)))
      return
    const start = joinLine(drawing, wall, at)
    gates.push({ vertex: start, street: beyond.street })
    drawing.line([
      start,
      joinStreet(drawing, beyond.street, beyond.at),
    ], { highway: options.highway })
  }
}

/** Draws the ways, and the wall or fence if there is one. */
export function drawInnerRoads({ drawing }: Site, roads: InnerRoads, options: InnerRoadOptions): void {
  for (const vertices of roads.roads)
    drawing.line(vertices, { highway: options.highway })
  if (options.enclosure)
    drawing.line(roads.wall, { barrier: options.enclosure })
}
