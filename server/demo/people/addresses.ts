import type { Building, Compound } from '../fill/site.ts'
import type { Point } from '../geometry/plane.ts'
import type { Street } from '../layout/bend.ts'
import { distance, footOn } from '../geometry/plane.ts'

/** Metres of street that one pair of house numbers takes. */
const NUMBER_METRES = 24

export interface Address { street: string, number: string }

/** 春柳路12号; empty where there is none. */
export function addressText(address: Address | undefined): string {
  return address
    ? `${address.street}${address.number}号`
    : ''
}

/**
 * Road and number of every compound (by its first gate) and shop: numbers grow from west to east and from north to south,
 * odd on the left of who walks that way.
 */
export function giveAddresses(compounds: readonly Compound[], shops: readonly Building[], nameOf: (street: Street) => string | undefined): Map<Compound | Building, Address> {
  const fronts = [
    ...compounds.flatMap(compound => compound.gates[0]
      ? [
          { owner: compound as Compound | Building, at: compound.gates[0].vertex.at, street: compound.gates[0].street },
        ]
      : []),
    ...shops.flatMap(shop => shop.street
      ? [
          { owner: shop as Compound | Building, at: shop.ring[0]!, street: shop.street },
        ]
      : []),
  ]
  const addresses = new Map<Compound | Building, Address>()
  for (const [name, onRoad] of Map.groupBy(fronts, front => nameOf(front.street))) {
    if (!name)
      continue
    const start = Math.min(...onRoad.map(front => along(front.street, front.at)))
    const taken = new Set<number>()
    for (const front of onRoad.toSorted((a, b) => along(a.street, a.at) - along(b.street, b.at))) {
      let number = 2 * Math.floor((along(front.street, front.at) - start) / NUMBER_METRES) + (isLeft(front.street, front.at)
        ? 1
        : 2)
      while (taken.has(number)) number += 2
      taken.add(number)
      addresses.set(front.owner, {
        street: name,
        number: String(number),
      })
    }
  }
  return addresses
}

const isUpright = ({ line: { points } }: Street) => Math.abs(points.at(-1)![1] - points[0]![1]) > Math.abs(points.at(-1)![0] - points[0]![0])
function along(street: Street, at: Point) {
  return isUpright(street)
    ? -at[1]
    : at[0]
}

function isLeft(street: Street, at: Point): boolean {
  let nearest = { metres: Infinity, left: false }
  for (let i = 1; i < street.vertices.length; i++) {
    const a = street.vertices[i - 1]!.at
    const b = street.vertices[i]!.at
    const foot = footOn(a, b, at)
    if (foot.metres < nearest.metres && distance(a, b) > 0.01) {
      const forward = along(street, b) >= along(street, a)
      const onLeft = (b[0] - a[0]) * (at[1] - a[1]) > (b[1] - a[1]) * (at[0] - a[0])
      nearest = { metres: foot.metres, left: onLeft === forward }
    }
  }
  return nearest.left
}
