import type { LedgerSort } from '#contract/ledger.ts'
import type { SqlOrTx } from '../connect.ts'
import type { ledgerConditions, LedgerFilter, Period } from './ledger-filter.ts'
import { CaseKind, CaseSource, CaseStatus, stageOfStatus, Urgency } from '#contract/case.ts'

/** A piece of a statement. */
type Fragment = ReturnType<typeof ledgerConditions>

/**
 * How a ledger is ordered: part after part, and within a part by a column (where it has one) and the number. Parts are the values
 * of a list (each state in the order of a case's life), or what has a value before what has none.
 */
export interface LedgerOrder {
  parts: LedgerPart[]
  /** SQL that tells the index of a row's part. */
  partOf: Fragment
  /** SQL of the column within a part, as text for the cursor, and cursor's text → SQL of the column's type. */
  column: Fragment
  asText: Fragment
  fromText: (text: string) => Fragment
  descending: boolean
  /** Numbers of rows that are alike otherwise. */
  idDescending: boolean
}

export interface LedgerPart {
  /** Which rows are in it. */
  is: Fragment
  /** false: its rows are alike in the column; only the number orders them. */
  byColumn: boolean
  /** Conditions by which the index of the column can be entered where it matters, instead of at its end. */
  entry: Fragment
}

const lists = {
  status: CaseStatus.options,
  kind: CaseKind.options,
  source: CaseSource.options,
  urgency: Urgency.options,
} as const

const times = {
  reportedAt: 'reported_at',
  dueAt: 'due_at',
  closedAt: 'closed_at',
  updatedAt: 'updated_at',
} as const

export function ledgerOrder(sql: SqlOrTx, sort: LedgerSort, descending: boolean, filter: LedgerFilter): LedgerOrder {
  switch (sort) {
    case 'id':
      return byColumn(sql, sql`id`, descending, [
        { is: sql`true`, byColumn: false, entry: sql`true` },
      ], sql`(id = '')::integer`)
    case 'status':
    case 'kind':
    case 'source':
    case 'urgency':
      return byList(sql, sort, descending, filter)
    case 'dissatisfied':
      return byDissatisfaction(sql, descending)
    case 'community':
    case 'assignee':
      return nullsLast(sql, sort, sql`${sql(sort)}`, descending, entryByCode(sql, sort, filter))
    default: {
      const column = sql`${sql(times[sort])}`
      const entry = entryByTime(sql, sort, filter)
      return {
        ...(sort === 'dueAt' || sort === 'closedAt'
          ? nullsLast(sql, times[sort], column, descending, entry)
          // Never null, and never infinite: the planner must not see that the part is always 0 (ledger.ts, gather).
          : byColumn(sql, column, descending, [
              { is: sql`true`, byColumn: true, entry: sql`true ${entry}` },
            ], sql`(${column} = 'infinity')::integer`)),
        asText: sql`(extract(epoch from ${column}) * 1000000)::bigint::text`,
        fromText: text => sql`timestamptz 'epoch' + ${text}::text::bigint * interval '1 microsecond'`,
      }
    }
  }
}

function byList(sql: SqlOrTx, sort: keyof typeof lists, descending: boolean, filter: LedgerFilter): LedgerOrder {
  const asked = {
    status: filter.statuses,
    kind: filter.kinds,
    source: filter.sources,
    urgency: filter.urgencies,
  }[sort] as readonly string[] | undefined
  const forward = lists[sort].filter(value => asked === undefined || asked.includes(value))
  const values = descending
    ? forward.toReversed()
    : forward
  const parts = values.map(value => ({ is: sql`${sql(sort)} = ${value}`, byColumn: false, entry: sql`true` }))
  return {
    ...byColumn(sql, sql`null::text`, descending, parts, sql`array_position(${values}::text[], ${sql(sort)}) - 1`),
    idDescending: true,
  }
}

function byDissatisfaction(sql: SqlOrTx, descending: boolean): LedgerOrder {
  const some = { is: sql`dissatisfied_in_row > 0`, byColumn: true, entry: sql`dissatisfied_in_row > 0` }
  const none = { is: sql`dissatisfied_in_row = 0`, byColumn: false, entry: sql`true` }
  return {
    ...byColumn(sql, sql`dissatisfied_in_row`, descending, descending
      ? [some, none]
      : [none, some], descending
      ? sql`(dissatisfied_in_row = 0)::integer`
      : sql`(dissatisfied_in_row > 0)::integer`),
    fromText: text => sql`${text}::text::integer`,
  }
}

function nullsLast(sql: SqlOrTx, name: string, column: Fragment, descending: boolean, entry: Fragment): LedgerOrder {
  return byColumn(sql, column, descending, [
    { is: sql`${sql(name)} is not null`, byColumn: true, entry: sql`${sql(name)} is not null ${entry}` },
    { is: sql`${sql(name)} is null`, byColumn: false, entry: sql`true` },
  ], sql`(${sql(name)} is null)::integer`)
}

function byColumn(sql: SqlOrTx, column: Fragment, descending: boolean, parts: LedgerPart[], partOf: Fragment): LedgerOrder {
  return {
    parts,
    partOf,
    column,
    asText: sql`${column}::text`,
    fromText: text => sql`${text}::text`,
    descending,
    idDescending: descending,
  }
}

function entryByCode(sql: SqlOrTx, sort: 'community' | 'assignee', filter: LedgerFilter): Fragment {
  if (sort === 'assignee') {
    return filter.assignee
      ? sql`and assignee = ${filter.assignee}`
      : sql``
  }
  return filter.region !== undefined && /^\d{12}$/.test(filter.region)
    ? sql`and community = ${filter.region}`
    : sql``
}

function entryByTime(sql: SqlOrTx, sort: keyof typeof times, filter: LedgerFilter): Fragment {
  const period: Period | undefined = {
    reportedAt: filter.reported,
    dueAt: filter.dueIn,
    closedAt: filter.closed,
    updatedAt: filter.updated,
  }[sort]
  const column = sql(times[sort])
  return sql`
    ${period?.from
      ? sql`and ${column} >= ${period.from}`
      : sql``}
    ${period?.to
      ? sql`and ${column} < ${period.to}`
      : sql``}
    ${filter.due || filter.statuses?.every(status => stageOfStatus[status] !== 'done')
      ? sql`and status not in ('closed', 'archived', 'merged')`
      : sql``}
    ${sort === 'dueAt' && filter.due
      ? sql`and due_at ${filter.due === 'overdue'
        ? sql`<`
        : sql`>=`} ${filter.now}`
      : sql``}`
}
