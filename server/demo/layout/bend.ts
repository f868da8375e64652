import type { ArrangedEdge, Arrangement } from '../geometry/arrangement.ts'
import type { Drawing, Vertex } from '../geometry/drawing.ts'
import type { Point, Ring } from '../geometry/plane.ts'
import type { Plot, Side } from '../geometry/plot.ts'
import type { Block } from './blocks.ts'
import type { LayoutLine, Skeleton } from './skeleton.ts'
import { densify } from '../geometry/curve.ts'
import { between, distance, distanceToLine } from '../geometry/plane.ts'
import { simplify } from '../geometry/plot.ts'
import { innerPoint, sideOf } from './blocks.ts'
import { BANK_METRES, isRoad } from './skeleton.ts'

/** A piece of street between two crossings, in the bent plane. */
export interface Street {
  line: LayoutLine
  /** With the ends; more are put in where paths join. */
  vertices: Vertex[]
  /** Over the river. */
  bridge: boolean
  /** The railway passes above its first or last vertex. */
  below: ('first' | 'last')[]
}

/** A block in the bent plane. */
export interface Land {
  block: Block
  ring: Ring
  /** What lies along each edge of the ring. */
  sides: { side: Side, edge: BentEdge }[]
  /** The pieces of line around it, in order. */
  pieces: { edge: BentEdge, forward: boolean }[]
  /** Simplified outline, to be inset by half the width of what runs along it. */
  plot: Plot
  middle: Point
}

export interface BentEdge {
  /** Numbers of the crossings at its ends. */
  from: number
  to: number
  points: readonly Point[]
  line: LayoutLine
  street?: Street
}

const STEP_METRES = 38

/** Bends what was laid out, and draws the vertices of the streets. */
export function bend(skeleton: Skeleton, layout: { arrangement: Arrangement<LayoutLine>, blocks: Block[] }, warp: (p: Point) => Point, drawing: Drawing, sharedId?: (p: Point) => number | undefined): { streets: Street[], land: Land[] } {
  const { edges, nodes } = layout.arrangement
  const vertexOf = new Map<number, Vertex>()
  const bentNodes = nodes.map(warp)
  const underRail = new Set(edges.filter(edge => edge.line.kind === 'rail').flatMap(edge => [edge.from, edge.to]))
  const nodeVertex = (node: number) => {
    let vertex = vertexOf.get(node)
    if (!vertex)
      vertexOf.set(node, vertex = drawing.vertex(bentNodes[node]!, undefined, sharedId?.(nodes[node]!)))
    return vertex
  }
  const bent = new Map(edges.map((edge): [ArrangedEdge<LayoutLine>, BentEdge] => {
    const dense = densify(edge.points, STEP_METRES).map(warp)
    const points = [
      bentNodes[edge.from]!,
      ...dense.slice(1, -1),
      bentNodes[edge.to]!,
    ]
    const overRiver = skeleton.river !== undefined && distanceToLine(skeleton.river, middleOf(edge.points)) < BANK_METRES * 0.9
    if (!isRoad(edge.line.kind) || (overRiver && !edge.line.bridge && edge.line.kind !== 'footbridge')) {
      return [
        edge,
        {
          from: edge.from,
          to: edge.to,
          points,
          line: edge.line,
        },
      ]
    }
    const vertices = [
      nodeVertex(edge.from),
      ...points.slice(1, -1).map(p => drawing.vertex(p)),
      nodeVertex(edge.to),
    ]
    const below: Street['below'] = []
    if (underRail.has(edge.from))
      below.push('first')
    if (underRail.has(edge.to))
      below.push('last')
    return [
      edge,
      {
        from: edge.from,
        to: edge.to,
        points,
        line: edge.line,
        street: {
          line: edge.line,
          vertices,
          bridge: overRiver,
          below,
        },
      },
    ]
  }))
  const land = layout.blocks.map((block): Land => {
    const ring: Point[] = []
    const sides: Land['sides'] = []
    const pieces: Land['pieces'] = []
    for (const { edge, forward } of block.face.sides) {
      const whole = bent.get(edge)!
      pieces.push({ edge: whole, forward })
      const points = forward
        ? whole.points
        : whole.points.toReversed()
      const side = whole.street || !isRoad(edge.line.kind)
        ? sideOf(edge.line)
        : 'neighbour'
      for (const point of points.slice(0, -1)) {
        ring.push(point)
        sides.push({ side, edge: whole })
      }
    }
    const plot = simplify({
      ring,
      sides: sides.map(s => s.side),
    }, 1.5)
    return {
      block,
      ring,
      sides,
      pieces,
      plot,
      middle: innerPoint(ring),
    }
  })
  return {
    streets: edges.flatMap(edge => bent.get(edge)!.street ?? []),
    land,
  }
}

function middleOf(points: readonly Point[]): Point {
  const length = points.slice(1).reduce((sum, p, i) => sum + distance(points[i]!, p), 0)
  let left = length / 2
  for (let i = 1; i < points.length; i++) {
    const step = distance(points[i - 1]!, points[i]!)
    if (step >= left)
      return between(points[i - 1]!, points[i]!, left / (step || 1))
    left -= step
  }
  return points[0]!
}
