import type { Feature } from '#contract/geometry.ts'
import type { Sql } from '../../db/connect.ts'
import { Buffer } from 'node:buffer'
import { readSnapshot } from '../../db/queries/snapshot.ts'
import { regionMeets } from '../../server/live/view.ts'

/** The cases that every screen must show, by id, as SQL says. */
export async function heldCases(sql: Sql, region: string | null = null): Promise<Record<string, Feature>> {
  const lines: Buffer[] = []
  await readSnapshot(sql, {
    layers: ['cases'],
    region,
    meets: code => region === null || regionMeets(region, code),
  }, {
    onHead: () => {},
    onCases: bytes => lines.push(Buffer.from(bytes)),
  })
  const features = Buffer.concat(lines).toString().split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Feature)
  return Object.fromEntries(features.map(feature => [feature.id, feature]))
}
