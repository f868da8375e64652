import type { CaseKind, CaseStatus, Urgency } from '#contract/case.ts'
import type { LedgerAnswer, LedgerDue } from '#contract/ledger.ts'
import type { SqlOrTx } from '../connect.ts'
import { CaseSource } from '#contract/case.ts'

/** What a case must be to be listed; what is absent does not matter. */
export interface LedgerFilter {
  ids?: string[] | undefined
  statuses?: CaseStatus[] | undefined
  kinds?: CaseKind[] | undefined
  sources?: CaseSource[] | undefined
  urgencies?: Urgency[] | undefined
  /** Code of a grid, community, subdistrict or district. */
  region?: string | undefined
  compound?: number | undefined
  zone?: string | undefined
  worksite?: string | undefined
  /** Officer id; null = nobody has it. */
  assignee?: string | null | undefined
  due?: LedgerDue | undefined
  answer?: LedgerAnswer | undefined
  /** Call-backs in a row that ended dissatisfied, at least. */
  dissatisfied?: number | undefined
  supervised?: true | undefined
  unlocated?: true | undefined
  reported?: Period | undefined
  dueIn?: Period | undefined
  closed?: Period | undefined
  updated?: Period | undefined
  /** Words that must all occur in the text or address; or the beginning of a number. */
  words?: string[] | undefined
  phoneHash?: string | undefined
  /** What the caller may see at all: server/access/scope.ts. */
  scope?: string | null | undefined
  now: Date
}

/** From `from` on and before `to`. */
export interface Period {
  from?: Date | undefined
  to?: Date | undefined
}

const soonHours = 24

/**
 * The conditions of a filter, `and` before each. Statuses of a deadline stand as constants in the text, so that the planner
 * recognises the partial indexes made for them.
 */
export function ledgerConditions(sql: SqlOrTx, filter: LedgerFilter) {
  const all = [
    filter.ids && sql`and id = any(${filter.ids})`,
    filter.statuses && sql`and status = any(${filter.statuses})`,
    filter.kinds && sql`and kind = any(${filter.kinds})`,
    filter.sources && sql`and source = any(${filter.sources})`,
    filter.urgencies && sql`and urgency = any(${filter.urgencies})`,
    filter.region !== undefined && inRegion(sql, filter.region),
    filter.compound !== undefined && sql`and compound = ${filter.compound}`,
    filter.zone !== undefined && sql`and zone = ${filter.zone}`,
    filter.worksite !== undefined && sql`and worksite = ${filter.worksite}`,
    filter.assignee !== undefined && (filter.assignee === null
      ? sql`and assignee is null`
      : sql`and assignee = ${filter.assignee}`),
    filter.due && sql`and status not in ('resolved', 'closed', 'archived', 'merged')`,
    filter.due === 'overdue' && sql`and due_at < ${filter.now}`,
    filter.due === 'soon' && sql`and due_at >= ${filter.now} and due_at < ${new Date(filter.now.getTime() + soonHours * 3_600_000)}`,
    filter.answer === 'satisfied' && sql`and satisfied`,
    filter.answer === 'dissatisfied' && sql`and not satisfied`,
    filter.answer === 'none' && sql`and satisfied is null`,
    filter.dissatisfied !== undefined && sql`and dissatisfied_in_row >= ${filter.dissatisfied} and dissatisfied_in_row > 0`,
    filter.supervised && sql`and supervised`,
    filter.unlocated && sql`and location is null`,
    ...within(sql, 'reported_at', filter.reported),
    ...within(sql, 'due_at', filter.dueIn),
    ...within(sql, 'closed_at', filter.closed),
    ...within(sql, 'updated_at', filter.updated),
    ...(filter.words ?? []).map(word => withWord(sql, word)),
    filter.phoneHash !== undefined && sql`and contact_phone_hash = ${filter.phoneHash}`,
    filter.scope && inScope(sql, filter.scope),
  ]
  return all.filter(condition => condition !== undefined && condition !== false && condition !== null && condition !== '')
    .reduce((before, condition) => sql`${before} ${condition}`, sql`true`)
}

/** A code's length tells its level (15 digits a grid, 12 a community, 9 a subdistrict), and with it the index. */
function inRegion(sql: SqlOrTx, region: string) {
  if (/^\d{15}$/.test(region))
    return sql`and grid = ${region}`
  if (/^\d{12}$/.test(region))
    return sql`and community = ${region}`
  if (/^\d{1,9}$/.test(region))
    return sql`and starts_with(subdistrict, ${region})`
  return sql`and ${region} in (community, grid)`
}

function inScope(sql: SqlOrTx, scope: string) {
  return scope.startsWith('officer:')
    ? sql`and assignee = ${scope.slice('officer:'.length)}`
    : inRegion(sql, scope)
}

function within(sql: SqlOrTx, column: string, period: Period | undefined) {
  return [
    period?.from && sql`and ${sql(column)} >= ${period.from}`,
    period?.to && sql`and ${sql(column)} < ${period.to}`,
  ]
}

/**
 * Two letters are found by the index alone. Of longer words the index finds where all their pairs occur (3号楼 also in 13号院2号楼):
 * those are looked at. Most are settled by the text as it stands; only the rest pays for full-width letters and capitals.
 */
function withWord(sql: SqlOrTx, word: string) {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`
  const found = sql`search_grams(content || ' ' || coalesce(address, '')) @> search_grams(${word})`
  const checked = [...word].length > 2
    ? sql`and (content like ${pattern} or address like ${pattern} or lower(normalize(content || ' ' || coalesce(address, ''), nfkc)) like ${pattern})`
    : sql``
  const start = numberStart(word)
  return start === null
    ? sql`and ${found} ${checked}`
    : sql`and (${found} ${checked} or ${begins(sql, 'id', start)} or source = any(${CaseSource.options as string[]}) and ${begins(sql, 'source_ref', word.toUpperCase())})`
}

/** 'gd2611240001' and '2611240001' may be the beginning of a case's number, JN00012 of one elsewhere; null where the word cannot be. */
function numberStart(word: string): string | null {
  const [, letters, digits] = word.match(/^([a-z]*)(\d{4,30})$/i) ?? []
  return digits === undefined
    ? null
    : letters === ''
      ? `GD${digits}`
      : word.toUpperCase()
}

/** Begins with these letters and ends on a digit: a range, which any index serves. */
function begins(sql: SqlOrTx, column: 'id' | 'source_ref', start: string) {
  const beyond = start.slice(0, -1) + String.fromCharCode(start.charCodeAt(start.length - 1) + 1)
  return sql`${sql(column)} >= ${start} and ${sql(column)} < ${beyond}`
}
