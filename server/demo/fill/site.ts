import type { Drawing, Tags, Vertex, Way } from '../geometry/drawing.ts'
import type { Point, Ring } from '../geometry/plane.ts'
import type { Land, Street } from '../layout/bend.ts'
import type { Random } from '../random.ts'
import type { Gate } from './enclosure.ts'
import { joinLine } from '../geometry/drawing.ts'
import { crossing, shift } from '../geometry/plane.ts'

/** What the filling of one block works with. */
export interface Site {
  drawing: Drawing
  land: Land
  random: Random
  /** Outlines that no way may be led through: shops before the wall. */
  built: Ring[]
}

export type BuildingUse = 'homes' | 'shop' | 'office' | 'school' | 'care' | 'public' | 'works'

export interface Building {
  way: Way
  ring: Ring
  use: BuildingUse
  doors: Vertex[]
  floors: number
  /** Households by design; 0 where nobody lives. */
  flats: number
  builtYear: number
  compound?: Compound
  /** The street on which an entrance of its own opens. */
  street?: Street | undefined
}

export type HomeStyle = 'slab' | 'new-slab' | 'towers' | 'village'

/** A walled place where people live (小区), or an open village. */
export interface Compound {
  ring: Ring
  area: Way
  style: HomeStyle
  builtYear: number
  gates: Gate[]
  buildings: Building[]
  land: Land
  name: string
}

/** Where a straight path from `from` meets a street of the block, at most so far away. */
export function streetAhead(land: Land, from: Point, direction: Point, metres: number): { street: Street, at: Point, metres: number } | undefined {
  const to = shift(from, direction, metres)
  let nearest: { street?: Street, at: Point, metres: number } | undefined
  for (let i = 0; i < land.ring.length; i++) {
    const hit = crossing(from, to, land.ring[i]!, land.ring[(i + 1) % land.ring.length]!)
    if (hit && (!nearest || hit.t * metres < nearest.metres))
      nearest = { street: land.sides[i]!.edge.street, at: hit.at, metres: hit.t * metres }
  }
  const { street, at } = nearest ?? {}
  return street && at && !street.bridge
    ? { street, at, metres: nearest!.metres }
    : undefined
}

/** Joins a path to a street; the vertex belongs to both. */
export function joinStreet(drawing: Drawing, street: Street, at: Point): Vertex {
  return joinLine(drawing, street.vertices, at)
}

/** Draws an outline with its doors as entrance nodes. */
export function drawOutline(drawing: Drawing, ring: Ring, doors: readonly Point[], tags: Tags): { way: Way, doors: Vertex[] } {
  const vertices = ring.map(at => drawing.vertex(at))
  vertices.push(vertices[0]!)
  const entrances = doors.map((at) => {
    const vertex = joinLine(drawing, vertices, at)
    vertex.tags = { ...vertex.tags, entrance: 'yes' }
    return vertex
  })
  return {
    way: drawing.line(vertices, tags),
    doors: entrances,
  }
}
