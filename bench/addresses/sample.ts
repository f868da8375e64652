import type { AddressParts } from './noise.ts'
import type { Random } from '../../server/demo/random.ts'
import type { Town } from '../../server/demo/town.ts'

export interface SampledAddress extends AddressParts {
  /** buildings.id, by which the answer is judged */
  building: number
}

/** Addresses of houses and shops as often as people live there; with or without the road, the staircase, the flat. */
export function sampleAddresses(town: Town, count: number, random: Random): SampledAddress[] {
  const places = [
    ...town.compounds.flatMap(compound => compound.buildings.map(home => ({
      home,
      compound: compound.name as string | null,
      weight: town.residents.get(home)!.population,
    }))),
    ...town.shops.filter(({ way }) => way.tags['addr:street']).map(home => ({ home, compound: null, weight: 3 })),
  ]
  const known = places.map(place => [place, place.weight] as const)
  return Array.from({ length: count }, () => {
    const { home, compound } = random.weighted(known)
    const { tags } = home.way
    const withRoad = compound === null || random.chance(0.45)
    const units = compound === null
      ? 0
      : home.doors.length
    const unit = units > 1 && random.chance(0.6)
      ? random.integer(1, units)
      : null
    return {
      building: Number(home.way.id),
      road: withRoad
        ? tags['addr:street'] ?? null
        : null,
      roadNumber: withRoad
        ? tags['addr:housenumber'] ?? null
        : null,
      compound,
      house: compound === null
        ? null
        : tags.name ?? null,
      unit,
      room: unit !== null && random.chance(0.5)
        ? `${random.integer(1, home.floors)}0${random.integer(1, 2)}`
        : null,
    }
  })
}
