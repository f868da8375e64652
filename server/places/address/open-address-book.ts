import type { LngLat } from '#contract/geometry.ts'
import type { readAddressSource, TaughtAlias } from '../../../db/queries/addresses.ts'
import type { Placement } from '../placement.ts'
import type { AddressBook, Taught } from './address-book.ts'
import { buildAddressBook, readAliases } from './address-book.ts'
import { centreOf, isInArea } from '../polygon.ts'

type Rows = Awaited<ReturnType<typeof readAddressSource>>

export interface OpenAddressBook {
  book: () => AddressBook
  /** What people taught meanwhile takes the place of what they had taught before; the rest of the book stays. */
  relearn: (taught: readonly TaughtAlias[]) => void
}

/**
 * The address book over what was read from the database, put together when it is first asked: an import whose rows all have
 * coordinates never needs it.
 */
export function openAddressBook(rows: Rows, taught: readonly TaughtAlias[], locate: (point: LngLat) => Placement): OpenAddressBook {
  let book: AddressBook | null = null
  let aliases = withBuildings(taught)
  const open = () => book ??= buildAddressBook({
    compounds: rows.compounds.map(({ id, name, geometry }) => ({
      id,
      name,
      location: openGround(geometry, centreOf(geometry), locate),
    })),
    buildings: rows.buildings,
    roads: rows.roads,
    landmarks: [
      ...rows.landmarks,
      ...rows.areas.map(({ name, geometry }) => ({
        name,
        location: centreOf(geometry),
      })),
    ],
    regions: rows.regions,
    addresses: rows.addresses,
    aliases,
  })
  return {
    book: open,
    relearn(taught) {
      aliases = withBuildings(taught)
      if (book)
        book.taught = readAliases(aliases)
    },
  }

  function withBuildings(taught: readonly TaughtAlias[]): Taught[] {
    return taught.map(alias => ({
      ...alias,
      building: locate(alias.location).building,
    }))
  }
}

/** A point of the compound that lies in none of its houses: what is only known to be in the compound must not look exact. */
function openGround(geometry: Rows['compounds'][number]['geometry'], centre: LngLat, locate: (point: LngLat) => Placement): LngLat {
  if (locate(centre).building === null)
    return centre
  for (const metres of [15, 30, 50]) {
    for (let step = 0; step < 8; step++) {
      const angle = step * Math.PI / 4
      const point: LngLat = [
        round(centre[0] + metres * Math.cos(angle) / (111_195 * Math.cos(centre[1] * Math.PI / 180))),
        round(centre[1] + metres * Math.sin(angle) / 111_195),
      ]
      if (isInArea(point, geometry) && locate(point).building === null)
        return point
    }
  }
  return centre
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}
