import type { Point } from './plane.ts'
import { distance, footOn } from './plane.ts'

export type Tags = Record<string, string>

/** A node: ways that share one meet there. */
export interface Vertex { id: number, at: Point, tags?: Tags }
export interface Way { id: number, vertices: readonly Vertex[], tags: Tags }
export interface Relation { id: number, members: { way: Way, role: 'outer' | 'inner' }[], tags: Tags }

/** What has been drawn of a town so far, in its plane. Ids count on from `firstId`. */
export interface Drawing {
  vertices: Vertex[]
  ways: Way[]
  relations: Relation[]
  /** `id` is given for vertices that another drawing has too. */
  vertex: (at: Point, tags?: Tags, id?: number) => Vertex
  line: (vertices: readonly Vertex[], tags: Tags) => Way
  /** A closed way of its own vertices. */
  area: (ring: readonly Point[], tags: Tags) => Way
  relation: (members: Relation['members'], tags: Tags) => Relation
}

export function createDrawing(firstId: number): Drawing {
  let next = firstId
  const drawing: Drawing = {
    vertices: [],
    ways: [],
    relations: [],
    vertex: (at, tags, id = next++) => {
      const vertex: Vertex = tags
        ? { id, at, tags }
        : { id, at }
      drawing.vertices.push(vertex)
      return vertex
    },
    line: (vertices, tags) => {
      const way = { id: next++, vertices, tags }
      drawing.ways.push(way)
      return way
    },
    area: (ring, tags) => {
      const vertices = ring.map(at => drawing.vertex(at))
      return drawing.line([...vertices, vertices[0]!], tags)
    },
    relation: (members, tags) => {
      const relation = { id: next++, members, tags }
      drawing.relations.push(relation)
      return relation
    },
  }
  return drawing
}

/** Nearer than this to a vertex of the line, that vertex is taken. */
const SAME_VERTEX_METRES = 0.6

/** Puts a vertex into a line at the place nearest to `at`, or takes the one that is there. */
export function joinLine(drawing: Drawing, vertices: Vertex[], at: Point): Vertex {
  let best = 1
  let foot = footOn(vertices[0]!.at, vertices[1]!.at, at)
  for (let i = 2; i < vertices.length; i++) {
    const other = footOn(vertices[i - 1]!.at, vertices[i]!.at, at)
    if (other.metres < foot.metres) {
      best = i
      foot = other
    }
  }
  const a = vertices[best - 1]!
  const b = vertices[best]!
  if (distance(a.at, foot.at) < SAME_VERTEX_METRES)
    return a
  if (distance(b.at, foot.at) < SAME_VERTEX_METRES)
    return b
  const vertex = drawing.vertex(foot.at)
  vertices.splice(best, 0, vertex)
  return vertex
}
