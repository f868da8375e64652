import type { Links } from './links.ts'
import type { StreetGraph } from './street-graph.ts'
import type { Pace } from './walker.ts'
import { nodeFlag } from './street-graph.ts'

/**
 * Walking times towards facilities, by Dijkstra from them against the direction of walking. Its buffers are reused: results
 * hold until the next `run`. Seconds to a node include the wait at a crossing there; Infinity = cannot be reached.
 */
export interface WalkSearch {
  seconds: Float64Array
  /** the facility that is nearest to a node, where `seconds` is finite */
  nearest: Int32Array
  /** nodes in the order of their times; `settledCount` of them are exact */
  settled: Int32Array
  settledCount: number
  /** link of a facility on each edge (-1 = none) and the next one on the same edge: for walks that never meet a node */
  targetOn: Int32Array
  nextTarget: Int32Array
  targets: Links
  /** facility of each link */
  targetFacility: Int32Array
  pace: Pace
}

export interface WalkRun {
  /** links of all facilities */
  targets: Links
  /** the facilities that count in this run */
  facilities: ArrayLike<number>
  pace: Pace
  /** times beyond it are not looked for; those up to it, it included, are exact */
  limitSeconds: number
}

const none: Links = {
  first: new Int32Array(1),
  edge: new Int32Array(0),
  fraction: new Float64Array(0),
  metres: new Float64Array(0),
}

export interface WalkSearcher {
  run: (run: WalkRun) => WalkSearch
}

export function createWalkSearcher(graph: StreetGraph): WalkSearcher {
  const {
    nodeCount,
    edgeCount,
    ends,
    metres,
    edgeFlags,
    nodeFlags,
    firstAt,
    edgesAt,
  } = graph
  const seconds = new Float64Array(nodeCount).fill(Infinity)
  const nearest = new Int32Array(nodeCount)
  const settled = new Int32Array(nodeCount)
  const touched = new Int32Array(nodeCount)
  let touchedCount = 0

  // A heap with four children: node and its key side by side, `heapAt` tells where a node stands (-1 = not in it).
  const heapKey = new Float64Array(nodeCount)
  const heapNode = new Int32Array(nodeCount)
  const heapAt = new Int32Array(nodeCount).fill(-1)
  let heapSize = 0

  const search: WalkSearch = {
    seconds,
    nearest,
    settled,
    settledCount: 0,
    targetOn: new Int32Array(edgeCount).fill(-1),
    nextTarget: new Int32Array(0),
    targets: none,
    targetFacility: new Int32Array(0),
    pace: {
      forward: new Float64Array(0),
      backward: new Float64Array(0),
      straight: 0,
      crossingSeconds: 0,
      shut: nodeFlag.closed,
    },
  }

  function lower(node: number, key: number, facility: number): void {
    if (!(key < seconds[node]!) || nodeFlags[node]! & search.pace.shut)
      return
    let at = heapAt[node]!
    if (at < 0) {
      if (seconds[node] === Infinity)
        touched[touchedCount++] = node
      at = heapSize++
    }
    seconds[node] = key
    nearest[node] = facility
    while (at > 0) {
      const parent = (at - 1) >> 2
      if (heapKey[parent]! <= key)
        break
      heapKey[at] = heapKey[parent]!
      const moved = heapNode[at] = heapNode[parent]!
      heapAt[moved] = at
      at = parent
    }
    heapKey[at] = key
    heapNode[at] = node
    heapAt[node] = at
  }

  function takeFirst(): number {
    const top = heapNode[0]!
    heapAt[top] = -1
    heapSize--
    if (heapSize > 0) {
      const key = heapKey[heapSize]!
      const node = heapNode[heapSize]!
      let at = 0
      for (;;) {
        let child = 4 * at + 1
        if (child >= heapSize)
          break
        const end = child + 4 < heapSize
          ? child + 4
          : heapSize
        let least = heapKey[child]!
        for (let other = child + 1; other < end; other++) {
          if (heapKey[other]! < least) {
            least = heapKey[other]!
            child = other
          }
        }
        if (least >= key)
          break
        heapKey[at] = least
        const moved = heapNode[at] = heapNode[child]!
        heapAt[moved] = at
        at = child
      }
      heapKey[at] = key
      heapNode[at] = node
      heapAt[node] = at
    }
    return top
  }

  function clear(): void {
    for (let i = 0; i < touchedCount; i++) {
      seconds[touched[i]!] = Infinity
      heapAt[touched[i]!] = -1
    }
    touchedCount = 0
    heapSize = 0
    search.settledCount = 0
    for (let l = 0; l < search.nextTarget.length; l++)
      search.targetOn[search.targets.edge[l]!] = -1
  }

  function run({ targets, facilities, pace, limitSeconds }: WalkRun): WalkSearch {
    clear()
    const { forward, backward, crossingSeconds } = pace
    search.pace = pace
    if (search.targets !== targets) {
      search.targets = targets
      search.nextTarget = new Int32Array(targets.edge.length)
      search.targetFacility = new Int32Array(targets.edge.length)
    }
    for (let i = 0; i < facilities.length; i++) {
      const facility = facilities[i]!
      for (let l = targets.first[facility]!; l < targets.first[facility + 1]!; l++) {
        const e = targets.edge[l]!
        search.targetFacility[l] = facility
        search.nextTarget[l] = search.targetOn[e]!
        search.targetOn[e] = l
        const a = ends[2 * e]!
        const b = ends[2 * e + 1]!
        const door = targets.metres[l]! * pace.straight
        lower(a, door + stretch(targets.fraction[l]! * metres[e]!, forward[edgeFlags[e]!]!) + wait(a), facility)
        lower(b, door + stretch((1 - targets.fraction[l]!) * metres[e]!, backward[edgeFlags[e]!]!) + wait(b), facility)
      }
    }

    let count = 0
    while (heapSize > 0 && heapKey[0]! <= limitSeconds) {
      const v = takeFirst()
      settled[count++] = v
      const here = seconds[v]!
      const facility = nearest[v]!
      for (let i = firstAt[v]!, end = firstAt[v + 1]!; i < end; i++) {
        const e = edgesAt[i]!
        const a = ends[2 * e]!
        // Who comes from the edge's first node walks forward.
        const u = a === v
          ? ends[2 * e + 1]!
          : a
        const key = here + metres[e]! * (a === v
          ? backward
          : forward)[edgeFlags[e]!]!
        if (key < seconds[u]!) {
          lower(u, crossingSeconds > 0
            ? key + wait(u)
            : key, facility)
        }
      }
    }
    search.settledCount = count
    return search

    function wait(node: number): number {
      return crossingSeconds > 0 && nodeFlags[node]! & nodeFlag.crossing
        ? crossingSeconds
        : 0
    }
  }

  return { run }
}

/** Rounding puts the same point up to some millimetres apart when it is found from two sides, metres. */
const samePoint = 0.05

/**
 * Seconds for a part of an edge. No part takes no time, also where the edge is closed: two doors that face each other across
 * a one-way footway are not a walk round the block apart, whichever of them rounding puts first.
 */
export function stretch(metres: number, pace: number): number {
  return pace === Infinity
    ? (metres < samePoint
        ? 0
        : Infinity)
    : metres * pace
}
