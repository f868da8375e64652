import type { StreetGraph } from './street-graph.ts'
import { nodeFlag } from './street-graph.ts'

/** Parts of the network that no walk connects, closed gates apart and one-way rules ignored. */
export interface Components {
  /** part of each node; -1 for a closed one */
  of: Int32Array
  /** the part with the most nodes; -1 in an empty network */
  largest: number
}

export function findComponents({ nodeCount, nodeFlags, ends, firstAt, edgesAt }: StreetGraph): Components {
  const of = new Int32Array(nodeCount).fill(-1)
  const stack = new Int32Array(nodeCount)
  let largest = -1
  let most = 0
  let part = 0
  for (let start = 0; start < nodeCount; start++) {
    if (of[start]! >= 0 || nodeFlags[start]! & nodeFlag.closed)
      continue
    let size = 0
    let height = 0
    of[start] = part
    stack[height++] = start
    while (height > 0) {
      const v = stack[--height]!
      size++
      for (let k = firstAt[v]!; k < firstAt[v + 1]!; k++) {
        const e = edgesAt[k]!
        const u = ends[2 * e]! + ends[2 * e + 1]! - v
        if (of[u]! < 0 && !(nodeFlags[u]! & nodeFlag.closed)) {
          of[u] = part
          stack[height++] = u
        }
      }
    }
    if (size > most) {
      most = size
      largest = part
    }
    part++
  }
  return { of, largest }
}
