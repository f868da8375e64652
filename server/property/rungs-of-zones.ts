import type { PropertyStepName } from '#contract/renovation.ts'
import type { SqlOrTx } from '../../db/connect.ts'
import { PropertyStepName as Rungs } from '#contract/renovation.ts'
import { listPropertyPlaces } from '../../db/queries/property-places.ts'
import { readPropertySteps } from '../../db/queries/property-steps.ts'
import { ladderOf } from './property-ladder.ts'

/** The highest rung on which the present company of one of a zone's compounds stands, by zone. `companies`: whom each zone names. */
export async function rungsOfZones(sql: SqlOrTx, companies: ReadonlyMap<string, string | null>, today: string): Promise<Map<string, PropertyStepName>> {
  const steps = Map.groupBy(await readPropertySteps(sql), ({ place }) => place)
  const highest = new Map<string, PropertyStepName>()
  for (const { place, zone, company: noted } of await listPropertyPlaces(sql)) {
    const company = noted ?? (zone === null
      ? null
      : companies.get(zone) ?? null)
    if (zone === null || company === null)
      continue
    const { stands } = ladderOf(company, (steps.get(place) ?? []).filter(step => step.company === company), today)
    const before = highest.get(zone)
    if (stands !== null && (before === undefined || Rungs.options.indexOf(stands) > Rungs.options.indexOf(before)))
      highest.set(zone, stands)
  }
  return highest
}
