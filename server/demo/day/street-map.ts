import type { LngLat } from '#contract/geometry.ts'
import type { WalkedStreet } from '../../../db/queries/demo.ts'
import Flatbush from 'flatbush'

/** The streets as officers walk them: corners by number. */
export interface StreetMap {
  nearest: (place: LngLat) => number
  placeOf: (corner: number) => LngLat
  /** The shortest way along streets, both ends included; null when there is none within about `limit` metres. */
  route: (from: number, to: number, limit: number) => number[] | null
  metres: (a: number, b: number) => number
}

/** Degrees to metres near one latitude; good to a part in a thousand over a district. */
const METRES_PER_LAT = 111_000

/** null when there is no street. */
export function createStreetMap(streets: readonly WalkedStreet[]): StreetMap | null {
  const numberOf = new Map<number, number>()
  const lngs: number[] = []
  const lats: number[] = []
  const links: { to: number, metres: number }[][] = []
  const corner = (node: number, lng: number, lat: number) => {
    let number = numberOf.get(node)
    if (number === undefined) {
      numberOf.set(node, number = lngs.length)
      lngs.push(lng)
      lats.push(lat)
      links.push([])
    }
    return number
  }
  const first = streets[0]
  if (!first)
    return null
  const perLng = METRES_PER_LAT * Math.cos(first.lats[0]! * Math.PI / 180)
  const metres = (a: number, b: number) => Math.hypot((lngs[a]! - lngs[b]!) * perLng, (lats[a]! - lats[b]!) * METRES_PER_LAT)
  for (const { nodes, lngs: xs, lats: ys } of streets) {
    for (let i = 1; i < nodes.length; i++) {
      const a = corner(nodes[i - 1]!, xs[i - 1]!, ys[i - 1]!)
      const b = corner(nodes[i]!, xs[i]!, ys[i]!)
      links[a]!.push({
        to: b,
        metres: metres(a, b),
      })
      links[b]!.push({
        to: a,
        metres: metres(a, b),
      })
    }
  }
  const index = new Flatbush(lngs.length)
  lngs.forEach((lng, i) => index.add(lng * perLng, lats[i]! * METRES_PER_LAT))
  index.finish()
  return {
    nearest: ([lng, lat]) => index.neighbors(lng * perLng, lat * METRES_PER_LAT, 1)[0]!,
    placeOf: number => [lngs[number]!, lats[number]!],
    route: (from, to, limit) => findRoute(links, metres, from, to, limit),
    metres,
  }
}

/** A* with the straight distance. */
function findRoute(links: readonly { to: number, metres: number }[][], straight: (a: number, b: number) => number, from: number, to: number, limit: number): number[] | null {
  const walked = new Map<number, number>([
    [from, 0],
  ])
  const before = new Map<number, number>()
  const done = new Set<number>()
  const open = [
    {
      corner: from,
      least: straight(from, to),
    },
  ]
  while (open.length > 0) {
    const { corner, least } = takeLeast(open)
    if (corner === to)
      return wayBack(before, to)
    if (done.has(corner) || least > limit)
      continue
    done.add(corner)
    for (const link of links[corner]!) {
      const metres = walked.get(corner)! + link.metres
      if (metres < (walked.get(link.to) ?? Infinity)) {
        walked.set(link.to, metres)
        before.set(link.to, corner)
        putIn(open, { corner: link.to, least: metres + straight(link.to, to) })
      }
    }
  }
  return null
}

function wayBack(before: ReadonlyMap<number, number>, to: number): number[] {
  const way = [to]
  for (let corner = before.get(to); corner !== undefined; corner = before.get(corner))
    way.unshift(corner)
  return way
}

interface Open { corner: number, least: number }

// A binary heap by `least`.
function putIn(heap: Open[], item: Open): void {
  let i = heap.push(item) - 1
  while (i > 0 && heap[(i - 1) >> 1]!.least > item.least) {
    heap[i] = heap[(i - 1) >> 1]!
    i = (i - 1) >> 1
  }
  heap[i] = item
}

function takeLeast(heap: Open[]): Open {
  const top = heap[0]!
  const last = heap.pop()!
  if (heap.length === 0)
    return top
  let i = 0
  for (let child = 1; child < heap.length; child = 2 * i + 1) {
    if (child + 1 < heap.length && heap[child + 1]!.least < heap[child]!.least)
      child++
    if (heap[child]!.least >= last.least)
      break
    heap[i] = heap[child]!
    i = child
  }
  heap[i] = last
  return top
}
