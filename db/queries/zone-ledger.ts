import type { MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { RenovationStage } from '#contract/places.ts'
import type { BuildingConsent, LadderTerm, ZoneFund, ZoneStage } from '#contract/renovation.ts'
import type { SqlOrTx, Tx } from '../connect.ts'

export interface ZoneHead { subdistrict: string, zone: string, version: number }

/** `scope`: the part that the asker may see. */
export async function findZone(sql: SqlOrTx, zone: string, scope: string | null): Promise<ZoneHead | null> {
  const [row] = await sql<ZoneHead[]>`
    select subdistrict, id as zone, ledger_version as version
    from renovation_zones
    where id = ${zone} ${inScope(sql, scope)}`
  return row ?? null
}

export function inScope(sql: SqlOrTx, scope: string | null) {
  return scope === null
    ? sql``
    : sql`and (community = ${scope} or starts_with(subdistrict, ${scope}))`
}

export async function raiseZoneVersion(tx: Tx, { subdistrict, zone }: ZoneHead): Promise<void> {
  await tx`
    update renovation_zones
    set ledger_version = ledger_version + 1
    where subdistrict = ${subdistrict} and id = ${zone}`
}

export interface ZoneStageRow extends ZoneStage { zone: string }

/** Of these zones, those that have dates; the works' are in renovation_zones. */
export async function readStages(sql: SqlOrTx, zones: readonly string[]): Promise<ZoneStageRow[]> {
  return await sql<ZoneStageRow[]>`
    select zone, stage, plan_start as "planStart", plan_end as "planEnd", real_start as "realStart", real_end as "realEnd"
    from zone_stages
    where zone = any(${zones as string[]}::text[])`
}

export async function replaceStages(tx: Tx, { subdistrict, zone }: ZoneHead, stages: readonly ZoneStage[]): Promise<void> {
  await tx`delete from zone_stages where subdistrict = ${subdistrict} and zone = ${zone}`
  if (stages.length === 0)
    return
  await tx`insert into zone_stages ${tx(stages.map(({ stage, planStart, planEnd, realStart, realEnd }) => ({
    subdistrict,
    zone,
    stage,
    plan_start: planStart,
    plan_end: planEnd,
    real_start: realStart,
    real_end: realEnd,
  })))}`
}

export async function readConsents(sql: SqlOrTx, { subdistrict, zone }: Pick<ZoneHead, 'subdistrict' | 'zone'>): Promise<BuildingConsent[]> {
  return await sql<BuildingConsent[]>`
    select building, households, agreed
    from zone_consents
    where subdistrict = ${subdistrict} and zone = ${zone}
    order by nr`
}

export async function replaceConsents(tx: Tx, { subdistrict, zone }: ZoneHead, consents: readonly BuildingConsent[]): Promise<void> {
  await tx`delete from zone_consents where subdistrict = ${subdistrict} and zone = ${zone}`
  if (consents.length > 0)
    await tx`insert into zone_consents ${tx(consents.map((row, nr) => ({ subdistrict, zone, nr, ...row })))}`
}

export async function readFunds(sql: SqlOrTx, { subdistrict, zone }: Pick<ZoneHead, 'subdistrict' | 'zone'>): Promise<ZoneFund[]> {
  return await sql<ZoneFund[]>`
    select source, yuan, paid_yuan as "paidYuan", note
    from zone_funds
    where subdistrict = ${subdistrict} and zone = ${zone}
    order by nr`
}

export async function replaceFunds(tx: Tx, { subdistrict, zone }: ZoneHead, funds: readonly ZoneFund[]): Promise<void> {
  await tx`delete from zone_funds where subdistrict = ${subdistrict} and zone = ${zone}`
  if (funds.length > 0) {
    await tx`insert into zone_funds ${tx(funds.map(({ source, yuan, paidYuan, note }, nr) => ({
      subdistrict,
      zone,
      nr,
      source,
      yuan,
      paid_yuan: paidYuan,
      note,
    })))}`
  }
}

export interface ZoneChangeRow { version: number, at: Date, actor: string, actorName: string, part: string, before: unknown, after: unknown }

export async function writeChange(tx: Tx, { subdistrict, zone, version }: ZoneHead, { at, actor, actorName, part, before, after }: Omit<ZoneChangeRow, 'version'>): Promise<void> {
  await tx`
    insert into zone_changes (subdistrict, zone, version, at, actor, actor_name, part, before, after)
    values (${subdistrict}, ${zone}, ${version + 1}, ${at}, ${actor}, ${actorName}, ${part}, ${JSON.stringify(before)}::text::jsonb,
      ${JSON.stringify(after)}::text::jsonb)`
}

/** The newest first. */
export async function readChanges(sql: SqlOrTx, { subdistrict, zone }: ZoneHead, limit: number): Promise<ZoneChangeRow[]> {
  return await sql<ZoneChangeRow[]>`
    select version, at, actor, actor_name as "actorName", part, before, after
    from zone_changes
    where subdistrict = ${subdistrict} and zone = ${zone}
    order by zone_changes.version desc
    limit ${limit}`
}

/** Terms that were set; a subdistrict's own go before those for everywhere (subdistrict ''). */
export async function readLadderTerms(sql: SqlOrTx, subdistrict: string): Promise<LadderTerm[]> {
  return await sql<LadderTerm[]>`
    select distinct on (step) step, days, source
    from ladder_terms
    where subdistrict in ('', ${subdistrict})
    order by step, subdistrict desc`
}

export async function putLadderTerms(tx: Tx, subdistrict: string, terms: readonly LadderTerm[]): Promise<void> {
  for (const { step, days, source } of terms) {
    await tx`
      insert into ladder_terms (subdistrict, step, days, source)
      values (${subdistrict}, ${step}, ${days}, ${source})
      on conflict (subdistrict, step) do update
      set days = excluded.days, source = excluded.source, updated_at = now()`
  }
}

export interface ScheduledZone {
  subdistrict: string
  zone: string
  name: string
  community: string | null
  batch: string | null
  stage: RenovationStage
  contractor: string | null
  propertyCompany: string | null
  planStart: string | null
  planEnd: string | null
  realStart: string | null
  realEnd: string | null
  warrantyEnd: string | null
  openLeftovers: number
}

/** Zones that the asker may see, by batch and name. */
export async function listZones(sql: SqlOrTx, scope: string | null): Promise<ScheduledZone[]> {
  return await sql<ScheduledZone[]>`
    select subdistrict, id as zone, name, community, batch, stage, contractor, property_company as "propertyCompany",
      plan_start as "planStart", plan_end as "planEnd", real_start as "realStart", real_end as "realEnd",
      warranty_end as "warrantyEnd", open_leftovers as "openLeftovers"
    from renovation_zones
    where true ${inScope(sql, scope)}
    order by batch nulls last, name, id`
}

export async function allZoneIds(sql: SqlOrTx): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`select id from renovation_zones order by id`
  return rows.map(({ id }) => id)
}

/** Outlines of zones and subdistricts, for what may not lie over or outside of them. */
export async function listZoneOutlines(sql: SqlOrTx): Promise<{ id: string, name: string, geometry: Polygon | MultiPolygon }[]> {
  return await sql<{ id: string, name: string, geometry: Polygon | MultiPolygon }[]>`select id, name, geometry from renovation_zones order by id`
}

/** Which figures of a zone follow from what is kept in detail: a file's sum does not overwrite them. */
export async function zonesWithDetails(sql: SqlOrTx): Promise<Map<string, string[]>> {
  const rows = await sql<{ zone: string, fields: string[] }[]>`
    select zone, json_agg(distinct field) as fields
    from (
      select zone, 'openLeftovers' as field from zone_leftovers
      union all select zone, 'consentRate' from zone_consents
      union all select zone, 'fundsYuan' from zone_funds
    ) as detail
    group by zone`
  return new Map(rows.map(({ zone, fields }) => [zone, fields]))
}

/** An import is a line of the history as any other change; whoever edits meanwhile is told that the ledger has changed. */
export async function noteImportedZones(tx: Tx, changes: readonly { id: string, before: unknown, after: unknown }[], at: Date): Promise<void> {
  await tx`
    with raised as (
      update renovation_zones
      set ledger_version = ledger_version + (change.before is not null)::integer
      from json_to_recordset(${JSON.stringify(changes)}::text::json) as change (id text, before jsonb, after jsonb)
      where renovation_zones.id = change.id
      returning subdistrict, renovation_zones.id, ledger_version, change.before, change.after
    )
    insert into zone_changes (subdistrict, zone, version, at, actor, actor_name, part, before, after)
    select subdistrict, id, ledger_version, ${at}, 'system', 'import', 'import', before, after
    from raised`
}

/** Those of the zones of which something is kept in detail that would be lost with them. */
export async function zonesWithLedger(sql: SqlOrTx, zones: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ zone: string }[]>`
    select zone
    from (
      select zone from zone_leftovers
      union select zone from zone_consents
      union select zone from zone_funds
      union select zone from property_places where exists (select from property_steps where property_steps.place = property_places.place)
    ) as kept
    where zone = any(${zones as string[]}::text[])`
  return new Set(rows.map(({ zone }) => zone))
}

export async function removeZone(tx: Tx, subdistrict: string, id: string): Promise<void> {
  await tx`delete from renovation_zones where subdistrict = ${subdistrict} and id = ${id}`
}
