import type { CaseFeature } from '#contract/case.ts'
import type { LedgerSort } from '#contract/ledger.ts'
import type { Sql, SqlOrTx, Tx } from '../connect.ts'
import type { CaseRow } from './cases.ts'
import type { LedgerFilter } from './ledger-filter.ts'
import type { LedgerOrder, LedgerPart } from './ledger-order.ts'
import { caseColumns, caseFeature } from './cases.ts'
import { ledgerConditions } from './ledger-filter.ts'
import { ledgerOrder } from './ledger-order.ts'

export interface LedgerRequest {
  filter: LedgerFilter
  sort: LedgerSort
  descending: boolean
  limit: number
  /** After this row of the same order … */
  after?: LedgerCursor | undefined
  /** … or so many rows from its beginning. */
  offset?: number | undefined
}

export interface LedgerCursor {
  /** Index of the part of the order (ledger-order.ts) that the last row was in. */
  part: number
  /** What orders it within the part, as text. */
  value: string | null
  id: string
  /** At most `countedAtMost` fit. */
  few: boolean
}

export interface LedgerAnswered {
  /** Counted on the first page only. */
  total: number | null
  totalIsExact: boolean
  features: CaseFeature[]
  next: LedgerCursor | null
}

interface Bounds {
  /** Beyond so many nobody counts on. */
  countedAtMost: number
  /** Rows of an order that are looked through for a page before all that fit are gathered and sorted instead. */
  lookedThrough: number
}
const usualBounds: Bounds = { countedAtMost: 10_000, lookedThrough: 20_000 }

type Row = CaseRow & { part: number, value: string | null }

/**
 * A page of the ledger.
 *
 * Few rows fit: the filters' indexes find them, they are counted and sorted. Many fit: the order's index is walked, since a page of
 * them must come soon; where it does not (all open cases are young, and the oldest are asked for) they are gathered after all.
 * Measured by `npm run bench -- cases`.
 */
export async function findLedger(sql: Sql, request: LedgerRequest, bounds = usualBounds): Promise<LedgerAnswered> {
  const answered = await sql.begin('read only', async (tx) => {
    await planForTheseValues(tx)
    const { after, offset = 0 } = request
    const first = after
      ? null
      : await countAndGather(tx, request, bounds)
    const rows = first?.rows ?? (after?.few
      ? await gather(tx, request)
      : await walkParts(tx, request, offset, bounds))
    return { counted: first?.counted ?? null, few: after?.few ?? first!.rows !== null, rows }
  })
  return pageOf(answered, request.limit, bounds)
}

function pageOf({ counted, few, rows }: { counted: number | null, few: boolean, rows: Row[] }, limit: number, { countedAtMost }: Bounds): LedgerAnswered {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    total: counted === null
      ? null
      : Math.min(counted, countedAtMost),
    totalIsExact: counted !== null && counted <= countedAtMost,
    features: page.map(caseFeature),
    next: rows.length > limit && last
      ? {
          part: last.part,
          value: last.value,
          id: last.id,
          few,
        }
      : null,
  }
}

/** A plan made for any values would treat a rare kind like a common one; parallel workers start slower than a page is found. */
async function planForTheseValues(tx: Tx): Promise<void> {
  await tx`
    select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('random_page_cost', '1.1', true),
      set_config('max_parallel_workers_per_gather', '0', true)`
}

/** How many fit, counted up to `most`. */
export async function countLedger(sql: Sql, filter: LedgerFilter, most: number): Promise<number> {
  return await sql.begin('read only', async (tx) => {
    await planForTheseValues(tx)
    return await countUpTo(tx, ledgerConditions(tx, filter), most)
  })
}

/** All that fit in their order, up to `most`, a few hundred at a time as they are taken. */
export async function* readLedger(sql: Sql, { filter, sort, descending }: Pick<LedgerRequest, 'filter' | 'sort' | 'descending'>, most: number): AsyncGenerator<{ feature: CaseFeature, sourceRef: string | null }[]> {
  const order = ledgerOrder(sql, sort, descending, filter)
  const batches = sql<(CaseRow & { source_ref: string | null })[]>`
    select ${caseColumns(sql)}, source_ref
    from cases
    where ${ledgerConditions(sql, filter)}
    order by ${order.partOf}, ${order.column} ${direction(sql, order.descending)}, id ${direction(sql, order.idDescending)}
    limit ${most}`.cursor(500)
  for await (const rows of batches) {
    yield rows.map(row => ({
      feature: caseFeature(row),
      sourceRef: row.source_ref,
    }))
  }
}

async function countUpTo(sql: SqlOrTx, conditions: ReturnType<typeof ledgerConditions>, most: number): Promise<number> {
  const [row] = await sql<[{ number: number }]>`
    select count(*)::integer as number
    from (select from cases where ${conditions} limit ${most}) as fitting`
  return row.number
}

/**
 * How many fit and, where they are few, the page of them: looked for once. Only what orders them is kept of each until it is known
 * which are on the page.
 */
async function countAndGather(tx: Tx, { filter, sort, descending, limit, offset = 0 }: LedgerRequest, { countedAtMost }: Bounds): Promise<{ counted: number, rows: Row[] | null }> {
  const order = ledgerOrder(tx, sort, descending, filter)
  const inOrder = tx`part, by_column ${direction(tx, order.descending)}, page_id ${direction(tx, order.idDescending)}`
  const found = await tx<(Row & { counted: number, page_id: string | null })[]>`
    with fitting as materialized (
      select id as page_id, ${order.partOf} as part, ${order.column} as by_column, ${order.asText} as value
      from cases
      where ${ledgerConditions(tx, filter)}
      limit ${countedAtMost + 1}
    ), counted as (
      select count(*)::integer as counted from fitting
    ), page as (
      select page_id, part, by_column, value
      from fitting
      where (select counted from counted) <= ${countedAtMost}
      order by ${inOrder}
      limit ${limit + 1} offset ${offset}
    )
    select counted, page_id, part, value, ${caseColumns(tx)}
    from counted
      left join page on true
      left join cases on cases.id = page_id
    order by ${inOrder}`
  const { counted } = found[0]!
  return {
    counted,
    rows: counted <= countedAtMost
      ? found.filter(row => row.page_id !== null)
      : null,
  }
}

/** All that fit, sorted: the expression of the part keeps the planner from walking an index for it. */
async function gather(tx: Tx, { filter, sort, descending, limit, after, offset = 0 }: LedgerRequest, only?: number): Promise<Row[]> {
  const order = ledgerOrder(tx, sort, descending, filter)
  return await tx<Row[]>`
    select ${caseColumns(tx)}, ${order.partOf} as part, ${order.asText} as value
    from cases
    where ${ledgerConditions(tx, filter)}
      ${only === undefined
        ? tx``
        : tx`and ${order.parts[only]!.is}`}
      ${after
        ? tx`and (${order.partOf} > ${after.part} or (${order.partOf} = ${after.part} and ${beyond(tx, order, order.parts[after.part]!, after)}))`
        : tx``}
    order by ${order.partOf}, ${order.column} ${direction(tx, order.descending)}, id ${direction(tx, order.idDescending)}
    limit ${limit + 1} offset ${offset}`
}

/** Part by part until the page is full. A part of which few fit is gathered at once: its rows may lie anywhere in the order's index. */
async function walkParts(tx: Tx, request: LedgerRequest, offset: number, bounds: Bounds): Promise<Row[]> {
  const { filter, sort, descending, limit, after } = request
  const order = ledgerOrder(tx, sort, descending, filter)
  const rows: Row[] = []
  let toSkip = offset
  for (const [index, part] of order.parts.entries()) {
    if (after && index < after.part)
      continue
    const fitting = tx`${ledgerConditions(tx, filter)} and ${part.is}`
    const number = order.parts.length > 1
      ? await countUpTo(tx, fitting, bounds.countedAtMost + 1)
      : Infinity
    const isFew = number <= bounds.countedAtMost
    if (isFew && number <= toSkip) {
      toSkip -= number
      continue
    }
    const rest: LedgerRequest = {
      ...request,
      limit: limit - rows.length,
      after: after?.part === index
        ? after
        : undefined,
      offset: toSkip,
    }
    const found = isFew
      ? await gather(tx, rest, index)
      : await walk(tx, order, index, rest, bounds) ?? await gather(tx, rest, index)
    rows.push(...found)
    if (rows.length > limit)
      break
    if (toSkip > 0) {
      toSkip = found.length > 0
        ? 0
        : toSkip - await countUpTo(tx, fitting, toSkip)
    }
  }
  return rows
}

/**
 * The first that fit among the next rows of the order; null when they do not fill the page and there are more rows to look through.
 * Whether a row fits is told beside its number alone: the whole row, ten times as wide, is fetched for the page only.
 */
async function walk(tx: Tx, order: LedgerOrder, index: number, { filter, limit, after, offset = 0 }: LedgerRequest, { lookedThrough }: Bounds): Promise<Row[] | null> {
  const part = order.parts[index]!
  const wanted = limit + 1
  const most = lookedThrough + 3 * offset
  const byColumn = part.byColumn
    ? tx`${order.column} ${direction(tx, order.descending)},`
    : tx``
  const rows = await tx<Row[]>`
    select ${caseColumns(tx)}, ${index}::integer as part, ${order.asText} as value
    from cases
    where id in (
      select near.id
      from (
        select id, ${part.is} and ${ledgerConditions(tx, filter)} as fits
        from cases
        where ${part.entry}
          ${after
            ? tx`and ${beyond(tx, order, part, after)}`
            : tx``}
        order by ${byColumn} id ${direction(tx, order.idDescending)}
        limit ${most}
      ) as near
      where fits
      limit ${wanted} offset ${offset}
    )
    order by ${byColumn} id ${direction(tx, order.idDescending)}`
  return rows.length >= wanted
    ? rows
    : null
}

/** Which rows of a part come after the cursor's. */
function beyond(sql: SqlOrTx, order: LedgerOrder, part: LedgerPart, { value, id }: LedgerCursor) {
  const later = (descending: boolean) => descending
    ? sql`<`
    : sql`>`
  return part.byColumn && value !== null
    ? sql`(${order.column}, id) ${later(order.descending)} (${order.fromText(value)}, ${id})`
    : sql`id ${later(order.idDescending)} ${id}`
}

function direction(sql: SqlOrTx, descending: boolean) {
  return descending
    ? sql`desc`
    : sql`asc`
}
