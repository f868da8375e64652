import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { WageWarning } from '#contract/places.ts'
import type { z } from 'zod'
import type { SqlOrTx } from '../connect.ts'
import { inScope } from './zone-ledger.ts'

export interface SummedZone {
  community: string | null
  /** The middle of its extent. */
  place: LngLat
  households: number | null
  openLeftovers: number
  consentRate: number | null
  /** Of the buildings that are in its ledger; null = there are none. */
  agreed: number | null
  asked: number | null
  calls: number
}

/** What each zone of the scope adds to the sums; calls from a day on (China). */
export async function zonesToSum(sql: SqlOrTx, scope: string | null, since: string): Promise<SummedZone[]> {
  return await sql<SummedZone[]>`
    select community, center(bounds) as place, households, open_leftovers as "openLeftovers", consent_rate as "consentRate",
      consent.agreed, consent.asked, coalesce(called.calls, 0) as calls
    from renovation_zones
    left join (
      select zone, sum(agreed)::integer as agreed, sum(households)::integer as asked
      from zone_consents
      group by zone
    ) as consent on consent.zone = id
    left join (
      select zone, count(*)::integer as calls
      from cases
      where zone is not null and reported_at >= ${since}::date::timestamp at time zone 'Asia/Shanghai'
      group by zone
    ) as called on called.zone = id
    where true ${inScope(sql, scope)}`
}

export interface SummedSite {
  community: string | null
  place: LngLat
  owedYuan: number
  owedPeople: number
  warning: z.infer<typeof WageWarning>
  dispute: boolean
  workers: number | null
  payees: number | null
}

/** What each worksite of the scope adds to the sums. */
export async function sitesToSum(sql: SqlOrTx, scope: string | null): Promise<SummedSite[]> {
  return await sql<SummedSite[]>`
    select community, location as place, owed_yuan as "owedYuan", owed_people as "owedPeople", warning, dispute, workers, payees
    from worksites
    where true ${inScope(sql, scope)}`
}

/** Grids with their outlines. */
export async function gridAreas(sql: SqlOrTx) {
  return await sql<{ id: string, subdistrict: string, level: 'grid', geometry: Polygon | MultiPolygon }[]>`
    select id, subdistrict, level, geometry
    from regions
    where level = 'grid'`
}
