import type { Vertex } from '../geometry/drawing.ts'
import type { Point } from '../geometry/plane.ts'
import type { Plot } from '../geometry/plot.ts'
import type { Gate } from './enclosure.ts'
import type { Site } from './site.ts'
import { joinLine } from '../geometry/drawing.ts'
import { between, boundsOf, directionOf, distance, footOn, leftOf, rotate, shift, signedArea } from '../geometry/plane.ts'
import { cut, isStreet } from '../geometry/plot.ts'
import { enclose } from './enclosure.ts'
import { longestEdgeAngle } from './fit.ts'

/** How a precinct (campus, hospital, village…) is divided by ways of its own. */
export interface InnerRoadOptions {
  /** m²; cells are not divided further below it */
  cellArea: number
  /** Chance that a way which ends at a street leads out to it. */
  gateChance: number
  /** What stands around; undefined = it is open. */
  barrier?: 'wall' | 'fence'
  highway: 'service' | 'footway'
  /** A way all around, along the outline. */
  ring?: boolean
  /** Longest side over shortest side above which a cell is cut whatever its area. */
  slim?: number
}

export interface InnerRoads {
  /** Divided land: sides along inner ways are 'lane'. */
  cells: Plot[]
  roads: Vertex[][]
  gates: Gate[]
  /** To be called when everything has joined the ways. */
  draw: () => void
}

/** A way that leads nowhere ends so far before the outline. */
const STOP_METRES = 4

/** Cuts a plot by inner ways, joins them to each other and through gates to the streets around. */
export function innerRoads(site: Site, plot: Plot, options: InnerRoadOptions): InnerRoads {
  const { drawing, random } = site
  const turn = longestEdgeAngle(plot.ring)
  const edge = enclose(site, plot, { barrier: options.barrier, metresApart: 20 })
  const roads: Vertex[][] = []
  const cells: Plot[] = []
  if (options.ring) {
    roads.push(edge.vertices)
    plot.ring.forEach((_, i) => leadOut(i))
  }
  split(options.ring
    ? {
        ring: plot.ring,
        sides: plot.sides.map(() => 'lane'),
      }
    : plot)
  return {
    cells,
    roads,
    gates: edge.gates,
    draw() {
      for (const vertices of roads)
        drawing.line(vertices, { highway: options.highway })
      edge.draw()
    },
  }

  function split(cell: Plot) {
    // Measured along the plot's own axes, not north and east.
    const { west, south, east, north } = boundsOf(cell.ring.map(p => rotate(p, -turn)))
    const slim = Math.max(east - west, north - south) / Math.max(1, Math.min(east - west, north - south))
    const area = signedArea(cell.ring)
    const isSmall = area < options.cellArea * random.between(0.75, 1.35) && slim < (options.slim ?? 2.4)
    const attempts = isSmall || area <= options.cellArea * 0.5
      ? 0
      : 4
    for (let attempt = 0; attempt < attempts; attempt++) {
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
    for (const end of ends) {
      if (random.chance(options.gateChance))
        end.lead()
    }
    for (const end of ends) {
      if (!isJoined())
        end.lead()
    }
    if (!isJoined())
      return
    const [first, last] = ends.map(({ stop, tail }) => stop
      ? [
          drawing.vertex(stop),
          ...tail,
        ]
      : tail)
    roads.push([
      ...first!.toReversed(),
      ...last!,
    ])
  }

  /** One end of a way: `tail` leads on from it, `stop` is where it ends by itself, a little before the outline. */
  function roadEnd(end: Point, other: Point): { tail: Vertex[], stop?: Point, lead: () => void } {
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
      lead() {
        if (!options.ring && result.tail.length === 0 && isOnOutline(end))
          result.tail = edge.openGate(stop, out)
      },
    }
    return result
  }

  function isOnOutline(p: Point): boolean {
    return plot.ring.some((a, i) => footOn(a, plot.ring[(i + 1) % plot.ring.length]!, p).metres < 0.1)
  }

  /** From the way around to the street along one edge; the first there is, the others by chance. */
  function leadOut(i: number) {
    const a = plot.ring[i]!
    const b = plot.ring[(i + 1) % plot.ring.length]!
    if (!isStreet(plot.sides[i]!) || distance(a, b) < 35 || (edge.gates.length > 0 && !random.chance(options.gateChance)))
      return
    const inwards = leftOf(directionOf(a, b))
    const way = edge.openGate(shift(between(a, b, 0.5), inwards, 0.5), [-inwards[0], -inwards[1]])
    if (way.length > 0)
      drawing.line(way, { highway: options.highway })
  }
}
