import type { Vertex } from '../geometry/drawing.ts'
import { distance } from '../geometry/plane.ts'

export interface Walks {
  knows: (vertex: Vertex) => boolean
  /** Metres on foot to each vertex within the limit. */
  from: (start: Vertex, limit: number) => Map<Vertex, number>
}

/** Shortest walks along lines; lines that share a vertex meet there. */
export function walksOn(lines: readonly (readonly Vertex[])[]): Walks {
  const next = new Map<Vertex, { to: Vertex, metres: number }[]>()
  const link = (from: Vertex, to: Vertex, metres: number) => {
    const list = next.get(from)
    if (list) {
      list.push({ to, metres })
    }
    else {
      next.set(from, [
        { to, metres },
      ])
    }
  }
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const metres = distance(line[i - 1]!.at, line[i]!.at)
      link(line[i - 1]!, line[i]!, metres)
      link(line[i]!, line[i - 1]!, metres)
    }
  }
  return {
    knows: vertex => next.has(vertex),
    from(start, limit) {
      const done = new Map<Vertex, number>()
      const open: Reached[] = [
        { at: start, metres: 0 },
      ]
      for (let nearest = takeNearest(open); nearest; nearest = takeNearest(open)) {
        if (done.has(nearest.at))
          continue
        done.set(nearest.at, nearest.metres)
        for (const { to, metres } of next.get(nearest.at) ?? []) {
          if (!done.has(to) && nearest.metres + metres <= limit)
            push(open, { at: to, metres: nearest.metres + metres })
        }
      }
      return done
    },
  }
}

interface Reached { at: Vertex, metres: number }

// A binary heap by metres.
function push(heap: Reached[], item: Reached): void {
  let i = heap.push(item) - 1
  while (i > 0) {
    const parent = (i - 1) >> 1
    if (heap[parent]!.metres <= item.metres)
      break
    heap[i] = heap[parent]!
    i = parent
  }
  heap[i] = item
}

function takeNearest(heap: Reached[]): Reached | undefined {
  const top = heap[0]
  const last = heap.pop()
  if (!top || heap.length === 0 || !last)
    return top
  let i = 0
  for (;;) {
    let child = 2 * i + 1
    if (child >= heap.length)
      break
    if (child + 1 < heap.length && heap[child + 1]!.metres < heap[child]!.metres)
      child++
    if (heap[child]!.metres >= last.metres)
      break
    heap[i] = heap[child]!
    i = child
  }
  heap[i] = last
  return top
}
