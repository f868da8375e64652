import type { Vertex } from '../geometry/drawing.ts'
import type { Point } from '../geometry/plane.ts'
import type { Plot } from '../geometry/plot.ts'
import type { InnerRoadOptions } from './inner-roads.ts'
import type { Building, Compound, Site } from './site.ts'
import { joinLine } from '../geometry/drawing.ts'
import { between, boundsOf, distance, footOn, rotate, signedArea } from '../geometry/plane.ts'
import { cut, inset } from '../geometry/plot.ts'
import { longestEdgeAngle } from './fit.ts'
import { innerRoads } from './inner-roads.ts'
import { drawOutline } from './site.ts'

const roadOptions: InnerRoadOptions = {
  cellArea: 1150,
  gateChance: 0.7,
  highway: 'service',
  ring: true,
  slim: 2.6,
}

/** An urban village (城中村): narrow lanes, one small house beside the other, no wall around. */
export function fillVillage(site: Site, plot: Plot, builtYear: number): Compound | undefined {
  const { drawing, random } = site
  const land = inset(plot, () => 3)
  if (!land)
    return undefined
  const roads = innerRoads(site, land, roadOptions)
  if (roads.gates.length === 0)
    return undefined
  const compound: Compound = {
    ring: land.ring,
    area: { id: 0, vertices: [], tags: {} },
    style: 'village',
    builtYear,
    gates: roads.gates,
    buildings: [],
    land: site.land,
    name: '',
  }
  for (const cell of roads.cells) {
    const free = inset(cell, side => side === 'lane'
      ? 1.9
      : 0.5)
    if (free)
      divide(free)
  }
  roads.draw()
  compound.area = drawing.area(land.ring, {})
  return compound

  function divide(lot: Plot) {
    const turn = longestEdgeAngle(lot.ring)
    const { west, south, east, north } = boundsOf(lot.ring.map(p => rotate(p, -turn)))
    if (signedArea(lot.ring) > random.between(110, 215)) {
      const upright = east - west > north - south
      const share = random.between(0.42, 0.58)
      const off = random.between(-0.06, 0.06)
      const parts = cut(lot, rotate([west + (east - west) * share, south + (north - south) * share], turn), rotate(upright
        ? [off, 1]
        : [1, off], turn), 'neighbour')
      if (parts) {
        divide(parts.left)
        divide(parts.right)
        return
      }
    }
    const house = lot.sides.includes('lane') && random.chance(0.96)
      ? raise(lot)
      : undefined
    if (house)
      compound.buildings.push(house)
  }

  function raise(lot: Plot): Building | undefined {
    const walls = inset(lot, side => side === 'lane'
      ? random.between(0.2, 1.4)
      : random.between(0.3, 0.7))
    if (!walls || signedArea(walls.ring) < 42)
      return undefined
    const fronts = walls.ring.map((a, i) => ({ a, b: walls.ring[(i + 1) % walls.ring.length]!, side: walls.sides[i]! })).filter(edge => edge.side === 'lane')
    const front = fronts.toSorted((p, q) => distance(q.a, q.b) - distance(p.a, p.b))[0]
    if (!front || distance(front.a, front.b) < 3)
      return undefined
    const door = between(front.a, front.b, random.between(0.35, 0.65))
    const way = laneBefore(door, roads.roads)
    if (!way)
      return undefined
    const floors = random.weighted([
      [1, 2],
      [2, 6],
      [3, 5],
      [4, 2],
    ])
    const outline = drawOutline(drawing, walls.ring, [door], {})
    drawing.line([
      outline.doors[0]!,
      joinLine(drawing, way.road, door),
    ], { highway: 'footway' })
    return {
      way: outline.way,
      ring: walls.ring,
      use: 'homes',
      doors: outline.doors,
      floors,
      flats: Math.max(1, Math.round(floors * signedArea(walls.ring) / 120)),
      builtYear: builtYear + random.integer(-6, 8),
      compound,
    }
  }
}

/** A house stands this near to the middle of its lane, or it has no lane. */
const LANE_METRES = 3.8

function laneBefore(door: Point, roads: readonly Vertex[][]): { road: Vertex[] } | undefined {
  let best: { road: Vertex[], metres: number } | undefined
  for (const road of roads) {
    for (let k = 1; k < road.length; k++) {
      const { metres } = footOn(road[k - 1]!.at, road[k]!.at, door)
      if (metres < (best?.metres ?? LANE_METRES))
        best = { road, metres }
    }
  }
  return best
}
