import type { Point } from './plane.ts'
import { between, crossing, distance, signedArea } from './plane.ts'

/** Lines that may cross each other become a plane graph: nodes where they meet, edges between, faces that they enclose. */
export interface Arrangement<L> {
  nodes: Point[]
  edges: ArrangedEdge<L>[]
  faces: Face<L>[]
}

export interface ArrangedEdge<L> {
  line: L
  from: number
  to: number
  /** With both ends. */
  points: Point[]
}

/** Bounded, counter-clockwise. */
export interface Face<L> {
  ring: Point[]
  sides: { edge: ArrangedEdge<L>, forward: boolean }[]
}

const SAME_PLACE_METRES = 0.3

export function arrange<L extends { points: readonly Point[] }>(lines: readonly L[]): Arrangement<L> {
  const { nodes, edges } = splitAtCrossings(lines)
  const kept = withoutDeadEnds(nodes.length, edges)
  return {
    nodes,
    edges: kept,
    faces: facesOf(nodes, kept),
  }
}

function splitAtCrossings<L extends { points: readonly Point[] }>(lines: readonly L[]) {
  const { nodes, nodeAt } = nodeIndex()
  const segments = lines.flatMap((line, index) => line.points.slice(1).map((b, i) => {
    const a = line.points[i]!
    return {
      index,
      i,
      a,
      b,
      west: Math.min(a[0], b[0]),
      east: Math.max(a[0], b[0]),
      south: Math.min(a[1], b[1]),
      north: Math.max(a[1], b[1]),
    }
  }))
  const hits: { along: number, node: number }[][] = lines.map(() => [])
  segments.sort((p, q) => p.west - q.west)
  for (let m = 0; m < segments.length; m++) {
    const p = segments[m]!
    for (let n = m + 1; n < segments.length && segments[n]!.west <= p.east; n++) {
      const q = segments[n]!
      if (q.index === p.index || q.south > p.north || p.south > q.north)
        continue
      const hit = crossing(p.a, p.b, q.a, q.b)
      if (hit) {
        const node = nodeAt(hit.at)
        hits[p.index]!.push({ along: p.i + hit.t, node })
        hits[q.index]!.push({ along: q.i + hit.s, node })
      }
    }
  }
  const edges: ArrangedEdge<L>[] = []
  const seen = new Set<string>()
  lines.forEach((line, index) => {
    const last = line.points.length - 1
    const stops = [
      {
        along: 0,
        node: nodeAt(line.points[0]!),
      },
      ...hits[index]!,
      {
        along: last,
        node: nodeAt(line.points[last]!),
      },
    ]
    stops.sort((a, b) => a.along - b.along)
    for (let k = 1; k < stops.length; k++) {
      const a = stops[k - 1]!
      const b = stops[k]!
      if (a.node === b.node)
        continue
      const points = [nodes[a.node]!]
      for (let i = Math.floor(a.along) + 1; i < b.along; i++) {
        if (distance(line.points[i]!, nodes[a.node]!) > SAME_PLACE_METRES && distance(line.points[i]!, nodes[b.node]!) > SAME_PLACE_METRES)
          points.push(line.points[i]!)
      }
      points.push(nodes[b.node]!)
      const key = `${Math.min(a.node, b.node)} ${Math.max(a.node, b.node)} ${points.length === 2
        ? ''
        : between(points[0]!, points[1]!, 0.5)}`
      if (!seen.has(key)) {
        seen.add(key)
        edges.push({
          line,
          from: a.node,
          to: b.node,
          points,
        })
      }
    }
  })
  return { nodes, edges }
}

/** Gives points that lie within SAME_PLACE_METRES of each other one number. */
function nodeIndex() {
  const nodes: Point[] = []
  const cells = new Map<string, number[]>()
  const nodeAt = (p: Point): number => {
    const column = Math.floor(p[0])
    const row = Math.floor(p[1])
    for (let i = column - 1; i <= column + 1; i++) {
      for (let j = row - 1; j <= row + 1; j++) {
        const known = cells.get(`${i} ${j}`)?.find(n => Math.hypot(nodes[n]![0] - p[0], nodes[n]![1] - p[1]) < SAME_PLACE_METRES)
        if (known !== undefined)
          return known
      }
    }
    const number = nodes.push(p) - 1
    const key = `${column} ${row}`
    cells.set(key, [
      ...cells.get(key) ?? [],
      number,
    ])
    return number
  }
  return { nodes, nodeAt }
}

function withoutDeadEnds<L>(nodeCount: number, edges: ArrangedEdge<L>[]): ArrangedEdge<L>[] {
  let kept = edges
  for (;;) {
    const degree = new Uint16Array(nodeCount)
    for (const edge of kept) {
      degree[edge.from]!++
      degree[edge.to]!++
    }
    const next = kept.filter(edge => degree[edge.from]! > 1 && degree[edge.to]! > 1)
    if (next.length === kept.length)
      return kept
    kept = next
  }
}

function facesOf<L>(nodes: Point[], edges: ArrangedEdge<L>[]): Face<L>[] {
  interface Half { edge: ArrangedEdge<L>, forward: boolean, from: number, to: number, angle: number, used: boolean, twin?: Half, next?: Half }
  const outgoing: Half[][] = nodes.map(() => [])
  for (const edge of edges) {
    const angle = (a: Point, b: Point) => Math.atan2(b[1] - a[1], b[0] - a[0])
    const there: Half = {
      edge,
      forward: true,
      from: edge.from,
      to: edge.to,
      angle: angle(edge.points[0]!, edge.points[1]!),
      used: false,
    }
    const back: Half = {
      edge,
      forward: false,
      from: edge.to,
      to: edge.from,
      angle: angle(edge.points.at(-1)!, edge.points.at(-2)!),
      used: false,
    }
    there.twin = back
    back.twin = there
    outgoing[edge.from]!.push(there)
    outgoing[edge.to]!.push(back)
  }
  for (const halves of outgoing) {
    halves.sort((a, b) => a.angle - b.angle)
    // Arriving by the twin, the next side of the same face leaves clockwise of where one came from.
    halves.forEach((half, i) => half.twin!.next = halves[(i + halves.length - 1) % halves.length])
  }
  const faces: Face<L>[] = []
  for (const start of outgoing.flat()) {
    if (start.used)
      continue
    const ring: Point[] = []
    const sides: Face<L>['sides'] = []
    for (let half = start; !half.used; half = half.next!) {
      half.used = true
      const points = half.forward
        ? half.edge.points
        : half.edge.points.toReversed()
      ring.push(...points.slice(0, -1))
      sides.push({ edge: half.edge, forward: half.forward })
    }
    // Splinters too, where three lines all but meet in one point: what is made of faces has no gap.
    if (signedArea(ring) > 1e-9)
      faces.push({ ring, sides })
  }
  return faces
}
