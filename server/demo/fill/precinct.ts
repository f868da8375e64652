import type { Vertex } from '../geometry/drawing.ts'
import type { Point, Ring } from '../geometry/plane.ts'
import type { Plot } from '../geometry/plot.ts'
import type { Fitted } from './fit.ts'
import type { PrecinctKind, PrecinctUse } from './precinct-kinds.ts'
import type { Building, Site } from './site.ts'
import { joinLine } from '../geometry/drawing.ts'
import { between, crossing, distance, footOn, signedArea } from '../geometry/plane.ts'
import { inset } from '../geometry/plot.ts'
import { fitRectangle } from './fit.ts'
import { innerRoads } from './inner-roads.ts'
import { precinctKinds } from './precinct-kinds.ts'
import { publicShape, tower } from './shapes.ts'
import { drawOutline } from './site.ts'
import { drawTrack } from './track.ts'

/** A precinct of larger buildings on cells between inner ways. The first building is the main one. */
export function fillPrecinct(site: Site, plot: Plot, use: PrecinctUse, name: string): Building[] {
  const { drawing, random } = site
  const kind = precinctKinds[use]
  const land = inset(plot, () => 1)
  if (!land)
    return []
  // Institutions are known by their grounds, houses of business by the house.
  const isNamedByGround = kind.area.amenity !== undefined || use === 'works'
  drawing.area(land.ring, {
    ...kind.area,
    ...isNamedByGround && { name },
  })
  const roads = innerRoads(site, land, kind.roads)
  const buildings: Building[] = []
  const cells = roads.cells.toSorted((a, b) => signedArea(b.ring) - signedArea(a.ring))
  for (const [index, cell] of cells.entries()) {
    const ground = inset(cell, () => random.between(6.5, 9))
    if (!ground)
      continue
    if (kind.track && index === 0) {
      drawTrack(site, ground.ring)
    }
    else if (random.chance(kind.lawn) && buildings.length > 1) {
      drawing.area(ground.ring, { landuse: 'grass' })
    }
    else {
      const building = raise(site, kind, ground.ring, roads.roads)
      if (building)
        buildings.push(building)
    }
  }
  const [main] = buildings
  if (main && !isNamedByGround)
    main.way.tags = { ...main.way.tags, name }
  roads.draw()
  return buildings
}

function raise({ drawing, random }: Site, kind: PrecinctKind, ground: Ring, roads: readonly Vertex[][]): Building | undefined {
  const isTower = kind.towers === true && random.chance(0.4)
  const fitted = fitRectangle(ground, isTower
    ? 38
    : kind.maxLength * random.between(0.7, 1), isTower
    ? 34
    : kind.maxDepth * random.between(0.7, 1))
  if (!fitted || Math.min(fitted.length, fitted.depth) < 9)
    return undefined
  const shape = isTower
    ? tower(fitted.length, fitted.depth)
    : publicShape(random.pick(kind.shapes), fitted.length, fitted.depth, random.between(...kind.wing))
  const placed = mirrored(shape.ring, fitted, random.chance(0.5), random.chance(0.5)).map(fitted.place)
  const ring = signedArea(placed) > 0
    ? placed
    : placed.toReversed()
  const floors = isTower
    ? random.integer(12, kind.floors[1])
    : random.integer(kind.floors[0], Math.min(kind.floors[1], 9))
  const way = doorToRoad(ring, roads)
  const outline = drawOutline(drawing, ring, way
    ? [way.door]
    : [], {
    'building': kind.building,
    'building:levels': String(floors),
  })
  if (way) {
    drawing.line([
      outline.doors[0]!,
      joinLine(drawing, way.road, way.foot),
    ], { highway: 'footway' })
  }
  return {
    way: outline.way,
    ring,
    use: kind.use,
    doors: outline.doors,
    floors,
    flats: 0,
    builtYear: 0,
  }
}

function mirrored(ring: readonly Point[], { length, depth }: Fitted, across: boolean, up: boolean): Point[] {
  return ring.map(([x, y]): Point => [
    across
      ? length - x
      : x,
    up
      ? depth - y
      : y,
  ])
}

/** The side of a building from which the way to an inner road is shortest and free. */
function doorToRoad(ring: Ring, roads: readonly Vertex[][]): { door: Point, foot: Point, road: Vertex[] } | undefined {
  let best: { door: Point, foot: Point, road: Vertex[], metres: number } | undefined
  for (let i = 0; i < ring.length; i++) {
    const door = between(ring[i]!, ring[(i + 1) % ring.length]!, 0.5)
    if (distance(ring[i]!, door) < 1.5)
      continue
    for (const road of roads) {
      for (let k = 1; k < road.length; k++) {
        const { at, metres } = footOn(road[k - 1]!.at, road[k]!.at, door)
        if (metres < (best?.metres ?? 90) && !ring.some((a, j) => j !== i && crossing(door, at, a, ring[(j + 1) % ring.length]!)))
          best = { door, foot: at, road, metres }
      }
    }
  }
  return best
}
