import type { Point, Ring } from './plane.ts'
import { between, contains, crossing, directionOf, leftOf, shift, signedArea } from './plane.ts'

/** What lies beyond an edge of a plot: a street of some width, water, the railway, a neighbour, or the end of the map. */
export type Side = 'primary' | 'secondary' | 'tertiary' | 'lane' | 'river' | 'rail' | 'neighbour' | 'open'

/** A piece of land: `sides[i]` belongs to the edge from `ring[i]` to the next point. Counter-clockwise. */
export interface Plot {
  ring: Ring
  sides: readonly Side[]
}

export const isStreet = (side: Side): boolean => side === 'primary' || side === 'secondary' || side === 'tertiary' || side === 'lane'

/**
 * Moves every edge inwards by its own distance in metres. Edges that shrink to nothing are dropped; undefined when
 * nothing (or only a splinter) is left.
 */
export function inset(plot: Plot, metres: (side: Side) => number): Plot | undefined {
  let edges = plot.ring.map((a, i) => {
    const b = plot.ring[(i + 1) % plot.ring.length]!
    const direction = directionOf(a, b)
    const away = metres(plot.sides[i]!)
    return {
      from: shift(a, leftOf(direction), away),
      to: shift(b, leftOf(direction), away),
      direction,
      side: plot.sides[i]!,
    }
  })
  while (edges.length >= 3) {
    const corners = edges.map((edge, i) => corner(edges.at(i - 1)!, edge))
    let worst = -1
    let flipped = 0.05
    edges.forEach((edge, i) => {
      const next = corners[(i + 1) % corners.length]!
      const along = (next[0] - corners[i]![0]) * edge.direction[0] + (next[1] - corners[i]![1]) * edge.direction[1]
      if (along < flipped) {
        flipped = along
        worst = i
      }
    })
    if (worst < 0) {
      const result = {
        ring: corners,
        sides: edges.map(edge => edge.side),
      }
      return signedArea(corners) > 30 && corners.every(corner => contains(plot.ring, corner)) && !crossesItself(corners)
        ? result
        : undefined
    }
    edges = edges.filter((_, i) => i !== worst)
  }
  return undefined
}

interface MovedEdge { from: Point, to: Point, direction: Point }

function corner(before: MovedEdge, after: MovedEdge): Point {
  const turn = before.direction[0] * after.direction[1] - before.direction[1] * after.direction[0]
  // Nearly straight on: the meeting point of the two lines would lie far away.
  if (Math.abs(turn) < 0.09)
    return between(before.to, after.from, 0.5)
  const dx = after.from[0] - before.from[0]
  const dy = after.from[1] - before.from[1]
  return shift(before.from, before.direction, (dx * after.direction[1] - dy * after.direction[0]) / turn)
}

export function crossesItself(ring: Ring): boolean {
  for (let i = 0; i < ring.length; i++) {
    for (let j = i + 2; j < ring.length; j++) {
      if (i === 0 && j === ring.length - 1)
        continue
      if (crossing(ring[i]!, ring[i + 1]!, ring[j]!, ring[(j + 1) % ring.length]!))
        return true
    }
  }
  return false
}

/** Drops points that lie within `tolerance` metres of the line between their neighbours, where the side stays the same. */
export function simplify(plot: Plot, tolerance: number): Plot {
  const ring = [...plot.ring]
  const sides = [...plot.sides]
  for (let i = 0; i < ring.length && ring.length > 4;) {
    const before = (i + ring.length - 1) % ring.length
    const a = ring[before]!
    const b = ring[(i + 1) % ring.length]!
    const p = ring[i]!
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1
    const off = Math.abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / length
    if (off < tolerance && sides[before] === sides[i]) {
      ring.splice(i, 1)
      sides.splice(i, 1)
      i = Math.max(0, i - 1)
    }
    else {
      i++
    }
  }
  return { ring, sides }
}

/**
 * Cuts a plot along the line through `through` in `direction`. The cut becomes a side of the given kind in both.
 * Undefined when the line does not cut it in exactly two (outlines with bays).
 */
export function cut(plot: Plot, through: Point, direction: Point, side: Side): { left: Plot, right: Plot, from: Point, to: Point } | undefined {
  const normal = leftOf(direction)
  const height = (p: Point) => (p[0] - through[0]) * normal[0] + (p[1] - through[1]) * normal[1]
  const left: { ring: Point[], sides: Side[] } = { ring: [], sides: [] }
  const right: { ring: Point[], sides: Side[] } = { ring: [], sides: [] }
  const crossings: { at: Point, upwards: boolean }[] = []
  for (let i = 0; i < plot.ring.length; i++) {
    const a = plot.ring[i]!
    const b = plot.ring[(i + 1) % plot.ring.length]!
    const ha = height(a)
    const hb = height(b)
    const here = ha >= 0
      ? left
      : right
    here.ring.push(a)
    here.sides.push(plot.sides[i]!)
    if ((ha >= 0) !== (hb >= 0)) {
      const at = between(a, b, ha / (ha - hb))
      crossings.push({ at, upwards: hb >= 0 })
      here.ring.push(at)
      here.sides.push(side)
      const there = ha >= 0
        ? right
        : left
      there.ring.push(at)
      there.sides.push(plot.sides[i]!)
    }
  }
  if (crossings.length !== 2)
    return undefined
  // The left part runs along the direction on its cut edge: from where the outline comes up… to where it goes down.
  const from = crossings.find(c => !c.upwards)!.at
  const to = crossings.find(c => c.upwards)!.at
  return { left, right, from, to }
}
