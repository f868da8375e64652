import type { Coverage } from '#contract/coverage.ts'
import type { Feature } from '#contract/geometry.ts'
import type { Sql } from '../../db/connect.ts'
import { isDeepStrictEqual } from 'node:util'
import { lockCoverage, storeCoverage, storedCoverage } from '../../db/queries/coverage.ts'
import { appendEvents } from '../../db/queries/events.ts'

/**
 * Makes a computed coverage what every screen shows: only the features that differ from the published ones become events.
 * Several processes may compute the same; the first one publishes it, the others find nothing that differs.
 */
export async function publishCoverage(sql: Sql, coverage: Coverage): Promise<{ put: number, gone: number }> {
  const features = [
    summaryOf(coverage),
    ...coverage.reach.features,
    ...coverage.missed.features,
  ]
  return await sql.begin(async (tx) => {
    await lockCoverage(tx)
    const [top] = await tx<{ subdistrict: string }[]>`select min(subdistrict) as subdistrict from care_facilities`
    const subdistrict = top?.subdistrict ?? '000000000'
    const before = new Map((await storedCoverage(tx)).map(feature => [feature.id, feature]))
    const put = features.filter(feature => !same(before.get(feature.id), feature))
    const kept = new Set(features.map(({ id }) => id))
    const gone = [
      ...before.keys(),
    ].filter(id => !kept.has(id))
    await storeCoverage(tx, subdistrict, { put, gone })
    await appendEvents(tx, subdistrict, [
      ...put.map(feature => ({ type: 'coverage.computed', id: feature.id, feature })),
      ...gone.map(id => ({ type: 'coverage.computed', id, gone: true as const })),
    ])
    return { put: put.length, gone: gone.length }
  }) as { put: number, gone: number }
}

function summaryOf({ asOf, minutes, speed, rates, byCommunity, byFacility }: Coverage): Feature {
  return {
    type: 'Feature',
    id: 'summary',
    geometry: null,
    properties: {
      asOf,
      minutes,
      speed,
      rates,
      byCommunity,
      byFacility,
    },
  }
}

/** The moment of computing alone is no difference. Numbers went through JSON in the database, so both sides do. */
function same(before: Feature | undefined, after: Feature): boolean {
  return before !== undefined && isDeepStrictEqual(comparable(before), comparable(after))
}

function comparable({ geometry, properties }: Feature): unknown {
  const { asOf: _, ...rest } = properties
  return JSON.parse(JSON.stringify([geometry, rest]))
}
