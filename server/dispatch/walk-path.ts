import type { LngLat } from '#contract/geometry.ts'
import type { Streets, WalkHow } from './walk-minutes.ts'
import { secondsAt } from '#coverage/building-times.ts'
import { latOf, lngOf } from '#coverage/local-metres.ts'
import { stretch } from '#coverage/walk-search.ts'
import { searchTo, stepsFrom } from './walk-minutes.ts'

export interface WalkPath {
  /** from the first place to the second, both included */
  path: LngLat[]
  metres: number
  minutes: number
}

/** The quickest way on foot through the streets; null where none leads there within `limitMinutes`. */
export function walkPath(streets: Streets, from: LngLat, to: LngLat, how: WalkHow): WalkPath | null {
  const { model, model: { graph } } = streets
  const { ends, metres: lengths, edgeFlags, firstAt, edgesAt } = graph
  const { search, targets } = searchTo(streets, to, how)
  const { pace } = search

  const start = bestStart()
  if (!start || start.seconds > how.limitMinutes * 60)
    return null
  const path: LngLat[] = [
    from,
    onEdge(start.edge, start.fraction),
  ]
  let metres = start.metres
  let arrival = directLink(start.edge, start.fraction, start.seconds - start.metres * pace.straight)
  if (arrival === null) {
    const length = lengths[start.edge]!
    const byFirst = search.seconds[ends[2 * start.edge]!]! + stretch(start.fraction * length, pace.backward[edgeFlags[start.edge]!]!)
    const bySecond = search.seconds[ends[2 * start.edge + 1]!]! + stretch((1 - start.fraction) * length, pace.forward[edgeFlags[start.edge]!]!)
    let node = ends[2 * start.edge + (byFirst <= bySecond
      ? 0
      : 1)]!
    metres += length * (byFirst <= bySecond
      ? start.fraction
      : 1 - start.fraction)
    for (let left = graph.nodeCount; left > 0; left--) {
      path.push(at(node))
      arrival = doorFrom(node)
      if (arrival !== null)
        break
      const next = nextOf(node)
      if (next === null)
        return null
      metres += lengths[next.edge]!
      node = next.node
    }
  }
  if (arrival === null)
    return null
  path.push(onEdge(targets.edge[arrival.link]!, targets.fraction[arrival.link]!), to)
  return {
    path: path.filter(([lng, lat], i) => i === 0 || Math.abs(lng - path[i - 1]![0]) + Math.abs(lat - path[i - 1]![1]) > 1e-7),
    metres: metres + arrival.along + targets.metres[arrival.link]!,
    minutes: start.seconds / 60,
  }

  /** Where to step onto the streets so that the whole way is shortest. */
  function bestStart() {
    const steps = stepsFrom(model, from)
    let best: { edge: number, fraction: number, metres: number, seconds: number } | null = null
    for (let i = 0; i < steps.length; i += 3) {
      const [edge, fraction, off] = [steps[i]!, steps[i + 1]!, steps[i + 2]!]
      const seconds = off * pace.straight + secondsAt(graph, search, edge, fraction)
      if (Number.isFinite(seconds) && (!best || seconds < best.seconds))
        best = { edge, fraction, metres: off, seconds }
    }
    return best
  }

  /** The goal lies on the same edge and is reached along it: its link. `seconds`: how long the way is by the search. */
  function directLink(edge: number, fraction: number, seconds: number): { link: number, along: number } | null {
    for (let link = 0; link < targets.edge.length; link++) {
      if (targets.edge[link] !== edge)
        continue
      const share = targets.fraction[link]! - fraction
      const along = Math.abs(share) * lengths[edge]!
      const walked = stretch(along, (share >= 0
        ? pace.forward
        : pace.backward)[edgeFlags[edge]!]!) + targets.metres[link]! * pace.straight
      if (isSame(walked, seconds))
        return { link, along }
    }
    return null
  }

  /** The search began here: the goal is reached along an edge of this node. */
  function doorFrom(node: number): { link: number, along: number } | null {
    for (let link = 0; link < targets.edge.length; link++) {
      const edge = targets.edge[link]!
      for (const end of [0, 1] as const) {
        if (ends[2 * edge + end] !== node)
          continue
        const along = lengths[edge]! * (end === 0
          ? targets.fraction[link]!
          : 1 - targets.fraction[link]!)
        const walked = stretch(along, (end === 0
          ? pace.forward
          : pace.backward)[edgeFlags[edge]!]!) + targets.metres[link]! * pace.straight
        if (isSame(walked, search.seconds[node]!))
          return { link, along }
      }
    }
    return null
  }

  /** One edge nearer to the goal, by the times of the search. */
  function nextOf(node: number): { node: number, edge: number } | null {
    for (let i = firstAt[node]!; i < firstAt[node + 1]!; i++) {
      const edge = edgesAt[i]!
      const isFirst = ends[2 * edge] === node
      const other = ends[2 * edge + (isFirst
        ? 1
        : 0)]!
      const walked = lengths[edge]! * (isFirst
        ? pace.forward
        : pace.backward)[edgeFlags[edge]!]!
      if (search.seconds[other]! < search.seconds[node]! && isSame(walked + search.seconds[other]!, search.seconds[node]!))
        return { node: other, edge }
    }
    return null
  }

  function at(node: number): LngLat {
    return [
      lngOf(graph.frame, graph.x[node]!),
      latOf(graph.frame, graph.y[node]!),
    ]
  }

  function onEdge(edge: number, fraction: number): LngLat {
    const a = ends[2 * edge]!
    const b = ends[2 * edge + 1]!
    return [
      lngOf(graph.frame, graph.x[a]! + fraction * (graph.x[b]! - graph.x[a]!)),
      latOf(graph.frame, graph.y[a]! + fraction * (graph.y[b]! - graph.y[a]!)),
    ]
  }
}

/** Sums of the same steps in another order differ in the last bits. */
function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-6 * Math.max(1, b)
}
