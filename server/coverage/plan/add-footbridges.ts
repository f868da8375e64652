import type { StreetRecord } from '../records.ts'
import { segmentMetres } from '../local-metres.ts'

type LngLat = readonly [number, number]

/** An end of a footbridge takes hold of the nearest street, no further than so many metres. */
const reachMetres = 60

/**
 * Streets with footbridges built between them: both ends are tied to the nearest point of a street, which becomes a node of
 * it. `unanchored` are those with an end that has no street near.
 */
export function addFootbridges(streets: StreetRecord[], bridges: { from: LngLat, to: LngLat }[]): { streets: StreetRecord[], unanchored: number[] } {
  let now = streets
  const unanchored: number[] = []
  bridges.forEach(({ from, to }, index) => {
    const first = anchor(now, from, -(2 * index + 1))
    const second = first && anchor(first.streets, to, -(2 * index + 2))
    if (!second || first.node === second.node) {
      unanchored.push(index)
      return
    }
    now = [
      ...second.streets,
      {
        id: -(index + 1),
        class: 'footway',
        foot: true,
        onewayFoot: 0,
        stairs: false,
        bridge: true,
        tunnel: false,
        nodes: [first.node, second.node],
        lngs: [first.at[0], second.at[0]],
        lats: [first.at[1], second.at[1]],
      },
    ]
  })
  return { streets: now, unanchored }
}

/** Makes the point of a street nearest to a place a node of it, named `fresh` unless there is one already. */
function anchor(streets: StreetRecord[], [lng, lat]: LngLat, fresh: number): { streets: StreetRecord[], node: number, at: LngLat } | null {
  const narrow = Math.cos(lat * Math.PI / 180)
  let best = {
    metres: reachMetres,
    street: -1,
    segment: 0,
    fraction: 0,
  }
  streets.forEach(({ foot, bridge, tunnel, lngs, lats }, s) => {
    if (!foot || bridge || tunnel)
      return
    for (let i = 0; i + 1 < lngs.length; i++) {
      const [ax, ay] = [(lngs[i]! - lng) * narrow, lats[i]! - lat]
      const [dx, dy] = [(lngs[i + 1]! - lngs[i]!) * narrow, lats[i + 1]! - lats[i]!]
      const length2 = dx * dx + dy * dy
      const fraction = length2 > 0
        ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2))
        : 0
      const metres = Math.hypot(ax + fraction * dx, ay + fraction * dy) * 111_320
      if (metres < best.metres) {
        best = {
          metres,
          street: s,
          segment: i,
          fraction,
        }
      }
    }
  })
  if (best.street < 0)
    return null
  const street = streets[best.street]!
  const { segment, fraction } = best
  const at: LngLat = [
    street.lngs[segment]! + fraction * (street.lngs[segment + 1]! - street.lngs[segment]!),
    street.lats[segment]! + fraction * (street.lats[segment + 1]! - street.lats[segment]!),
  ]
  for (const end of [segment, segment + 1]) {
    if (segmentMetres(street.lngs[end]!, street.lats[end]!, ...at) < 0.5) {
      return {
        streets,
        node: street.nodes[end]!,
        at: [street.lngs[end]!, street.lats[end]!],
      }
    }
  }
  const split: StreetRecord = {
    ...street,
    nodes: street.nodes.toSpliced(segment + 1, 0, fresh),
    lngs: street.lngs.toSpliced(segment + 1, 0, at[0]),
    lats: street.lats.toSpliced(segment + 1, 0, at[1]),
  }
  return {
    streets: streets.with(best.street, split),
    node: fresh,
    at,
  }
}
