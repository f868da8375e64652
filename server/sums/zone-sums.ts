import type { SumsBy, ZoneSum, ZoneSums } from '#contract/sums.ts'
import type { SqlOrTx } from '../../db/connect.ts'
import type { SummedZone } from '../../db/queries/overlay-sums.ts'
import { zonesToSum } from '../../db/queries/overlay-sums.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { regionOfSum } from './region-of.ts'

/** Renovation zones of the scope added up by region; calls of the last `days` days, today included. */
export async function zoneSums(sql: SqlOrTx, { scope, by, days, now }: { scope: string | null, by: SumsBy, days: number, now: Date }): Promise<ZoneSums> {
  const since = textOfDay(chinaDayOf(now) - days + 1)
  const zones = await zonesToSum(sql, scope, since)
  const regionOf = await regionOfSum(sql, by)
  return {
    asOf: now.toISOString(),
    by,
    since,
    total: sumZones(zones),
    rows: [
      ...Map.groupBy(zones, regionOf),
    ].map(([region, members]) => ({
      region,
      sums: sumZones(members),
    })).sort((a, b) => b.sums.leftovers - a.sums.leftovers || b.sums.zones - a.sums.zones || String(a.region).localeCompare(String(b.region))),
  }
}

/** Consent is counted in households of the buildings; a zone without them counts by the rate that was imported. */
export function sumZones(zones: readonly SummedZone[]): ZoneSum {
  const consents = zones.flatMap(({ agreed, asked, consentRate, households }) => asked !== null
    ? [
        { agreed: agreed!, asked },
      ]
    : consentRate !== null && households !== null
      ? [
          {
            agreed: Math.round(consentRate * households),
            asked: households,
          },
        ]
      : [])
  const sum = <T>(items: readonly T[], of: (item: T) => number) => items.reduce((total, item) => total + of(item), 0)
  return {
    zones: zones.length,
    zonesWithLeftovers: zones.filter(({ openLeftovers }) => openLeftovers > 0).length,
    leftovers: sum(zones, ({ openLeftovers }) => openLeftovers),
    households: sum(zones, ({ households }) => households ?? 0),
    calls: sum(zones, ({ calls }) => calls),
    consented: sum(consents, ({ agreed }) => agreed),
    asked: sum(consents, ({ asked }) => asked),
    zonesAsked: consents.length,
  }
}
