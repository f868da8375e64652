import type { Feature } from '#contract/geometry.ts'
import type { ZoneCall } from '#contract/renovation.ts'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { OverlayFilter } from './overlay-filter.ts'
import type { ZoneChangeRow } from './zone-ledger.ts'

/** What is kept of a place with a property company; `version` 0: nothing yet. */
export interface PropertyHead { subdistrict: string, place: string, company: string | null, version: number }

export interface PropertyPlaceRow extends PropertyHead { name: string, community: string | null, zone: string | null }

export async function listPropertyPlaces(sql: SqlOrTx): Promise<PropertyPlaceRow[]> {
  return await sql<PropertyPlaceRow[]>`
    select subdistrict, place, name, community, zone, company, version
    from property_places
    order by place`
}

/** The place as features: what desks hear changes of. */
export async function listPropertyFeatures(sql: SqlOrTx, { region }: OverlayFilter = {}): Promise<Feature[]> {
  const rows = await sql<{ place: string, version: number }[]>`
    select place, version
    from property_places
    ${region
      ? sql`where community = ${region} or starts_with(subdistrict, ${region})`
      : sql``}
    order by place`
  return rows.map(({ place, version }) => propertyFeature(place, version))
}

export function propertyFeature(place: string, version: number): Feature {
  return {
    type: 'Feature',
    id: place,
    geometry: null,
    properties: { version },
  }
}

/** The row for it, there is one afterwards; whoever changes the place meanwhile waits. */
export async function lockPropertyPlace(tx: Tx, { subdistrict, place, name, community, zone }: Omit<PropertyPlaceRow, 'company' | 'version'>): Promise<PropertyHead> {
  const [row] = await tx<PropertyHead[]>`
    insert into property_places (subdistrict, place, name, community, zone)
    values (${subdistrict}, ${place}, ${name}, ${community}, ${zone})
    on conflict (subdistrict, place) do update
    set name = excluded.name, community = excluded.community, zone = excluded.zone
    returning subdistrict, place, company, version`
  return row!
}

export async function raisePropertyVersion(tx: Tx, { subdistrict, place }: PropertyHead): Promise<void> {
  await tx`
    update property_places
    set version = version + 1
    where subdistrict = ${subdistrict} and place = ${place}`
}

export async function setPropertyCompany(tx: Tx, { subdistrict, place }: PropertyHead, company: string | null): Promise<void> {
  await tx`
    update property_places
    set company = ${company}
    where subdistrict = ${subdistrict} and place = ${place}`
}

export async function writePropertyChange(tx: Tx, { subdistrict, place, version }: PropertyHead, { at, actor, actorName, part, before, after }: Omit<ZoneChangeRow, 'version'>): Promise<void> {
  await tx`
    insert into property_changes (subdistrict, place, version, at, actor, actor_name, part, before, after)
    values (${subdistrict}, ${place}, ${version + 1}, ${at}, ${actor}, ${actorName}, ${part}, ${JSON.stringify(before)}::text::jsonb,
      ${JSON.stringify(after)}::text::jsonb)`
}

/** The newest first. */
export async function readPropertyChanges(sql: SqlOrTx, place: string, limit: number): Promise<ZoneChangeRow[]> {
  return await sql<ZoneChangeRow[]>`
    select version, at, actor, actor_name as "actorName", part, before, after
    from property_changes
    where place = ${place}
    order by property_changes.version desc
    limit ${limit}`
}

/** Where its calls lie: in the compound, or in the zone that has none. */
export type CallsFrom = { compound: number } | { zone: string }

function from(sql: SqlOrTx, where: CallsFrom) {
  return 'compound' in where
    ? sql`compound = ${where.compound}`
    : sql`zone = ${where.zone}`
}

/** The newest first. */
export async function latestCallsFrom(sql: SqlOrTx, where: CallsFrom, limit: number): Promise<ZoneCall[]> {
  return await sql<ZoneCall[]>`
    select id as case, kind, topic, status, (reported_at at time zone 'Asia/Shanghai')::date as "reportedOn"
    from cases
    where ${from(sql, where)}
    order by reported_at desc, id
    limit ${limit}`
}

/** Those of the ids that are calls from there, until that day. */
export async function callsFrom(sql: SqlOrTx, where: CallsFrom, ids: readonly string[], until: string): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`
    select id
    from cases
    where ${from(sql, where)} and id = any(${ids as string[]}::text[])
      and (reported_at at time zone 'Asia/Shanghai')::date <= ${until}`
  return new Set(rows.map(({ id }) => id))
}
