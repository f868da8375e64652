import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { WageLedger } from '#contract/wages.ts'
import { readEvents } from '../../db/queries/events.ts'
import { settleAllWorksites } from '../../server/wages/settle-worksite.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { town } from '../world/places.ts'
import { link, month, plantWorksite, unpaid, wholeChain } from '../world/wages.ts'

const db = await testDatabase()
afterAll(db.drop)
// One key for all who ask, as a server has it.
const http = testHttp(db.sql, {
  cases: caseContext(db.sql),
})
let site = 0
let path = ''

beforeEach(async () => {
  site++
  path = `/api/v1/worksites/s${site}/wages`
  await plantWorksite(db.sql, `s${site}`)
})

async function put(part: 'parties' | 'months' | 'institutions', value: unknown, version = 0, as = http) {
  return await as.put(`${path}/${part}`, { version, [part]: value })
}
async function read(as = http): Promise<WageLedger> {
  const response = await as.get(path)
  expect(response.status).toBe(200)
  return WageLedger.parse(await response.json())
}
const lastEvent = async () => (await readEvents(db.sql, 0, 1000)).at(-1)!

it('a site of which nothing is known has an empty ledger with all six institutions and the rules with their source', async () => {
  const ledger = await read()
  expect(ledger).toMatchObject({
    version: 0,
    parties: [],
    months: [],
    warning: 'none',
    obligations: [],
  })
  expect(ledger.institutions.map(({ state }) => state)).toEqual(Array.from({ length: 6 }).fill('unknown'))
  expect(ledger.rules.every(({ source }) => source.length > 5)).toBe(true)
})

it('months that are written change the warning on the map at once, with what is owed', async () => {
  const response = await put('months', [
    month('2026-09', unpaid),
    month('2026-10', { paidPeople: 9, paidYuan: 54_000 }),
  ])
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    version: 1,
    warning: 'red',
    owed: { yuan: 66_000, people: 10, since: '2026-10-01' },
  })
  expect(await lastEvent()).toMatchObject({
    type: 'worksite.wages-changed',
    id: `s${site}`,
    regions: [town, `${town}001`],
    data: {
      set: {
        warning: 'red',
        owedYuan: 66_000,
        owedPeople: 10,
        owedSince: '2026-10-01',
        workers: 10,
        payees: 9,
      },
    },
  })
  await put('months', [
    month('2026-09'),
    month('2026-10'),
  ], 1)
  expect(await lastEvent()).toMatchObject({
    data: {
      set: {
        warning: 'none',
        owedYuan: 0,
        owedPeople: 0,
        owedSince: null,
      },
    },
  })
})

it('a month becomes overdue by the day alone', async () => {
  await put('months', [
    month('2026-10', unpaid),
  ])
  expect((await read()).warning).toBe('yellow')
  await db.sql.begin(tx => settleAllWorksites(tx, new Date('2026-12-01T00:10:00+08:00')))
  const [row] = await db.sql`select warning from worksites where id = ${`s${site}`}`
  expect(row).toEqual({ warning: 'red' })
})

it('the chain is kept as it was written, names the parties on the map, and says who has to pay', async () => {
  await put('parties', wholeChain())
  await put('months', [
    month('2026-09', unpaid),
  ], 1)
  const ledger = await read()
  expect(ledger.parties.map(({ companyId: _, knownAs: __, ...party }) => party)).toEqual(wholeChain())
  expect(ledger.obligations[0]).toMatchObject({ party: 'gc', article: 30 })
  const [row] = await db.sql`select developer, general_contractor, subcontractor from worksites where id = ${`s${site}`}`
  expect(row).toEqual({ developer: 'dev公司', general_contractor: 'gc公司', subcontractor: 'sub公司' })
})

describe('what is wrong', () => {
  it.each([
    [
      'negative contract sums',
      'parties',
      [
        link('a', null, { amountYuan: -1 }),
      ],
      'parties.0.amountYuan',
    ],
    [
      'absurd contract sums',
      'parties',
      [
        link('a', null, { amountYuan: 1e13 }),
      ],
      'parties.0.amountYuan',
    ],
    [
      'a contract signed on a day to come',
      'parties',
      [
        link('a', null, { signedOn: '2026-11-25' }),
      ],
      'parties.0.signedOn',
    ],
    [
      'a subcontract signed before its contract',
      'parties',
      [
        link('a', null, { signedOn: '2026-03-01' }),
        link('b', 'a', { signedOn: '2026-02-01' }),
      ],
      'parties.1.signedOn',
    ],
    [
      'a negative wage',
      'months',
      [
        month('2026-09', { paidYuan: -1 }),
      ],
      'months.0.paidYuan',
    ],
    [
      'an absurd wage',
      'months',
      [
        month('2026-09', { dueYuan: 9_000_000 }),
      ],
      'months.0.dueYuan',
    ],
    [
      'a month paid twice',
      'months',
      [
        month('2026-09'),
        month('2026-10'),
        month('2026-09'),
      ],
      'months.2.month',
    ],
    [
      'wages paid before the month',
      'months',
      [
        month('2026-09', { paidOn: '2026-08-31' }),
      ],
      'months.0.paidOn',
    ],
  ] as const)('%s is said at the row and field, and the ledger stays', async (_, part, value, path) => {
    const response = await put(part, value)
    expect(response.status).toBe(422)
    expect(((await response.json()) as { errors: { path: string }[] }).errors.map(error => error.path)).toEqual([path])
    expect(await read()).toMatchObject({ version: 0, parties: [], months: [] })
  })

  it('is said at the field, and nothing of it is saved', async () => {
    const response = await put('parties', [
      link('a', null),
      link('b', 'c'),
      link('c', 'b'),
    ])
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({
      errors: [
        { path: 'parties.1.parent' },
        { path: 'parties.2.parent' },
      ],
    })
    expect((await put('months', [
      month('2026-09'),
      month('2026-09'),
    ])).status).toBe(422)
    expect((await put('months', [
      month('2026-09', { dueYuan: -1 }),
    ])).status).toBe(422)
    expect((await put('institutions', [
      {
        institution: 'deposit',
        state: 'in-place',
        evidence: null,
        checkedOn: '2026-11-01',
      },
    ])).status).toBe(422)
    expect(await read()).toMatchObject({ version: 0, parties: [], months: [] })
  })

  it('because somebody else was faster comes with what is there now', async () => {
    await put('months', [
      month('2026-10'),
    ])
    const response = await put('months', [], 0)
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({
      type: 'urn:huizhi:problem:stale',
      current: {
        version: 1,
        months: [
          { month: '2026-10' },
        ],
      },
    })
  })

  it('about a site that is not there, or in another community, is not found', async () => {
    expect((await http.get('/api/v1/worksites/nowhere/wages')).status).toBe(404)
    const elsewhere = http.as('community', { region: `${town}002` })
    expect((await elsewhere.get(path)).status).toBe(404)
    expect((await put('months', [], 0, elsewhere)).status).toBe(404)
    expect((await put('months', [], 0, http.as('community', { region: `${town}001` }))).status).toBe(200)
  })
})

it('the checklist keeps its evidence, and desks that have the ledger open hear of it although the map stays', async () => {
  await put('institutions', [
    {
      institution: 'deposit',
      state: 'in-place',
      evidence: '保函 2026-118',
      checkedOn: '2026-11-02',
    },
  ])
  expect((await read()).institutions[1]).toEqual({
    institution: 'deposit',
    state: 'in-place',
    evidence: '保函 2026-118',
    checkedOn: '2026-11-02',
  })
  expect(await lastEvent()).toMatchObject({
    type: 'worksite.wages-changed',
    id: `s${site}`,
    data: { set: {} },
  })
})

it('who signed is sealed in the database, and only a surname for who plans or administers', async () => {
  await put('parties', [
    link('a', null, { signer: '欧阳签字' }),
    link('b', 'a', { signer: '欧阳签字' }),
  ])
  expect((await read()).parties[0]!.signer).toBe('欧阳签字')
  const masked = await read(http.as('planner'))
  expect(masked.personsMasked).toBe(true)
  expect(masked.parties.map(({ signer }) => signer)).toEqual(['欧某', '欧某'])
  expect(masked.signs).toMatchObject([
    { sign: 'same-signer' },
  ])
  const [text] = await db.sql<[{ all: string }]>`
    select (select string_agg(p::text, '') from worksite_parties p) || (select string_agg(data::text, '') from events) || (select string_agg(a::text, '') from audit a) as all`
  expect(text.all).not.toContain('欧阳')
})

describe('a company under two spellings', () => {
  it('is merged by hand in every ledger, and the merge can be undone', async () => {
    await put('parties', [
      link('a', null, { company: '示范建设（一）公司', role: 'general-contractor' }),
      link('b', 'a', { company: '示范一建' }),
    ])
    const companies = (await read()).parties.map(({ companyId }) => companyId)
    const merge = (from: string, into: string) => http.put(`/api/v1/companies/${from}/merge`, { into })
    expect((await merge(companies[1]!, companies[0]!)).status).toBe(200)
    expect((await read()).parties[1]).toMatchObject({ company: '示范一建', knownAs: '示范建设（一）公司', companyId: companies[0] })
    expect((await merge(companies[0]!, companies[1]!)).status).toBe(409)
    expect((await merge(companies[1]!, companies[0]!)).status).toBe(409)
    expect((await merge(companies[0]!, 'nobody')).status).toBe(422)
    expect((await http.remove(`/api/v1/companies/${companies[1]}/merge`)).status).toBe(200)
    expect((await read()).parties[1]).toMatchObject({ knownAs: '示范一建', companyId: companies[1] })
    expect((await http.remove(`/api/v1/companies/${companies[1]}/merge`)).status).toBe(404)
    const kept = await db.sql`select undone_by from company_merges where company = ${companies[1]!}`
    expect(kept).toEqual([
      { undone_by: 'user-duty' },
    ])
  })

  it('and under a third, is one after two merges; undoing one leaves the other', async () => {
    await put('parties', [
      link('a', null, { company: '样例三建集团' }),
      link('b', 'a', { company: '样例三建' }),
      link('c', 'b', { company: '样例第三建筑' }),
    ])
    const [a, b, c] = (await read()).parties.map(({ companyId }) => companyId)
    const known = async () => (await read()).parties.map(({ knownAs }) => knownAs)
    for (const other of [b, c])
      expect((await http.put(`/api/v1/companies/${other}/merge`, { into: a })).status).toBe(200)
    expect(await known()).toEqual(['样例三建集团', '样例三建集团', '样例三建集团'])
    expect((await http.remove(`/api/v1/companies/${b}/merge`)).status).toBe(200)
    expect(await known()).toEqual(['样例三建集团', '样例三建', '样例三建集团'])
  })

  it('with other brackets is one company without a merge', async () => {
    await put('parties', [
      link('a', null, { company: '样例（甲）公司' }),
      link('b', 'a', { company: '样例(甲) 公司' }),
    ])
    const [a, b] = (await read()).parties
    expect(a!.companyId).toBe(b!.companyId)
  })
})

it('rules that the administrator sets judge every site anew, with their source', async () => {
  await put('months', [
    month('2026-10', { paidPeople: 8, paidYuan: 48_000 }),
  ])
  expect((await read()).warning).toBe('red')
  const response = await http.as('admin').put('/api/v1/wage-rules', [
    {
      rule: 'people-unpaid',
      level: 'red',
      threshold: 0.3,
      source: '本街道工作方案',
    },
  ])
  expect(response.status).toBe(200)
  expect(await read()).toMatchObject({ warning: 'yellow' })
  expect((await read()).rules).toContainEqual({
    rule: 'people-unpaid',
    level: 'red',
    threshold: 0.3,
    source: '本街道工作方案',
  })
  expect((await lastEvent()).data).toMatchObject({
    set: { warning: 'yellow' },
  })
})

it('a site that moves to another subdistrict takes its ledger along', async () => {
  await put('parties', wholeChain())
  await put('months', [
    month('2026-10'),
  ], 1)
  await db.sql`update worksites set subdistrict = '990101002' where id = ${`s${site}`}`
  expect(await read()).toMatchObject({
    parties: [
      { id: 'dev' },
      {},
      {},
      {},
      {},
    ],
    months: [
      { month: '2026-10' },
    ],
  })
})
