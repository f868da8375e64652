import type { StreetPointRecord, StreetRecord } from './records.ts'
import type { LocalFrame } from './local-metres.ts'
import type { WeekMinute } from './opening-hours.ts'
import { eastOf, northOf, segmentMetres } from './local-metres.ts'
import { isOpenAt } from './opening-hours.ts'

/** Bits of an edge. Along = in the order of the way's nodes. */
export const edgeFlag = {
  stairs: 1,
  alongOnly: 2,
  againstOnly: 4,
  bridge: 8,
  tunnel: 16,
  /** the same way goes on from the edge before: edges of a way are numbered in a row */
  continues: 32,
} as const

/** Bits of a node. Nobody passes a closed one, and nobody on wheels a narrow one; a gate is one that may be closed at some hour. */
export const nodeFlag = {
  closed: 1,
  crossing: 2,
  narrow: 4,
  gate: 8,
} as const

/** What a wheelchair does not get through, by OSM's values of barrier. */
const narrow = new Set([
  'stile',
  'kissing_gate',
  'turnstile',
  'full-height_turnstile',
])

/**
 * The streets that may be walked, in typed arrays. An edge is a straight piece between two nodes; edge `e` runs from
 * `ends[2e]` to `ends[2e + 1]`. Adjacency is stored once for both directions: the edges at node `v` are
 * `edgesAt[firstAt[v] … firstAt[v + 1]]`, the other end follows from `ends`. 13 bytes a node and 25 an edge.
 */
export interface StreetGraph {
  frame: LocalFrame
  nodeCount: number
  edgeCount: number
  /** metres east and north of the frame's origin */
  x: Float32Array
  y: Float32Array
  nodeFlags: Uint8Array
  ends: Int32Array
  /** length on the ground */
  metres: Float64Array
  edgeFlags: Uint8Array
  firstAt: Int32Array
  edgesAt: Int32Array
}

/** A gate, bollard or crossing that lies on a walkable street. */
export interface Gate {
  id: number
  kind: string
  name: string | null
  node: number
  /** whether it may be passed on foot at all, and when: OSM syntax, null = always */
  passable: boolean
  hours: string | null
  open: boolean
}

export interface StreetGraphWithNames {
  graph: StreetGraph
  /** node of the graph by OSM node id; only needed while buildings are linked */
  nodeOf: Map<number, number>
  gates: Gate[]
}

/** Builds the graph of what may be walked; `at` decides which gates with opening hours stand open. */
export function buildStreetGraph(streets: StreetRecord[], points: StreetPointRecord[], frame: LocalFrame, at: WeekMinute): StreetGraphWithNames {
  const walkable = streets.filter(street => street.foot)
  const nodeOf = new Map<number, number>()
  const x: number[] = []
  const y: number[] = []
  const ends: number[] = []
  const metres: number[] = []
  const edgeFlags: number[] = []

  for (const street of walkable) {
    const flags = flagsOf(street)
    let previous = -1
    let from = -1
    for (let i = 0; i < street.nodes.length; i++) {
      const id = street.nodes[i]!
      let node = nodeOf.get(id)
      if (node === undefined) {
        nodeOf.set(id, node = x.length)
        x.push(eastOf(frame, street.lngs[i]!))
        y.push(northOf(frame, street.lats[i]!))
      }
      if (previous >= 0 && node !== previous) {
        ends.push(previous, node)
        metres.push(segmentMetres(street.lngs[from]!, street.lats[from]!, street.lngs[i]!, street.lats[i]!))
        edgeFlags.push(from === 0
          ? flags
          : flags | edgeFlag.continues)
      }
      else if (previous >= 0) {
        continue
      }
      previous = node
      from = i
    }
  }

  const nodeFlags = new Uint8Array(x.length)
  const gates: Gate[] = []
  for (const point of points) {
    const node = nodeOf.get(point.id)
    if (node === undefined)
      continue
    const { id, kind, name, passable, hours } = point
    const open = isOpen(point, at)
    nodeFlags[node] = (open ? 0 : nodeFlag.closed) | (kind === 'crossing'
      ? nodeFlag.crossing
      : nodeFlag.gate) | (narrow.has(kind)
      ? nodeFlag.narrow
      : 0)
    gates.push({
      id,
      kind,
      name,
      node,
      passable,
      hours,
      open,
    })
  }

  return {
    graph: packStreetGraph(frame, {
      x: Float32Array.from(x),
      y: Float32Array.from(y),
      nodeFlags,
      ends: Int32Array.from(ends),
      metres: Float64Array.from(metres),
      edgeFlags: Uint8Array.from(edgeFlags),
    }),
    nodeOf,
    gates,
  }
}

export function isOpen({ passable, hours }: Pick<Gate, 'passable' | 'hours'>, at: WeekMinute): boolean {
  return passable && (hours === null || isOpenAt(hours, at))
}

/** Adds the adjacency to nodes and edges. */
export function packStreetGraph(frame: LocalFrame, parts: Pick<StreetGraph, 'x' | 'y' | 'nodeFlags' | 'ends' | 'metres' | 'edgeFlags'>): StreetGraph {
  const nodeCount = parts.x.length
  const edgeCount = parts.metres.length
  const firstAt = new Int32Array(nodeCount + 1)
  for (let i = 0; i < 2 * edgeCount; i++)
    firstAt[parts.ends[i]! + 1]!++
  for (let v = 0; v < nodeCount; v++)
    firstAt[v + 1]! += firstAt[v]!
  const next = firstAt.slice()
  const edgesAt = new Int32Array(2 * edgeCount)
  for (let i = 0; i < 2 * edgeCount; i++)
    edgesAt[next[parts.ends[i]!]!++] = i >> 1
  return {
    frame,
    nodeCount,
    edgeCount,
    ...parts,
    firstAt,
    edgesAt,
  }
}

/** Bytes that the graph takes an edge. */
export function bytesPerEdge(graph: StreetGraph): number {
  const arrays = [
    graph.x,
    graph.y,
    graph.nodeFlags,
    graph.ends,
    graph.metres,
    graph.edgeFlags,
    graph.firstAt,
    graph.edgesAt,
  ]
  return arrays.reduce((bytes, array) => bytes + array.byteLength, 0) / Math.max(1, graph.edgeCount)
}

function flagsOf(street: StreetRecord): number {
  return (street.stairs ? edgeFlag.stairs : 0)
    | (street.onewayFoot > 0
      ? edgeFlag.alongOnly
      : 0)
    | (street.onewayFoot < 0
      ? edgeFlag.againstOnly
      : 0)
    | (street.bridge ? edgeFlag.bridge : 0)
    | (street.tunnel ? edgeFlag.tunnel : 0)
}
