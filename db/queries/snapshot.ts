import type { Feature } from '#contract/geometry.ts'
import type { LayerName } from '#contract/live.ts'
import type { Sql, Tx } from '../connect.ts'
import type { LogHead } from './events.ts'
import { listLiveAssignments } from './assignments.ts'
import { listCareFacilities } from './care-facilities.ts'
import { logHead } from './events.ts'
import { listHandoverItems } from './handover.ts'
import { listOfficers } from './officers.ts'
import { listPropertyFeatures } from './property-places.ts'
import { listRegions } from './regions.ts'
import { listRenovationZones } from './renovation-zones.ts'
import { listShownScreens } from './screen-shows.ts'
import { listWorksites } from './worksites.ts'

export interface SnapshotQuestion {
  layers: readonly LayerName[]
  region: string | null
  /** Layers of which a part only is meant: server/access/scope.ts. Known for cases, officers and assignments. */
  scopes?: Partial<Record<LayerName, string>>
  /** Whether what belongs to a subdistrict as a whole is part of the region's picture. */
  meets: (subdistrict: string) => boolean
}

/** The small layers whole, the number of cases, and the state of the log that all of it shows. */
export interface SnapshotHead extends LogHead {
  features: Partial<Record<Exclude<LayerName, 'cases'>, Feature[]>>
  cases: number
}

export interface SnapshotReader {
  onHead: (head: SnapshotHead) => void
  /** Bytes of cases as JSON, one a line, cut anywhere. */
  onCases: (lines: Buffer) => void
}

/** Screens hold what is not done, and what was done today (client/state/forget-closed.ts has the same rule). */
const heldCases = `
  select * from cases
  where status not in ('closed', 'archived', 'merged') and ${isMeant()}
  union all
  select * from cases
  where status in ('closed', 'archived', 'merged') and ${isMeant()}
    and coalesce(closed_at, reported_at) >= date_trunc('day', now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai'`

function isMeant(): string {
  return `(
    current_setting('huizhi.region') in ('', community, grid)
    or starts_with(subdistrict, current_setting('huizhi.region')))
  and (
    current_setting('huizhi.scope') in ('', community, grid, 'officer:' || assignee)
    or starts_with(subdistrict, current_setting('huizhi.scope')))`
}

/** The same as caseFeature() in cases.ts makes of a row; a test holds them together. JSON has no raw line breaks. */
const caseLines = `
  select '{"type":"Feature","id":' || to_json(held.id) || ',"geometry":' || coalesce(point, 'null') || ',"properties":' || row_to_json(properties) || '}'
  from (${heldCases}) as held
  cross join lateral (
    select
      held.id, held.kind, held.source, held.status, held.urgency, held.topic, held.content, held.address,
      held.community, held.grid, held.zone, held.worksite, held.assignee,
      ${instant('reported_at')} as "reportedAt", ${instant('due_at')} as "dueAt", ${instant('closed_at')} as "closedAt",
      held.supervised, held.satisfied, ${instant('called_back_at')} as "calledBackAt",
      held.dissatisfied_in_row as "dissatisfiedInRow", held.merged_into as "mergedInto",
      held.merged_count as "mergedCount", held.card, held.close_proposed_by is not null as "closeProposed",
      held.version
  ) as properties
  cross join lateral (
    select '{"type":"Point","coordinates":[' || held.location[0] || ',' || held.location[1] || ']}' as point
  ) as geometry`

/** As Date.prototype.toISOString writes it. */
function instant(column: string): string {
  return `to_char(held.${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/**
 * Everything that followers see, at one moment, with the number of the last event that is part of it.
 *
 * Of cases there may be 100,000, so PostgreSQL writes their JSON and COPY brings it as bytes: 0.9 s, a quarter of it in this
 * process; by rows and objects it was 2.7 s, most of it here, where everyone waits.
 */
export async function readSnapshot(sql: Sql, question: SnapshotQuestion, { onHead, onCases }: SnapshotReader): Promise<void> {
  await sql.begin('isolation level repeatable read read only', async (tx) => {
    const head = await logHead(tx)
    const features = await readSmallLayers(tx, question)
    if (!question.layers.includes('cases'))
      return onHead({ ...head, features, cases: 0 })
    await tx`
      select
        set_config('huizhi.region', ${question.region ?? ''}, true),
        set_config('huizhi.scope', ${question.scopes?.cases ?? ''}, true)`
    const [counted] = await tx<[{ cases: number }]>`select count(*) as cases from (${tx.unsafe(heldCases)}) as held`
    onHead({ ...head, features, cases: counted.cases })
    const lines = await tx.unsafe(`copy (${caseLines}) to stdout (format csv, quote e'\\x01', escape e'\\x01', delimiter e'\\x02')`).readable()
    for await (const chunk of lines)
      onCases(chunk as Buffer)
  })
}

async function readSmallLayers(tx: Tx, { layers, region, scopes, meets }: SnapshotQuestion): Promise<SnapshotHead['features']> {
  const filter = { region: region ?? undefined }
  const features: SnapshotHead['features'] = {}
  for (const layer of layers) {
    if (layer === 'renovation-zones')
      features[layer] = await listRenovationZones(tx, filter)
    else if (layer === 'worksites')
      features[layer] = await listWorksites(tx, filter)
    else if (layer === 'care-facilities')
      features[layer] = await listCareFacilities(tx, filter)
    else if (layer === 'officers')
      features[layer] = await listOfficers(tx, { ...filter, scope: scopes?.officers })
    else if (layer === 'assignments')
      features[layer] = await listLiveAssignments(tx, { ...filter, scope: scopes?.assignments })
    else if (layer === 'screens')
      features[layer] = await listShownScreens(tx)
    else if (layer === 'property')
      features[layer] = await listPropertyFeatures(tx, filter)
    else if (layer === 'handover')
      features[layer] = await listHandoverItems(tx)
    else if (layer === 'regions')
      features[layer] = (await listRegions(tx)).filter(({ id }) => meets(id.slice(0, 9)))
    else if (layer === 'coverage')
      features[layer] = (await coverageFeatures(tx)).filter(({ subdistrict }) => meets(subdistrict)).map(({ feature }) => feature)
    else if (layer === 'basemap')
      features[layer] = [] // its events say that tiles have changed; there is nothing to hold
  }
  return features
}

async function coverageFeatures(tx: Tx): Promise<{ subdistrict: string, feature: Feature }[]> {
  const rows = await tx<{ subdistrict: string, id: string, geometry: Feature['geometry'], properties: Feature['properties'] }[]>`
    select subdistrict, id, geometry, properties from coverage_features order by subdistrict, id`
  return rows.map(({ subdistrict, ...item }) => ({
    subdistrict,
    feature: { type: 'Feature', ...item },
  }))
}
