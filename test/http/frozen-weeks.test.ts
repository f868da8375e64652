import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../../db/connect.ts'
import { BurnDown, CaseRates, FrozenWeek, FrozenWeeks, RateRows } from '#contract/figures.ts'
import { defaultCaseRules } from '../../server/cases/terms.ts'
import { freezeFinishedWeeks, weeksToFreeze } from '../../server/figures/freeze-weeks.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { town } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql) // its clock stands at noon of Tuesday 2026-11-24
const west = `${town}001`
const east = `${town}002`
const monday = '2026-11-16'
const days = 'from=2026-11-16&to=2026-11-22'
const at = (text: string) => new Date(`2026-${text.replace(' ', 'T')}:00+08:00`)
const square = {
  type: 'Polygon',
  coordinates: [
    [
      [116, 36],
      [117, 36],
      [117, 37],
      [116, 36],
    ],
  ],
}

beforeEach(async () => {
  await db.sql`truncate cases, case_steps, frozen_rate_rows, frozen_weeks, regions cascade`
  await db.sql`
    insert into regions (subdistrict, id, level, parent, name, geometry, bounds)
    select ${town}, id, level, parent, id, ${db.sql.json(square)}, box '((116,36),(117,37))'
    from (values (${town}, 'subdistrict', null), (${west}, 'community', ${town}), (${east}, 'community', ${town})) as told (id, level, parent)`
})

async function add(id: string, said: Record<string, unknown> = {}): Promise<void> {
  await db.sql`insert into cases ${db.sql({
    subdistrict: town,
    id,
    kind: 'noise',
    source: 'hotline',
    status: 'in-progress',
    content: '…',
    community: west,
    reported_at: at('11-03 08:00'),
    due_at: at('11-18 18:00'),
    contact_phone: new Uint8Array([1]),
    ...said,
  })}`
}
async function step(id: string, seq: number, when: string, action: string, from: string, to: string, said: Record<string, unknown> = {}): Promise<void> {
  await db.sql`insert into case_steps ${db.sql({
    subdistrict: town,
    case_id: id,
    seq,
    at: at(when),
    action,
    actor: 'duty',
    from_status: from,
    to_status: to,
    ...said,
  })}`
}
const freeze = (now = at('11-24 12:00'), sql = db.sql) => sql.begin(tx => freezeFinishedWeeks(tx, { rules: defaultCaseRules, now }))
async function read<T>(path: string, schema: { parse: (said: unknown) => T }, asker = http): Promise<T> {
  const answer = await asker.get(`/api/v1/figures/${path}`)
  expect(answer.status, path).toBe(200)
  return schema.parse(await answer.json())
}

describe('a week that is over', () => {
  it('is frozen with its figures, and what happens later alters the live figures but not the frozen ones', async () => {
    await add('late')
    await add('done', {
      status: 'closed',
      closed_at: at('11-17 09:00'),
      resolved_at: at('11-17 09:00'),
    })
    expect(await freeze()).toBe(1)
    const before = await read(`weeks/${monday}`, FrozenWeek)
    const inTime = before.rates.find(({ rate }) => rate === 'inTime')!
    expect([inTime.numerator, inTime.denominator]).toEqual([1, 2])

    await db.sql`update cases set status = 'closed', resolved_at = ${at('11-18 10:00')}, closed_at = ${at('11-18 10:00')} where id = 'late'`
    expect(await read(`weeks/${monday}`, FrozenWeek)).toEqual(before)
    const live = await read(`satisfaction?${days}`, CaseRates)
    expect(live.rates.find(({ rate }) => rate === 'inTime')!.numerator).toBe(2)
  })

  it('is frozen once by several processes, and the database refuses a change', async () => {
    await add('late')
    const others = Array.from({ length: 3 }, () => connect(db.url, { max: 1 }))
    const frozen = await Promise.all(others.map(sql => freeze(at('11-24 12:00'), sql)))
    await Promise.all(others.map(sql => sql.end({ timeout: 1 })))
    expect(frozen.toSorted()).toEqual([0, 0, 1])
    expect(await freeze()).toBe(0)
    await expect(db.sql`update frozen_weeks set figures = '{}'`).rejects.toThrow(/not changed/)
    await expect(db.sql`delete from frozen_rate_rows`).rejects.toThrow(/not changed/)
  })

  it('that ended while nobody ran is frozen at the next start, with the moment at which that was', async () => {
    await freeze(at('11-02 00:05'))
    expect(await freeze()).toBe(3)
    const { weeks } = await read('weeks', FrozenWeeks)
    expect(weeks.map(({ week }) => week)).toEqual([
      monday,
      '2026-11-09',
      '2026-11-02',
      '2026-10-26',
    ])
    expect(weeks[0]!.frozenAt).toBe(at('11-24 12:00').toISOString())
  })

  it('is over on Monday 00:00 in China and not before, whatever the machine\'s time zone', () => {
    expect(weeksToFreeze('2026-11-09', at('11-22 23:59'), 1)).toEqual([])
    expect(weeksToFreeze('2026-11-09', at('11-23 00:00'), 1)).toEqual([monday])
  })

  it('keeps the very cases behind each rate', async () => {
    await add('late')
    await add('merged', { status: 'merged' })
    await freeze()
    await db.sql`update cases set due_at = ${at('12-30 18:00')}`
    const { rows, total } = await read(`weeks/${monday}/rows?rate=done`, RateRows)
    expect(total).toBe(2)
    expect(rows.map(row => [row.case, row.part, row.reason])).toEqual([
      ['late', 'miss', null],
      ['merged', 'excluded', 'merged'],
    ])
  })

  it('shows somebody who is bound to a community that one only', async () => {
    await add('w')
    await add('e', { community: east, dissatisfied_in_row: 3 })
    await freeze()
    const asEast = http.as('community', { region: east })
    const week = await read(`weeks/${monday}`, FrozenWeek, asEast)
    expect(week.rates.find(({ rate }) => rate === 'done')!.denominator).toBe(1)
    expect(week.dissatisfied.communities.map(({ community, stock }) => [community, stock])).toEqual([
      [east, 1],
    ])
    expect(week.burnDown.openAtStart).toBe(1)
    expect((await read(`weeks/${monday}/rows?rate=done&region=${west}`, RateRows, asEast)).total).toBe(0)
    expect((await http.as('community', { region: `${east}001` }).get(`/api/v1/figures/weeks/${monday}`)).status).toBe(403)
  })

  it('that is not frozen, or is none, gets a clear answer', async () => {
    expect((await http.get('/api/v1/figures/weeks/2026-11-02')).status).toBe(404)
    expect((await http.get('/api/v1/figures/weeks/2026-11-03')).status).toBe(422)
  })
})

describe('the rows behind a live rate', () => {
  it('are as many as the rate says, by part, reason and page', async () => {
    await add('late')
    await add('done', {
      status: 'closed',
      closed_at: at('11-17 09:00'),
      resolved_at: at('11-17 09:00'),
    })
    await add('merged', { status: 'merged' })
    await add('elsewhere', { community: east })
    const of = (query: string) => read(`satisfaction/rows?${days}&rate=done&${query}`, RateRows)
    const all = await of('')
    expect(all.rows.map(row => [row.case, row.part])).toEqual([
      ['elsewhere', 'miss'],
      ['late', 'miss'],
      ['merged', 'excluded'],
      ['done', 'hit'],
    ])
    expect((await of('part=excluded&reason=merged')).rows.map(row => row.case)).toEqual(['merged'])
    expect(await of('limit=1&offset=9')).toEqual({ rows: [], total: 4 })
    expect((await of(`region=${east}`)).total).toBe(1)
    expect((await of('kind=wages')).total).toBe(0)
  })
})

describe('the burn-down of the open stock', () => {
  it('tells day by day what came, what ended and what of the beginning is left; what is brought back counts again', async () => {
    await add('open')
    await add('ends', {
      status: 'closed',
      closed_at: at('11-18 10:00'),
    })
    await step('ends', 1, '11-18 10:00', 'close', 'resolved', 'closed')
    await add('back', { status: 'reopened' })
    await step('back', 2, '11-17 10:00', 'close', 'resolved', 'closed')
    await step('back', 3, '11-20 10:00', 'call-back', 'closed', 'reopened')
    await add('new', {
      reported_at: at('11-17 08:00'),
    })
    await add('elsewhere', {
      reported_at: at('10-01 08:00'),
      status: 'archived',
      closed_at: at('10-09 08:00'),
    })
    await add('later', {
      reported_at: at('11-23 08:00'),
    })
    const { openAtStart, days: told } = await read(`burn-down?${days}`, BurnDown)
    expect(openAtStart).toBe(3)
    expect(told.map(({ opened, ended, open, leftOfStart }) => [opened, ended, open, leftOfStart])).toEqual([
      [0, 0, 3, 3],
      [1, 1, 3, 2],
      [0, 1, 2, 1],
      [0, 0, 2, 1],
      [1, 0, 3, 2],
      [0, 0, 3, 2],
      [0, 0, 3, 2],
    ])
  })

  it('does not tell days that are still to come', async () => {
    const { days: told } = await read('burn-down?from=2026-11-23&to=2026-11-29', BurnDown)
    expect(told.map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-24'])
  })
})
