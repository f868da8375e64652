import type { Coverage } from '#contract/coverage.ts'
import type { Feature } from '#contract/geometry.ts'
import type { Sql } from '../../db/connect.ts'
import type { PlacedFeature } from '../../db/queries/coverage.ts'
import { isDeepStrictEqual } from 'node:util'
import { listCoverage, listSubdistricts, lockCoverage, putCoverage, removeCoverage } from '../../db/queries/coverage.ts'
import { confirmLayers } from '../../db/queries/events.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { unknownSubdistrict } from '../places/region-index.ts'

/** The figures of so many communities go to every screen with each change; of more they are there for the asking, over HTTP. */
const communitiesOnScreens = 400

/** Makes a computed coverage what every screen shows: only the features that differ from the published ones become events. */
export async function publishCoverage(sql: Sql, coverage: Coverage): Promise<{ put: number, gone: number }> {
  const result = await sql.begin(async (tx) => {
    await lockCoverage(tx)
    const placed = placeFeatures(coverage, commonCode(await listSubdistricts(tx)))
    const before = await listCoverage(tx)
    const known = new Map(before.map(item => [
      keyOf(item),
      item.feature,
    ]))
    const kept = new Set(placed.map(keyOf))
    const put = placed.filter(item => !isSame(known.get(keyOf(item)), item.feature))
    const gone = before.filter(item => !kept.has(keyOf(item)))
    if (put.length + gone.length === 0) {
      await confirmLayers(tx, ['coverage'])
    }
    else {
      await removeCoverage(tx, gone)
      await putCoverage(tx, put)
      await appendBySubdistrict(tx, [
        ...gone.map(({ subdistrict, feature: { id } }) => ({
          subdistrict,
          draft: { type: 'coverage.removed', id, gone: true as const },
        })),
        ...put.map(({ subdistrict, feature }) => ({
          subdistrict,
          draft: { type: 'coverage.computed', id: feature.id, feature },
        })),
      ])
    }
    return { put: put.length, gone: gone.length }
  })
  return result as { put: number, gone: number }
}

function placeFeatures(coverage: Coverage, whole: string): PlacedFeature[] {
  const { reach, missed, byCommunity, byFacility } = coverage
  if (byCommunity.length + byFacility.length + missed.features.length === 0)
    return [] // an empty database: there is nothing to say
  return [
    {
      subdistrict: whole,
      feature: summaryOf(coverage),
    },
    ...[
      ...reach.features,
      ...missed.features,
    ].map(feature => ({
      subdistrict: feature.properties.subdistrict as string | undefined ?? whole,
      feature,
    })),
  ]
}

/** 990101001 and 990101002 lie in 990101: codes nest. */
function commonCode(all: string[]): string {
  const codes = all.filter(code => code !== unknownSubdistrict)
  const [first] = codes
  if (first === undefined)
    return unknownSubdistrict
  const length = [9, 6, 4, 2].find(digits => codes.every(code => code.slice(0, digits) === first.slice(0, digits)))
  return length
    ? first.slice(0, length)
    : unknownSubdistrict
}

function summaryOf({ asOf, minutes, speed, rates, byCommunity, byFacility }: Coverage): Feature {
  const isSmall = byCommunity.length <= communitiesOnScreens
  return {
    type: 'Feature',
    id: 'summary',
    geometry: null,
    properties: {
      asOf,
      minutes,
      speed,
      rates,
      byCommunity: isSmall
        ? byCommunity
        : [],
      byFacility: isSmall
        ? byFacility
        : [],
    },
  }
}

function keyOf({ subdistrict, feature }: PlacedFeature): string {
  return `${subdistrict} ${feature.id}`
}

/** The moment of computing alone is no difference. What comes from the database went through JSON, so the other side does. */
function isSame(before: Feature | undefined, after: Feature): boolean {
  return before !== undefined && isDeepStrictEqual(comparable(before), comparable(JSON.parse(JSON.stringify(after))))
}

function comparable({ geometry, properties }: Feature): unknown {
  const { asOf: _, ...rest } = properties
  return [geometry, rest]
}
