import type { BuildingConsent } from '#contract/renovation.ts'

/** Households that agreed / households of the buildings that were asked; null where none was. */
export function consentRateOf(consents: readonly BuildingConsent[]): number | null {
  const households = consents.reduce((sum, row) => sum + row.households, 0)
  return households === 0
    ? null
    : consents.reduce((sum, row) => sum + row.agreed, 0) / households
}
