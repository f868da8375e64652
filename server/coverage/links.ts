/**
 * How places (doors of buildings, facilities) hang on the streets. Place `p` has the links `first[p] … first[p + 1]`; link
 * `l` is a straight walk of `metres[l]` to the point `fraction[l]` of edge `edge[l]`. A place may have several: whichever
 * makes the whole way shortest counts. A place without any is unlinked.
 */
export interface Links {
  first: Int32Array
  edge: Int32Array
  /** 0 at the edge's first node, 1 at its second */
  fraction: Float64Array
  metres: Float64Array
}

/** Links while they are found: `add` for the current place, then `next`. */
export interface LinkList {
  add: (edge: number, fraction: number, metres: number) => void
  next: () => void
  done: () => Links
}

export function linkList(): LinkList {
  const first = [0]
  const edge: number[] = []
  const fraction: number[] = []
  const metres: number[] = []
  return {
    add(e, f, m) {
      edge.push(e)
      fraction.push(f)
      metres.push(m)
    },
    next: () => void first.push(edge.length),
    done: () => ({
      first: Int32Array.from(first),
      edge: Int32Array.from(edge),
      fraction: Float64Array.from(fraction),
      metres: Float64Array.from(metres),
    }),
  }
}

export function linkCount(links: Links, place: number): number {
  return links.first[place + 1]! - links.first[place]!
}

/** The same links found from the street: those on edge `e` are `links[first[e] … first[e + 1]]`, of place `place[l]`. */
export interface LinksByEdge {
  first: Int32Array
  links: Int32Array
  place: Int32Array
}

export function linksByEdge(links: Links, edgeCount: number): LinksByEdge {
  const count = links.edge.length
  const place = new Int32Array(count)
  for (let p = 0; p + 1 < links.first.length; p++)
    place.fill(p, links.first[p], links.first[p + 1])
  const first = new Int32Array(edgeCount + 1)
  for (const edge of links.edge)
    first[edge + 1]!++
  for (let e = 0; e < edgeCount; e++)
    first[e + 1]! += first[e]!
  const next = first.slice()
  const sorted = new Int32Array(count)
  for (let l = 0; l < count; l++)
    sorted[next[links.edge[l]!]!++] = l
  return {
    first,
    links: sorted,
    place,
  }
}
