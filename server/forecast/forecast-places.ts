import type { CallForecast, ForecastState, ForecastSubject } from '#contract/forecast.ts'
import type { SqlOrTx } from '../../db/connect.ts'
import { allWageMonths, countCallsByMonth, listSites } from '../../db/queries/call-months.ts'
import { callsKnownSince } from '../../db/queries/zone-calls.ts'
import { listZones, readStages } from '../../db/queries/zone-ledger.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { stageAt } from '../renovation/months-of-zones.ts'
import { stagesOf } from '../renovation/stages-of.ts'
import { monthsBehindAt } from '../wages/pay-state-at.ts'
import { forecastCalls } from './forecast-calls.ts'
import { wholeMonths } from './months.ts'

interface Known { id: string, name: string, subdistrict: string, community: string | null, stateOn: (day: string) => ForecastState }

/** Subdistrict by subdistrict: what to expect of its renovation zones, or of its worksites. `scope`: the part that the asker may see. */
export async function forecastPlaces(sql: SqlOrTx, { subject, scope, now }: { subject: ForecastSubject, scope: string | null, now: Date }): Promise<CallForecast[]> {
  const today = textOfDay(chinaDayOf(now))
  const known = await (subject === 'zones'
    ? knownZones(sql)
    : knownSites(sql))
  const since = await callsKnownSince(sql)
  const calls = Map.groupBy(await countCallsByMonth(sql, subject), ({ place }) => place)
  return [
    ...Map.groupBy(known, ({ subdistrict }) => subdistrict),
  ].flatMap(([subdistrict, own]) => {
    const seen = new Set(own.filter(({ community }) => scope === null || community === scope || subdistrict.startsWith(scope)).map(({ id }) => id))
    const months = wholeMonths(since.get(subdistrict) ?? null, today)
    return seen.size === 0
      ? []
      : [
          forecastCalls({
            subject,
            subdistrict,
            months,
            places: own.map(({ id, name, stateOn }) => {
              const byMonth = new Map(calls.get(id)?.map(({ month, calls }) => [month, calls]))
              return {
                id,
                name,
                calls: months.map(month => byMonth.get(month) ?? 0),
                // Days compare as text: the 31st ends every month.
                states: months.map(month => stateOn(`${month}-31`)),
                state: stateOn(today),
              }
            }),
            seen,
            today,
            now,
          }),
        ]
  })
}

async function knownZones(sql: SqlOrTx): Promise<Known[]> {
  const zones = await listZones(sql, null)
  const stages = Map.groupBy(await readStages(sql, zones.map(({ zone }) => zone)), ({ zone }) => zone)
  return zones.map((zone) => {
    const dates = stagesOf(zone, stages.get(zone.zone) ?? [])
    return {
      ...zone,
      id: zone.zone,
      stateOn: day => stageAt(dates, day) ?? 'unknown',
    }
  })
}

async function knownSites(sql: SqlOrTx): Promise<Known[]> {
  const months = Map.groupBy(await allWageMonths(sql), ({ worksite }) => worksite)
  return (await listSites(sql)).map(site => ({
    ...site,
    stateOn: (day) => {
      const behind = monthsBehindAt(months.get(site.id) ?? [], day)
      return behind === null
        ? 'unknown'
        : (['paid', 'one-month-behind'] as const)[behind] ?? 'months-behind'
    },
  }))
}
