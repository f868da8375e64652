import type { PropertyPlace, PropertyRecord } from '#contract/property.ts'
import type { PropertyLadder } from '#contract/renovation.ts'
import type { Sql } from '../../db/connect.ts'
import type { PropertyStepRow } from '../../db/queries/property-steps.ts'
import type { Places } from '../places/placement.ts'
import type { KnownPlace } from './property-places.ts'
import { latestCallsFrom, listPropertyPlaces, readPropertyChanges } from '../../db/queries/property-places.ts'
import { readPropertySteps } from '../../db/queries/property-steps.ts'
import { readLadderTerms } from '../../db/queries/zone-ledger.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { ladderTermsInForce } from '../renovation/ladder-terms.ts'
import { ladderOf } from './property-ladder.ts'
import { propertyPlaces } from './property-places.ts'

const recentCalls = 50
const historyShown = 200

/** All places that the asker may see, with where their companies stand. */
export async function listProperty(sql: Sql, places: Pick<Places, 'locate'>, { scope, now }: { scope: string | null, now: Date }): Promise<PropertyPlace[]> {
  const today = textOfDay(chinaDayOf(now))
  const companies = new Map((await listPropertyPlaces(sql)).map(({ place, company }) => [place, company]))
  const steps = Map.groupBy(await readPropertySteps(sql), ({ place }) => place)
  return (await propertyPlaces(sql, places, scope)).map(known => briefOf(known, companies.get(known.place) ?? null, steps.get(known.place) ?? [], today))
}

/** One place whole. `namesHidden`: who changed it is not told. */
export async function showProperty(sql: Sql, known: KnownPlace, { now, namesHidden }: { now: Date, namesHidden: boolean }): Promise<PropertyRecord> {
  const today = textOfDay(chinaDayOf(now))
  const head = (await listPropertyPlaces(sql)).find(({ place }) => place === known.place)
  const steps = await readPropertySteps(sql, [known.place])
  const brief = briefOf(known, head?.company ?? null, steps, today)
  return {
    ...brief,
    version: head?.version ?? 0,
    asOf: now.toISOString(),
    ownCompany: head?.company ?? null,
    ladders: laddersOf(brief.company, steps, today),
    terms: ladderTermsInForce(await readLadderTerms(sql, known.subdistrict)),
    recent: await latestCallsFrom(sql, known.calls, recentCalls),
    history: (await readPropertyChanges(sql, known.place, historyShown)).map(({ version, at, actorName, part, before, after }) => ({
      version,
      at: at.toISOString(),
      by: namesHidden
        ? null
        : actorName,
      part,
      before,
      after,
    })),
  }
}

function briefOf({ place, name, community, zone, zoneCompany }: KnownPlace, noted: string | null, steps: readonly PropertyStepRow[], today: string): PropertyPlace {
  const company = noted ?? zoneCompany
  const ladder = company === null
    ? null
    : laddersOf(company, steps, today)[0]!
  return {
    place,
    name,
    community,
    zone,
    company,
    stands: ladder?.stands ?? null,
    next: ladder?.next ?? null,
    steps: steps.length,
  }
}

function laddersOf(present: string | null, steps: readonly PropertyStepRow[], today: string): PropertyLadder[] {
  const byCompany = Map.groupBy(steps, ({ company }) => company)
  const companies = [
    ...new Set([
      ...present === null
        ? []
        : [present],
      ...byCompany.keys(),
    ]),
  ]
  return companies.map(company => ladderOf(company, (byCompany.get(company) ?? []).map(({ place: _, ...step }) => step), today))
}
