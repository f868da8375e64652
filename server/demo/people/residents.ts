import type { Building } from '../fill/site.ts'
import type { Random } from '../random.ts'

export interface Residents {
  households: number
  population: number
  aged60: number
  aged70: number
  aged80: number
}

const AGED_SHARE = 0.24

/**
 * Who lives where: so many households that the town comes to `people`, in flats that mostly stand occupied. The older
 * a house, the older its people; a village of rented rooms is young.
 */
export function settle(homes: readonly Building[], people: number, random: Random): Map<Building, Residents> {
  const flats = homes.reduce((sum, home) => sum + home.flats * sizeOf(home), 0)
  const occupied = Math.min(0.985, people / flats)
  // Whatever was built, the town's share of elders is that of an older Chinese city district (24 %).
  const expected = homes.reduce((sum, home) => sum + home.flats * sizeOf(home) * agedShare(home), 0) / flats
  return new Map(homes.map((home) => {
    const share = Math.min(1, occupied * random.between(0.965, 1.035))
    const households = Math.max(1, Math.round(home.flats * share))
    const population = Math.max(1, Math.round(households * sizeOf(home) * random.between(0.95, 1.05)))
    const aged60 = Math.round(population * agedShare(home) / expected * AGED_SHARE * random.between(0.86, 1.14))
    const aged70 = Math.round(aged60 * random.between(0.4, 0.5))
    const aged80 = Math.round(aged70 * random.between(0.27, 0.38))
    return [
      home,
      {
        households,
        population,
        aged60,
        aged70,
        aged80,
      },
    ]
  }))
}

/** Persons a household. */
function sizeOf({ builtYear, compound }: Building): number {
  if (compound?.style === 'village')
    return 2.5
  return builtYear < 1990
    ? 2.45
    : builtYear < 2005
      ? 2.58
      : 2.78
}

function agedShare({ builtYear, compound }: Building): number {
  if (compound?.style === 'village')
    return 0.17
  return Math.max(0.12, Math.min(0.37, 0.385 - (builtYear - 1980) * 0.0065))
}
