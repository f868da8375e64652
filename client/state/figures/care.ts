import type { CommunityCoverage, Coverage, CoverageRates } from '#contract/coverage.ts'
import type { Feature } from '#contract/geometry.ts'
import type { CareFacility, CareKind } from '#contract/places.ts'
import { CareKind as Kinds } from '#contract/places.ts'

export type CoverageSummary = Pick<Coverage, 'asOf' | 'minutes' | 'speed' | 'rates' | 'byCommunity'>

/** The computed coverage as the layer `coverage` carries it; undefined before it was ever computed. */
export function coverageSummary(coverage: ReadonlyMap<string, Feature>): CoverageSummary | undefined {
  return coverage.get('summary')?.properties as CoverageSummary | undefined
}

/** The three rates in the order in which they are always shown; they are never merged into one. */
export const rateNames = ['facilities', 'space', 'people'] as const satisfies readonly (keyof CoverageRates)[]

/** Numerator / denominator, null when there is nothing to divide by. May be above 1: space has a standard, not a whole. */
export function shareOf({ numerator, denominator }: { numerator: number, denominator: number }): number | null {
  return denominator > 0
    ? numerator / denominator
    : null
}

/** Communities with people outside the reach, most people first. */
export function missedByCommunity(summary: CoverageSummary): CommunityCoverage[] {
  return summary.byCommunity
    .filter(({ missedPeople, unlinkedPeople }) => missedPeople + unlinkedPeople > 0)
    .sort((a, b) => b.missedPeople - a.missedPeople || (a.community < b.community
      ? -1
      : 1))
}

export interface FacilityKindRow {
  kind: CareKind
  open: number
  all: number
  /** m² and places of the open ones. */
  floorArea: number
  capacity: number
}

export function facilitiesByKind(facilities: Iterable<Feature>): FacilityKindRow[] {
  const all = [...facilities].map(facilityOf)
  return Kinds.options.map((kind) => {
    const ofKind = all.filter(facility => facility.kind === kind)
    const open = ofKind.filter(facility => facility.open)
    return {
      kind,
      open: open.length,
      all: ofKind.length,
      floorArea: open.reduce((sum, { floorArea }) => sum + (floorArea ?? 0), 0),
      capacity: open.reduce((sum, { capacity }) => sum + (capacity ?? 0), 0),
    }
  })
}

export function facilityOf(feature: Feature): CareFacility {
  return feature.properties as unknown as CareFacility
}
