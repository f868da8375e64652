import type { BuildingConsent, ZoneFacts, ZoneFund } from '#contract/renovation.ts'
import type { FieldFault } from '../wages/chain.ts'

/** Renovation is for what was built before the end of 2000 (国办发〔2020〕23号); later years are a slip or another programme. */
const newestBuilt = 2005

export function faultsOfFacts({ builtYear, warrantyEnd }: ZoneFacts, worksEnd: string | null): FieldFault[] {
  const faults: FieldFault[] = []
  if (builtYear !== null && builtYear > newestBuilt)
    faults.push({ path: 'facts.builtYear', message: `${builtYear}: old compounds were built before the end of 2000` })
  if (warrantyEnd !== null && worksEnd !== null && warrantyEnd < worksEnd)
    faults.push({ path: 'facts.warrantyEnd', message: `lies before the end of the works (${worksEnd})` })
  return faults
}

export function faultsOfConsents(consents: readonly BuildingConsent[]): FieldFault[] {
  const faults: FieldFault[] = []
  const seen = new Set<string>()
  consents.forEach(({ building, households, agreed }, at) => {
    if (seen.has(building))
      faults.push({ path: `consents.${at}.building`, message: `“${building}” is there twice` })
    seen.add(building)
    if (agreed > households)
      faults.push({ path: `consents.${at}.agreed`, message: `more agreed (${agreed}) than live there (${households}): over 100 %` })
  })
  return faults
}

export function faultsOfFunds(funds: readonly ZoneFund[]): FieldFault[] {
  return funds.flatMap(({ yuan, paidYuan }, at) => paidYuan > yuan
    ? [
        {
          path: `funds.${at}.paidYuan`,
          message: `more was paid (${paidYuan}) than granted (${yuan})`,
        },
      ]
    : [])
}
