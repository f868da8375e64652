import type { Tags, Vertex } from '../geometry/drawing.ts'
import type { Point, Ring } from '../geometry/plane.ts'
import type { Plot } from '../geometry/plot.ts'
import type { Fitted } from './fit.ts'
import type { InnerRoadOptions } from './inner-roads.ts'
import type { PublicShape } from './shapes.ts'
import type { Building, BuildingUse, Site } from './site.ts'
import { joinLine } from '../geometry/drawing.ts'
import { between, crossing, distance, footOn, signedArea } from '../geometry/plane.ts'
import { inset } from '../geometry/plot.ts'
import { fitRectangle } from './fit.ts'
import { drawInnerRoads, innerRoads } from './inner-roads.ts'
import { publicShape, tower } from './shapes.ts'
import { drawOutline } from './site.ts'

export type PrecinctUse = 'campus' | 'hospital' | 'school' | 'market' | 'offices' | 'works' | 'factory' | 'square'

interface PrecinctKind {
  roads: InnerRoadOptions
  area: Tags
  building: string
  use: BuildingUse
  shapes: PublicShape[]
  wing: [number, number]
  maxLength: number
  maxDepth: number
  floors: [number, number]
  /** Chance that a cell is planted instead of built on. */
  lawn: number
  /** A running track on the largest cell. */
  track?: boolean
  towers?: boolean
}

const kinds: Record<PrecinctUse, PrecinctKind> = {
  campus: {
    roads: {
      cellArea: 7500,
      gateChance: 0.28,
      enclosure: 'wall',
      highway: 'service',
    },
    area: { amenity: 'university' },
    building: 'university',
    use: 'school',
    shapes: ['u', 'e', 'h', 'l', 'box', 'box'],
    wing: [14, 19],
    maxLength: 96,
    maxDepth: 66,
    floors: [3, 7],
    lawn: 0.22,
    track: true,
  },
  hospital: {
    roads: {
      cellArea: 7000,
      gateChance: 0.5,
      enclosure: 'fence',
      highway: 'service',
    },
    area: { amenity: 'hospital' },
    building: 'hospital',
    use: 'public',
    shapes: ['h', 'e', 'l'],
    wing: [17, 22],
    maxLength: 92,
    maxDepth: 64,
    floors: [4, 14],
    lawn: 0.12,
  },
  school: {
    roads: {
      cellArea: 11_000,
      gateChance: 0.5,
      enclosure: 'wall',
      highway: 'service',
    },
    area: { amenity: 'school' },
    building: 'school',
    use: 'school',
    shapes: ['u', 'e'],
    wing: [10, 12.5],
    maxLength: 84,
    maxDepth: 48,
    floors: [3, 5],
    lawn: 0,
    track: true,
  },
  market: {
    roads: { cellArea: 6500, gateChance: 0.9, highway: 'service' },
    area: { landuse: 'retail', amenity: 'marketplace' },
    building: 'retail',
    use: 'shop',
    shapes: ['box', 'l'],
    wing: [26, 34],
    maxLength: 90,
    maxDepth: 44,
    floors: [1, 3],
    lawn: 0,
  },
  offices: {
    roads: { cellArea: 5200, gateChance: 0.7, highway: 'service' },
    area: { landuse: 'commercial' },
    building: 'office',
    use: 'office',
    shapes: ['box', 'l', 'u'],
    wing: [18, 24],
    maxLength: 68,
    maxDepth: 46,
    floors: [4, 22],
    lawn: 0.12,
    towers: true,
  },
  works: {
    roads: {
      cellArea: 6500,
      gateChance: 0.4,
      enclosure: 'fence',
      highway: 'service',
    },
    area: { landuse: 'construction' },
    building: 'construction',
    use: 'works',
    shapes: ['box', 'l'],
    wing: [17, 21],
    maxLength: 58,
    maxDepth: 36,
    floors: [6, 18],
    lawn: 0.3,
  },
  factory: {
    roads: {
      cellArea: 8500,
      gateChance: 0.35,
      enclosure: 'wall',
      highway: 'service',
    },
    area: { landuse: 'industrial' },
    building: 'industrial',
    use: 'office',
    shapes: ['box', 'box', 'l'],
    wing: [30, 38],
    maxLength: 120,
    maxDepth: 52,
    floors: [1, 2],
    lawn: 0.06,
  },
  square: {
    roads: { cellArea: 6500, gateChance: 0.9, highway: 'footway' },
    area: { landuse: 'commercial' },
    building: 'public',
    use: 'public',
    shapes: ['u', 'h', 'box'],
    wing: [17, 22],
    maxLength: 76,
    maxDepth: 52,
    floors: [3, 6],
    lawn: 0.34,
  },
}

/** A precinct of larger buildings on cells between inner ways. The first building is the main one. */
export function fillPrecinct(site: Site, plot: Plot, use: PrecinctUse, name: string): Building[] {
  const { drawing, random } = site
  const kind = kinds[use]
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
  cells.forEach((cell, index) => {
    const ground = inset(cell, () => random.between(6.5, 9))
    if (!ground)
      return
    if (kind.track && index === 0)
      return drawTrack(ground.ring)
    if (random.chance(kind.lawn) && buildings.length > 1)
      return void drawing.area(ground.ring, { landuse: 'grass' })
    const building = raise(ground.ring)
    if (!building)
      return
    if (buildings.length === 0 && !isNamedByGround)
      building.way.tags = { ...building.way.tags, name }
    buildings.push(building)
  })
  drawInnerRoads(site, roads, kind.roads)
  return buildings

  function raise(ground: Ring): Building | undefined {
    const point = kind.towers && random.chance(0.4)
    const fitted = fitRectangle(ground, point
      ? 38
      : kind.maxLength * random.between(0.7, 1), point
      ? 34
      : kind.maxDepth * random.between(0.7, 1))
    if (!fitted || Math.min(fitted.length, fitted.depth) < 9)
      return undefined
    const shape = point
      ? tower(fitted.length, fitted.depth)
      : publicShape(random.pick(kind.shapes), fitted.length, fitted.depth, random.between(...kind.wing))
    const ring = mirrored(shape.ring, fitted).map(fitted.place)
    const counter = signedArea(ring) > 0
      ? ring
      : ring.toReversed()
    const way = doorToRoad(counter, roads.roads)
    const floors = point
      ? random.integer(12, kind.floors[1])
      : random.integer(kind.floors[0], Math.min(kind.floors[1], 9))
    const outline = drawOutline(drawing, counter, way
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
      ring: counter,
      use: kind.use,
      doors: outline.doors,
      floors,
      flats: 0,
      builtYear: 0,
    }
  }

  function mirrored(ring: Point[], { length, depth }: Fitted): Point[] {
    const across = random.chance(0.5)
    const up = random.chance(0.5)
    return ring.map(([x, y]): Point => [
      across
        ? length - x
        : x,
      up
        ? depth - y
        : y,
    ])
  }

  function drawTrack(ground: Ring) {
    const fitted = fitRectangle(ground, 168, 92)
    if (!fitted || fitted.length < 50)
      return void drawing.area(ground, { leisure: 'pitch' })
    const { length, depth, place } = fitted
    const [long, wide] = length > depth
      ? [length, depth]
      : [depth, length]
    const turned = (p: Point): Point => length > depth
      ? p
      : [p[1], p[0]]
    const oval = (margin: number) => ovalRing(long, wide, margin).map(p => place(turned(p)))
    drawing.area(oval(0), { leisure: 'track' })
    drawing.area(oval(wide * 0.16), { leisure: 'pitch' })
  }
}

/** A stadium's outline: two straights and two half circles. */
function ovalRing(long: number, wide: number, margin: number): Point[] {
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

/** The side of a building from which the way to an inner road is shortest and free. */
export function doorToRoad(ring: Ring, roads: readonly Vertex[][]): { door: Point, foot: Point, road: Vertex[] } | undefined {
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
