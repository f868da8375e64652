import type { VisitState, WorksiteVisit } from '#contract/worksite-visit.ts'
import type { SqlOrTx, Tx } from '../connect.ts'

export interface VisitRow extends Omit<WorksiteVisit, 'worksiteName' | 'community' | 'warning' | 'owedYuan' | 'overdueDays' | 'plannedBy'> {
  subdistrict: string
  plannedBy: string
  plannedAt: Date
  endedBy: string | null
}
export interface ListedVisit extends VisitRow, Pick<WorksiteVisit, 'worksiteName' | 'community' | 'warning' | 'owedYuan'> {}

export interface VisitFilter {
  scope: string | null
  /** days, both included; what is planned and not done from before stays in the list */
  from?: string | undefined
  to?: string | undefined
  worksite?: string | undefined
  id?: string | undefined
}

/** By the day for which they are planned. */
export async function listVisits(sql: SqlOrTx, { scope, from, to, worksite, id }: VisitFilter): Promise<ListedVisit[]> {
  return await sql<ListedVisit[]>`
    select visit.subdistrict, visit.id, worksite, site.name as "worksiteName", site.community, site.warning, owed_yuan as "owedYuan",
      planned_on as "plannedOn", visitor, purpose, state, moves, done_on as "doneOn", finding, people_met as "peopleMet",
      to_json(documents) as documents, reason, planned_by as "plannedBy", planned_at as "plannedAt", ended_by as "endedBy"
    from worksite_visits as visit
    join worksites as site on site.subdistrict = visit.subdistrict and site.id = visit.worksite
    where true
      ${scope === null
        ? sql``
        : sql`and (site.community = ${scope} or starts_with(site.subdistrict, ${scope}))`}
      ${from === undefined
        ? sql``
        : sql`and (planned_on >= ${from} or state = 'planned')`}
      ${to === undefined
        ? sql``
        : sql`and planned_on <= ${to}`}
      ${worksite === undefined
        ? sql``
        : sql`and worksite = ${worksite}`}
      ${id === undefined
        ? sql``
        : sql`and visit.id = ${id}`}
    order by planned_on, site.name, visit.id
    limit 2000`
}

/** Of these sites, those that the asker may see. */
export async function sitesInScope(sql: SqlOrTx, ids: readonly string[], scope: string | null): Promise<Map<string, { subdistrict: string, community: string | null }>> {
  const rows = await sql<{ subdistrict: string, id: string, community: string | null }[]>`
    select subdistrict, id, community
    from worksites as site
    where id = any(${ids as string[]}::text[])
      ${scope === null
        ? sql``
        : sql`and (site.community = ${scope} or starts_with(site.subdistrict, ${scope}))`}`
  return new Map(rows.map(({ id, ...site }) => [id, site]))
}

/** Visits that are planned for these sites: site, day and visitor. */
export async function plannedVisits(sql: SqlOrTx, worksites: readonly string[]): Promise<{ worksite: string, plannedOn: string, visitor: string }[]> {
  return await sql<{ worksite: string, plannedOn: string, visitor: string }[]>`
    select worksite, planned_on as "plannedOn", visitor
    from worksite_visits
    where worksite = any(${worksites as string[]}::text[]) and state = 'planned'`
}

export async function writeVisit(tx: Tx, row: VisitRow): Promise<void> {
  await tx`
    insert into worksite_visits (subdistrict, id, worksite, planned_on, visitor, purpose, state, moves, done_on, finding, people_met,
      documents, reason, planned_by, planned_at, ended_by)
    values (${row.subdistrict}, ${row.id}, ${row.worksite}, ${row.plannedOn}, ${row.visitor}, ${row.purpose}, ${row.state},
      ${JSON.stringify(row.moves)}::text::jsonb, ${row.doneOn}, ${row.finding}, ${row.peopleMet}, ${row.documents}::text[], ${row.reason},
      ${row.plannedBy}, ${row.plannedAt}, ${row.endedBy})
    on conflict (subdistrict, id) do update
    set planned_on = excluded.planned_on, visitor = excluded.visitor, state = excluded.state, moves = excluded.moves,
      done_on = excluded.done_on, finding = excluded.finding, people_met = excluded.people_met, documents = excluded.documents,
      reason = excluded.reason, ended_by = excluded.ended_by`
}

/** What the map shows of visits: the day of the first that is planned and not done; only sites where it is another one now come back. */
export async function settleVisits(tx: Tx, worksites: readonly string[]): Promise<Map<string, string | null>> {
  const state: VisitState = 'planned'
  const rows = await tx<{ id: string, nextVisit: string | null }[]>`
    update worksites as site
    set next_visit = (
      select min(planned_on) from worksite_visits as visit
      where visit.subdistrict = site.subdistrict and visit.worksite = site.id and state = ${state})
    where id = any(${worksites as string[]}::text[]) and next_visit is distinct from (
      select min(planned_on) from worksite_visits as visit
      where visit.subdistrict = site.subdistrict and visit.worksite = site.id and state = ${state})
    returning id, next_visit as "nextVisit"`
  return new Map(rows.map(({ id, nextVisit }) => [id, nextVisit]))
}
