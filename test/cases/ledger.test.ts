import type { CaseFeature } from '#contract/case.ts'
import type { LedgerFilter } from '../../db/queries/ledger-filter.ts'
import type { LedgerCursor } from '../../db/queries/ledger.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CaseKind, CaseSource, CaseStatus, stageOfStatus, Urgency } from '#contract/case.ts'
import { LedgerSort } from '#contract/ledger.ts'
import { fillCases } from '../../bench/cases/fill-cases.ts'
import { findLedger } from '../../db/queries/ledger.ts'
import { testDatabase } from '../world/database.ts'

/** 400 made-up cases; every mixture of filters and orders must list what a plain loop over all of them finds. */
const db = await testDatabase()
const now = new Date('2026-11-16T12:00:00Z')

interface Known extends Omit<CaseFeature['properties'], 'zone'> { updatedAt: string, compound: number | null, zone: string | null, located: boolean, phoneHash: string }
let all: Known[]
beforeAll(async () => {
  await fillCases(db.sql, 999_400, 999_800)
  const rows = await db.sql`
    select id, kind, source, status, urgency, content, address, community, grid, compound, zone, worksite, assignee, supervised, satisfied,
      dissatisfied_in_row as "dissatisfiedInRow", reported_at as "reportedAt", due_at as "dueAt", closed_at as "closedAt", updated_at as "updatedAt",
      location is not null as located, contact_phone_hash as "phoneHash"
    from cases`
  all = rows.map(row => Object.fromEntries(Object.entries(row).map(([name, value]) => [
    name,
    value instanceof Date
      ? value.toISOString()
      : value,
  ]))) as unknown as Known[]
})
afterAll(db.drop)

const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 4 })
const moment = fc.date({
  min: new Date('2026-11-14T00:00:00Z'),
  max: new Date('2026-11-26T00:00:00Z'),
  noInvalidDate: true,
})
const filters: fc.Arbitrary<LedgerFilter> = fc.record({
  statuses: some(CaseStatus.options),
  kinds: some(CaseKind.options),
  sources: some(CaseSource.options),
  urgencies: some(Urgency.options),
  region: fc.constantFrom('990101001', '990101001001', '990101001002', '990101001001005', '9901'),
  zone: fc.constantFrom('zone-1', 'zone-2'),
  assignee: fc.constantFrom('G003', 'G004', 'G005', null),
  due: fc.constantFrom('overdue' as const, 'soon' as const),
  answer: fc.constantFrom('satisfied' as const, 'dissatisfied' as const, 'none' as const),
  dissatisfied: fc.constantFrom(1, 2),
  supervised: fc.constant(true as const),
  unlocated: fc.constant(true as const),
  reported: fc.record({ from: moment, to: moment }, { requiredKeys: [] }),
  closed: fc.record({ from: moment }),
  words: fc.uniqueArray(fc.constantFrom('噪声', '漏水', '3号楼', '老人', '新村1', '甸柳新村', '楼2单'), { minLength: 1, maxLength: 2 }),
  scope: fc.constantFrom('990101001001', 'officer:G003'),
}, { requiredKeys: [] }).map(filter => ({ ...filter, now }))

function fits(item: Known, filter: LedgerFilter): boolean {
  const over = stageOfStatus[item.status] === 'done'
  const due = item.dueAt === null
    ? Number.NaN
    : Date.parse(item.dueAt)
  const during = (instant: string | null, period: LedgerFilter['reported']) => period === undefined || (!period.from && !period.to) || (
    instant !== null && (!period.from || Date.parse(instant) >= period.from.getTime()) && (!period.to || Date.parse(instant) < period.to.getTime()))
  const inRegion = (region: string) => [item.community, item.grid].includes(region) || '990101001'.startsWith(region)
  const hour = 3_600_000
  return (!filter.statuses || filter.statuses.includes(item.status))
    && (!filter.kinds || filter.kinds.includes(item.kind))
    && (!filter.sources || filter.sources.includes(item.source))
    && (!filter.urgencies || filter.urgencies.includes(item.urgency))
    && (filter.region === undefined || inRegion(filter.region))
    && (filter.zone === undefined || item.zone === filter.zone)
    && (filter.assignee === undefined || item.assignee === filter.assignee)
    && (!filter.due || (!over && item.status !== 'resolved' && (filter.due === 'overdue'
      ? due < now.getTime()
      : due >= now.getTime() && due < now.getTime() + 24 * hour)))
    && (!filter.answer || item.satisfied === { satisfied: true, dissatisfied: false, none: null }[filter.answer])
    && (filter.dissatisfied === undefined || item.dissatisfiedInRow >= filter.dissatisfied)
    && (!filter.supervised || item.supervised)
    && (!filter.unlocated || !item.located)
    && during(item.reportedAt, filter.reported)
    && during(item.closedAt, filter.closed)
    && (filter.words ?? []).every(word => `${item.content} ${item.address ?? ''}`.includes(word))
    && (!filter.scope || (filter.scope.startsWith('officer:')
      ? item.assignee === filter.scope.slice(8)
      : inRegion(filter.scope)))
}

/** What orders the rows, as comparable text; null = comes last. */
function valueOf(item: Known, sort: LedgerSort): number | string | null {
  switch (sort) {
    case 'status': return CaseStatus.options.indexOf(item.status)
    case 'kind': return CaseKind.options.indexOf(item.kind)
    case 'source': return CaseSource.options.indexOf(item.source)
    case 'urgency': return Urgency.options.indexOf(item.urgency)
    case 'dissatisfied': return item.dissatisfiedInRow
    default: return item[sort]
  }
}

function isOrdered(page: Known[], sort: LedgerSort, descending: boolean): boolean {
  return page.every((item, index) => {
    const [before, value] = [
      index === 0
        ? undefined
        : valueOf(page[index - 1]!, sort),
      valueOf(item, sort),
    ]
    if (before === undefined || value === null)
      return true
    return before !== null && (descending
      ? before >= value
      : before <= value)
  })
}

async function listAll(filter: LedgerFilter, sort: LedgerSort, descending: boolean, bounds: { countedAtMost: number, lookedThrough: number }) {
  const ids: string[] = []
  let after: LedgerCursor | undefined
  let total: number | null = null
  for (;;) {
    const page = await findLedger(db.sql, {
      filter,
      sort,
      descending,
      limit: 37,
      after,
    }, bounds)
    total ??= page.total
    ids.push(...page.features.map(({ id }) => id))
    if (!page.next)
      return { ids, total }
    after = page.next
  }
}

it('any mixture of filters in any order lists each case that fits once, whether few fit or many', async () => {
  const byId = new Map(all.map(item => [item.id, item]))
  await fc.assert(fc.asyncProperty(filters, fc.constantFrom(...LedgerSort.options), fc.boolean(), fc.constantFrom(
    { countedAtMost: 10_000, lookedThrough: 20_000 },
    { countedAtMost: 3, lookedThrough: 20_000 },
    { countedAtMost: 3, lookedThrough: 60 },
  ), async (filter, sort, descending, bounds) => {
    const { ids, total } = await listAll(filter, sort, descending, bounds)
    const wanted = all.filter(item => fits(item, filter)).map(({ id }) => id)
    expect(ids.toSorted()).toEqual(wanted.toSorted())
    expect(total).toBe(Math.min(wanted.length, bounds.countedAtMost))
    expect(isOrdered(ids.map(id => byId.get(id)!), sort, descending)).toBe(true)
  }), { numRuns: 120, seed: 5 })
})

it('a page from a row on is the same as by going there', async () => {
  const few = { countedAtMost: 10_000, lookedThrough: 20_000 }
  const many = { countedAtMost: 3, lookedThrough: 60 }
  for (const bounds of [few, many]) {
    for (const sort of LedgerSort.options) {
      const filter = {
        now,
        kinds: [
          'property',
          'noise',
          'traffic',
          'renovation',
        ] as CaseKind[],
      }
      const { ids } = await listAll(filter, sort, true, bounds)
      const { features } = await findLedger(db.sql, {
        filter,
        sort,
        descending: true,
        limit: 20,
        offset: 90,
      }, bounds)
      expect(features.map(({ id }) => id), sort).toEqual(ids.slice(90, 110))
    }
  }
})

it('a case is found by the beginning of its number, here or where it came from, in any letters', async () => {
  const { id } = all[100]!
  const find = async (word: string) => (await findLedger(db.sql, {
    filter: {
      now,
      words: [word],
    },
    sort: 'id',
    descending: true,
    limit: 100,
  })).features.map(feature => feature.id)
  expect(await find(id.slice(0, 12))).toEqual(all.filter(item => item.id.startsWith(id.slice(0, 12))).map(item => item.id))
  expect(await find(id.slice(2, 12).toLowerCase())).toContain(id)
  expect(await find('jn00999500')).toEqual([all.find(item => item.id.endsWith('-999500'))!.id])
})

it('full-width letters and capitals are found by the plain ones', async () => {
  await db.sql`update cases set content = '３号楼Ｂ座ＡＰＰ无法登录' where id = ${all[0]!.id}`
  for (const word of ['b座', '3号楼b', 'app']) {
    const { features } = await findLedger(db.sql, {
      filter: {
        now,
        words: [word],
      },
      sort: 'id',
      descending: true,
      limit: 10,
    })
    expect(features.map(({ id }) => id), word).toContain(all[0]!.id)
  }
})
