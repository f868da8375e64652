import type { Shape } from './nearest-point.ts'
import type { Obstacles } from './obstacles.ts'
import type { SegmentGrid } from './segment-grid.ts'
import type { LinkSettings } from './settings.ts'
import type { StreetGraph } from './street-graph.ts'
import { nearestPoints, pointShape } from './nearest-point.ts'
import { isBlocked, nowhere } from './obstacles.ts'
import { buildSegmentGrid, columnOf, rowOf } from './segment-grid.ts'
import { edgeFlag, nodeFlag } from './street-graph.ts'

/** Finds the straight walks from a place to the streets around it. Not for several threads at once: it reuses its lists. */
export interface Linker {
  /** All links of a shape; `own` = the building whose own outline is not in the way, or `nowhere`. Valid until the next call. */
  find: (shape: Shape, own: number) => Found
  /** The nearest links of a point, `most` of them or fewer: for drawing, where the second best of many hardly shows. */
  findFew: (x: number, y: number, most: number) => Found
  /** edges by place */
  edgeGrid: SegmentGrid
}

export interface Found {
  count: number
  edge: Int32Array
  fraction: Float64Array
  /** length of the walk, detour included */
  metres: Float64Array
}

/** More streets than that within reach of a door there are not; each of them may make somebody's way shorter. */
const mostLinks = 64

const skipped = edgeFlag.bridge | edgeFlag.tunnel
const touching = 0.05
/** Who is nearest to a gate stands before it on one side of it: that far from it, metres. */
const beforeGate = 0.5
/** A street this much nearer than what was looked at leaves no use for another. */
const clearlyNearest = 3
/**
 * The one rule by which buildings, facilities and the ground between streets hang on the network: one steps straight to
 * the nearest point of a street, no further than `reachMetres`, never through a wall, a shore, a railway or another building,
 * and never onto a bridge or out of a tunnel in its middle. Each street around offers its own nearest points, so that a
 * new street adds ways and takes none away.
 */
export function createLinker(graph: StreetGraph, obstacles: Obstacles, { reachMetres, detour }: Pick<LinkSettings, 'reachMetres' | 'detour'>): Linker {
  const {
    x,
    y,
    ends,
    metres: lengths,
    edgeFlags,
    edgeCount,
    nodeFlags,
  } = graph
  const grid = buildSegmentGrid(graph)
  const seen = new Int32Array(edgeCount)
  const slotOf = new Int32Array(edgeCount)
  let round = 0

  // Streets in reach of the current place: edge, nearest point on it, where on the outline one starts, and how far that is.
  let capacity = 256
  let edges = new Int32Array(capacity)
  let near = new Float64Array(capacity * 4)
  let count = 0
  const order: number[] = []
  const hidden: number[] = []
  const spot = pointShape(0, 0)
  const found: Found = {
    count: 0,
    edge: new Int32Array(mostLinks),
    fraction: new Float64Array(mostLinks),
    metres: new Float64Array(mostLinks),
  }
  const pair = new Float64Array(4) // fraction, from x, from y, metres

  function find(shape: Shape, own: number): Found {
    findWithin(reachMetres, shape, own, mostLinks)
    for (const i of hidden) {
      const first = startOfStretch(edges[i]!)
      if (found.count < mostLinks && !hasLinkOn(first))
        acceptVisiblePointOf(first, shape, own)
    }
    return found
  }

  function findFew(x: number, y: number, most: number): Found {
    spot.x[0] = x
    spot.y[0] = y
    for (const metres of [reachMetres / 4, reachMetres / 2, reachMetres]) {
      findWithin(metres, spot, nowhere, most)
      if (found.count === most || (found.count > 0 && found.metres[0]! * clearlyNearest <= metres))
        return found
    }
    for (let k = 0; found.count === 0 && k < hidden.length; k++)
      acceptVisiblePointOf(startOfStretch(edges[hidden[k]!]!), spot, nowhere)
    return found
  }

  /** The nearest points of the streets within so many metres, nearest first; those that cannot be walked to become `hidden`. */
  function findWithin(metres: number, shape: Shape, own: number, most: number): void {
    gather(shape, metres)
    found.count = 0
    hidden.length = 0
    order.length = 0
    for (let i = 0; i < count; i++) {
      if (isNearestOfItsStreet(i))
        insert(i)
    }
    for (let k = 0; k < order.length && found.count < most; k++) {
      const i = order[k]!
      if (isAtGate(i))
        stepBack(i)
      else if (isAtLinkedNode(i))
        continue
      if (isOpen(edges[i]!, near[4 * i]!, near[4 * i + 1]!, near[4 * i + 2]!, own))
        accept(edges[i]!, near[4 * i]!, near[4 * i + 3]!)
      else
        hidden.push(i)
    }
  }

  /** Keeps the list short and in order; a sort with a callback takes twice as long. */
  function insert(i: number): void {
    const metres = near[4 * i + 3]!
    let k = order.length
    order.push(i)
    for (; k > 0 && near[4 * order[k - 1]! + 3]! > metres; k--)
      order[k] = order[k - 1]!
    order[k] = i
  }

  /** All edges within so many metres of the shape, with their nearest points. */
  function gather(shape: Shape, metres: number): void {
    let left = Infinity
    let right = -Infinity
    let low = Infinity
    let high = -Infinity
    const points = shape.rings[shape.rings.length - 1]!
    for (let i = 0; i < points; i++) {
      left = Math.min(left, shape.x[i]!)
      right = Math.max(right, shape.x[i]!)
      low = Math.min(low, shape.y[i]!)
      high = Math.max(high, shape.y[i]!)
    }
    left -= metres
    right += metres
    low -= metres
    high += metres
    round++
    count = 0
    const lastColumn = columnOf(grid, right)
    const lastRow = rowOf(grid, high)
    for (let row = rowOf(grid, low); row <= lastRow; row++) {
      for (let column = columnOf(grid, left); column <= lastColumn; column++) {
        const c = row * grid.columns + column
        for (let k = grid.first[c]!; k < grid.first[c + 1]!; k++) {
          const e = grid.items[k]!
          if (seen[e] === round || edgeFlags[e]! & skipped)
            continue
          const a = ends[2 * e]!
          const b = ends[2 * e + 1]!
          if (Math.max(x[a]!, x[b]!) < left || Math.min(x[a]!, x[b]!) > right || Math.max(y[a]!, y[b]!) < low || Math.min(y[a]!, y[b]!) > high)
            continue
          nearestPoints(shape, x[a]!, y[a]!, x[b]!, y[b]!, pair)
          if (pair[3]! > metres)
            continue
          if (count === capacity)
            grow()
          seen[e] = round
          slotOf[e] = count
          edges[count] = e
          near[4 * count] = pair[0]!
          near[4 * count + 1] = pair[1]!
          near[4 * count + 2] = pair[2]!
          near[4 * count + 3] = pair[3]!
          count++
        }
      }
    }
  }

  function grow(): void {
    capacity *= 2
    const [oldEdges, oldNear] = [edges, near]
    edges = new Int32Array(capacity)
    near = new Float64Array(capacity * 4)
    edges.set(oldEdges)
    near.set(oldNear)
  }

  /** Whether the way gets no nearer on the edge before or after; of two edges that meet in the nearest point, the earlier. */
  function isNearestOfItsStreet(i: number): boolean {
    const e = edges[i]!
    const fraction = near[4 * i]!
    const metres = near[4 * i + 3]!
    if (isAtGate(i))
      return true
    if (fraction <= 0 && edgeFlags[e]! & edgeFlag.continues && seen[e - 1] === round)
      return near[4 * slotOf[e - 1]! + 3]! > metres
    if (fraction >= 1 && e + 1 < edgeCount && edgeFlags[e + 1]! & edgeFlag.continues && seen[e + 1] === round)
      return near[4 * slotOf[e + 1]! + 3]! >= metres
    return true
  }

  /** A gate parts the streets that meet in it: whoever lives behind it has no use of what lies before it, once it is closed. */
  function isAtGate(i: number): boolean {
    const node = nodeAt(edges[i]!, near[4 * i]!)
    return node >= 0 && (nodeFlags[node]! & nodeFlag.gate) !== 0
  }

  function stepBack(i: number): void {
    const e = edges[i]!
    const step = Math.min(0.5, beforeGate / Math.max(lengths[e]!, beforeGate))
    const fraction = near[4 * i]! <= 0
      ? step
      : 1 - step
    const a = ends[2 * e]!
    const b = ends[2 * e + 1]!
    near[4 * i] = fraction
    near[4 * i + 3] = Math.hypot(x[a]! + (x[b]! - x[a]!) * fraction - near[4 * i + 1]!, y[a]! + (y[b]! - y[a]!) * fraction - near[4 * i + 2]!)
  }

  /** Streets that meet offer their common node each: once is enough. */
  function isAtLinkedNode(i: number): boolean {
    const node = nodeAt(edges[i]!, near[4 * i]!)
    if (node < 0)
      return false
    for (let l = 0; l < found.count; l++) {
      if (nodeAt(found.edge[l]!, found.fraction[l]!) === node)
        return true
    }
    return false
  }

  function nodeAt(e: number, fraction: number): number {
    return fraction <= 0
      ? ends[2 * e]!
      : fraction >= 1
        ? ends[2 * e + 1]!
        : -1
  }

  function isOpen(e: number, fraction: number, fromX: number, fromY: number, own: number): boolean {
    const a = ends[2 * e]!
    const b = ends[2 * e + 1]!
    return !isBlocked(obstacles, fromX, fromY, x[a]! + (x[b]! - x[a]!) * fraction, y[a]! + (y[b]! - y[a]!) * fraction, own)
  }

  function accept(e: number, fraction: number, metres: number): void {
    found.edge[found.count] = e
    found.fraction[found.count] = fraction
    found.metres[found.count++] = metres < touching
      ? 0
      : metres * detour
  }

  /** A stretch: the edges in reach that follow each other on one way. */
  function startOfStretch(e: number): number {
    while (edgeFlags[e]! & edgeFlag.continues && seen[e - 1] === round)
      e--
    return e
  }

  function hasLinkOn(first: number): boolean {
    for (let l = 0; l < found.count; l++) {
      if (startOfStretch(found.edge[l]!) === first)
        return true
    }
    return false
  }

  /** Nearest point and both ends and the middle of each edge of a stretch, tried from the nearest on. */
  function acceptVisiblePointOf(first: number, shape: Shape, own: number): void {
    const tries: { e: number, fraction: number, fromX: number, fromY: number, metres: number }[] = []
    for (let e = first; e === first || (e < edgeCount && edgeFlags[e]! & edgeFlag.continues && seen[e] === round); e++) {
      const a = ends[2 * e]!
      const b = ends[2 * e + 1]!
      for (const fraction of [near[4 * slotOf[e]!]!, 0.5, 1, 0]) {
        const px = x[a]! + (x[b]! - x[a]!) * fraction
        const py = y[a]! + (y[b]! - y[a]!) * fraction
        nearestPoints(shape, px, py, px, py, pair)
        if (pair[3]! <= reachMetres) {
          tries.push({
            e,
            fraction,
            fromX: pair[1]!,
            fromY: pair[2]!,
            metres: pair[3]!,
          })
        }
      }
    }
    tries.sort((s, t) => s.metres - t.metres)
    for (const { e, fraction, fromX, fromY, metres } of tries.slice(0, 32)) {
      if (isOpen(e, fraction, fromX, fromY, own))
        return accept(e, fraction, metres)
    }
  }

  return { find, findFew, edgeGrid: grid }
}
