import type { Vertex, Way } from '../../server/demo/geometry/drawing.ts'
import type { Ring } from '../../server/demo/geometry/plane.ts'
import type { Town } from '../../server/demo/town.ts'
import { boundsOf, contains, crossing, overlap } from '../../server/demo/geometry/plane.ts'

/** What can be wrong with a town, found from what was drawn; each answers with the faults. */

export const ringOf = (way: Way): Ring => way.vertices.slice(0, -1).map(vertex => vertex.at)
export const highwaysOf = (town: Town): Way[] => town.drawing.ways.filter(way => way.tags.highway)
export const buildingsOf = (town: Town): Way[] => town.drawing.ways.filter(way => way.tags.building)

/** Pairs of buildings that share ground. */
export function overlappingBuildings(town: Town): string[] {
  const buildings = buildingsOf(town).map(way => ({
    way,
    ring: ringOf(way),
    box: boundsOf(ringOf(way)),
  })).toSorted((a, b) => a.box.west - b.box.west)
  return buildings.flatMap((a, i) => {
    const faults: string[] = []
    for (let k = i + 1; k < buildings.length && buildings[k]!.box.west <= a.box.east; k++) {
      if (overlap(a.ring, buildings[k]!.ring))
        faults.push(`${a.way.id} on ${buildings[k]!.way.id}`)
    }
    return faults
  })
}

/** Buildings that a street or path runs through. A path that ends at a door touches the outline only there. */
export function buildingsOnWays(town: Town): string[] {
  const pieces = highwaysOf(town).filter(way => !way.tags.tunnel).flatMap(way => way.vertices.slice(1).map((b, i) => ({ way, a: way.vertices[i]!, b }))).map(piece => ({
    ...piece,
    box: boundsOf([piece.a.at, piece.b.at]),
  })).toSorted((p, q) => p.box.west - q.box.west)
  const widest = Math.max(...pieces.map(piece => piece.box.east - piece.box.west))
  return buildingsOf(town).flatMap((way) => {
    const ring = ringOf(way)
    const box = boundsOf(ring)
    const outline = new Set(way.vertices)
    const faults: string[] = []
    for (let i = firstFrom(pieces, box.west - widest); i < pieces.length && pieces[i]!.box.west <= box.east; i++) {
      const { a, b, box: own, way: path } = pieces[i]!
      if (own.east < box.west || own.north < box.south || own.south > box.north)
        continue
      const touches = outline.has(a) || outline.has(b)
      const inside = [a, b].some(end => !outline.has(end) && contains(ring, end.at))
      const cuts = ring.filter((p, k) => crossing(a.at, b.at, p, ring[(k + 1) % ring.length]!)).length
      if (inside || cuts > (touches ? 2 : 0))
        faults.push(`${path.id} (${path.tags.highway}) through ${way.id} (${way.tags.building}) ${a.at.map(Math.round)}`)
    }
    return faults
  })
}

function firstFrom(pieces: readonly { box: { west: number } }[], west: number): number {
  let low = 0
  let high = pieces.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (pieces[middle]!.box.west < west)
      low = middle + 1
    else
      high = middle
  }
  return low
}

/** Houses that do not lie wholly within their compound. */
export function housesBeyondTheirWall(town: Town): string[] {
  return town.compounds.flatMap(compound => compound.buildings
    .filter(building => building.ring.some(p => !contains(compound.ring, p)))
    .map(building => `${compound.name} ${building.way.tags.name}`))
}

/** Vertices of what may be walked, by connected part, the largest first. Bridges can be left out. */
export function walkableParts(town: Town, withBridges = true): Set<Vertex>[] {
  const next = new Map<Vertex, Vertex[]>()
  for (const way of highwaysOf(town)) {
    if (!withBridges && way.tags.bridge)
      continue
    way.vertices.forEach((vertex, i) => {
      const list = next.get(vertex) ?? []
      if (i > 0)
        list.push(way.vertices[i - 1]!)
      if (i + 1 < way.vertices.length)
        list.push(way.vertices[i + 1]!)
      next.set(vertex, list)
    })
  }
  const parts: Set<Vertex>[] = []
  const seen = new Set<Vertex>()
  for (const start of next.keys()) {
    if (seen.has(start))
      continue
    const part = new Set<Vertex>([start])
    for (const vertex of part) {
      seen.add(vertex)
      for (const other of next.get(vertex)!)
        part.add(other)
    }
    parts.push(part)
  }
  return parts.toSorted((a, b) => b.size - a.size)
}

/** Walls that a path crosses without a gate. */
export function wallsCrossed(town: Town): string[] {
  const walls = town.drawing.ways.filter(way => way.tags.barrier).flatMap(way => way.vertices.slice(1).map((b, i) => ({
    way,
    a: way.vertices[i]!,
    b,
    box: boundsOf([way.vertices[i]!.at, b.at]),
  }))).toSorted((p, q) => p.box.west - q.box.west)
  const widest = Math.max(...walls.map(wall => wall.box.east - wall.box.west))
  return highwaysOf(town).flatMap(way => way.vertices.slice(1).flatMap((b, i) => {
    const a = way.vertices[i]!
    const box = boundsOf([a.at, b.at])
    const faults: string[] = []
    for (let k = firstFrom(walls, box.west - widest); k < walls.length && walls[k]!.box.west <= box.east; k++) {
      const wall = walls[k]!
      const meet = [wall.a, wall.b].some(end => end === a || end === b)
      if (!meet && crossing(a.at, b.at, wall.a.at, wall.b.at))
        faults.push(`${way.id} (${way.tags.highway}) over ${wall.way.id} (${wall.way.tags.barrier}) at ${a.at.map(Math.round)}`)
    }
    return faults
  }))
}

/** Buildings that stand in the river. */
export function buildingsInWater(town: Town): number[] {
  const waters = town.drawing.ways.filter(way => way.tags.natural === 'water').map(ringOf)
  return buildingsOf(town).filter(way => waters.some(water => overlap(water, ringOf(way)))).map(way => way.id)
}
