import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Exposure } from '#contract/wages.ts'
import { dayOfText, textOfDay } from '../../server/cases/working-calendar.ts'
import { personalData } from '../../server/privacy/personal-data.ts'
import { rotateKey } from '../../server/privacy/rotation/rotate-key.ts'
import { hashSigners } from '../../server/wages/hash-signers.ts'
import { springFestivalFrom } from '../../server/wages/spring-festival.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { town } from '../world/places.ts'
import { link, month, plantWorksite, unpaid } from '../world/wages.ts'

const db = await testDatabase()
afterAll(db.drop)
const cases = caseContext(db.sql)
const http = testHttp(db.sql, { cases })
const [east, west] = [`${town}001`, `${town}002`]
const ids = new Map<string, string>()

async function ledger(site: string, parties: ReturnType<typeof link>[], months: ReturnType<typeof month>[]) {
  expect((await http.put(`/api/v1/worksites/${site}/wages/parties`, { version: 0, parties })).status).toBe(200)
  expect((await http.put(`/api/v1/worksites/${site}/wages/months`, { version: 1, months })).status).toBe(200)
}
async function exposure(company: string, as = http): Promise<Exposure> {
  const response = await as.get(`/api/v1/companies/${ids.get(company)}/exposure`)
  expect(response.status).toBe(200)
  return Exposure.parse(await response.json())
}

beforeAll(async () => {
  await plantWorksite(db.sql, 'one', east)
  await plantWorksite(db.sql, 'two', west)
  await plantWorksite(db.sql, 'three', west)
  await ledger('one', [
    link('d', null, { company: '甲置业', role: 'developer' }),
    link('g', 'd', {
      company: '总包',
      role: 'general-contractor',
      amountYuan: 900,
      signer: '欧阳签字',
    }),
    link('s', 'g', {
      company: '分包',
      amountYuan: 500,
      qualified: false,
      signer: '欧阳 签字',
    }),
    link('l', 's', { company: '劳务', role: 'labour', amountYuan: 300 }),
    link('c', 'l', { company: '班组', role: 'crew' }),
  ], [
    month('2026-09', unpaid),
  ])
  await ledger('two', [
    link('g', null, { company: '总 包', role: 'general-contractor', amountYuan: 100 }),
    link('s', 'g', { company: '分包二', signer: '欧阳签字' }),
    link('l', 'g', { company: '劳务', role: 'labour' }),
  ], [
    month('2026-10', { paidPeople: 9, paidYuan: 54_000 }),
  ])
  await ledger('three', [
    link('g', null, { company: '总包集团', role: 'general-contractor' }),
  ], [
    month('2026-10'),
  ])
  for (const { id, name } of await db.sql<{ id: string, name: string }[]>`select id, name from companies`)
    ids.set(name, id)
})

describe('a company over all sites', () => {
  it('has each of its links with what stands above and below, and each site\'s debt once', async () => {
    const found = await exposure('总包')
    expect(found.totals).toEqual({
      sites: 2,
      owing: 2,
      owedYuan: 66_000,
      owedPeople: 11,
      answersForYuan: 66_000,
      contractYuan: 1000,
      red: 1,
      yellow: 1,
    })
    expect(found.sites.map(({ worksite }) => worksite)).toEqual(['one', 'two'])
    expect(found.sites[0]!.links).toMatchObject([
      {
        party: 'g',
        tier: 2,
        above: { company: '甲置业', role: 'developer' },
        below: [
          { company: '分包' },
        ],
        belowAll: 3,
        amountYuan: 900,
        signer: '欧阳签字',
      },
    ])
  })

  it('pays in the order of the law, and says for whom it answers', async () => {
    expect((await exposure('总包')).sites[0]!.obligations).toEqual([
      {
        nr: 1,
        article: 30,
        duty: 'pays-first',
        because: null,
      },
      {
        nr: 2,
        article: 36,
        duty: 'let-to-unqualified',
        because: '分包',
      },
    ])
    const labour = await exposure('劳务')
    expect(labour.sites[0]!.obligations).toMatchObject([
      { nr: 3, duty: 'employs' },
    ])
    expect(labour.totals.answersForYuan).toBe(0)
  })

  it('shows who stands beside it on more than one site, and one name that signed for several companies', async () => {
    const found = await exposure('总包')
    expect(found.beside).toEqual([
      {
        companyId: ids.get('劳务'),
        company: '劳务',
        worksites: ['one', 'two'],
      },
    ])
    expect(found.signers).toMatchObject([
      {
        signer: '欧阳签字',
        companies: [
          {
            company: '分包',
            worksites: ['one'],
          },
          {
            company: '分包二',
            worksites: ['two'],
          },
          {
            company: '总包',
            worksites: ['one'],
          },
        ].sort((a, b) => a.company < b.company
          ? -1
          : 1),
      },
    ])
    expect(found.sites[0]!.signs).toContainEqual({
      sign: 'same-signer',
      mayBe: ['挂靠', '转包'],
    })
  })

  it('is within one community what can be seen there, and nothing where it has no site', async () => {
    const there = http.as('community', { region: east })
    const found = await exposure('总包', there)
    expect(found.sites.map(({ worksite }) => worksite)).toEqual(['one'])
    expect(found.beside).toEqual([])
    expect(JSON.stringify(found)).not.toContain('分包二')
    expect((await there.get(`/api/v1/companies/${ids.get('分包二')}/exposure`)).status).toBe(404)
    expect((await http.get('/api/v1/companies/nobody/exposure')).status).toBe(404)
  })

  it('has surnames only for those who plan, with the same shared links', async () => {
    const found = await exposure('总包', http.as('planner'))
    expect(JSON.stringify(found)).not.toContain('阳签字')
    expect(found.personsMasked).toBe(true)
    expect(found.signers[0]).toMatchObject({ signer: '欧某' })
  })

  it('is the same under a spelling that was merged into it, and parted again when that is undone', async () => {
    const merge = `/api/v1/companies/${ids.get('总包集团')}/merge`
    expect((await http.put(merge, {
      into: ids.get('总包'),
    })).status).toBe(200)
    const found = await exposure('总包集团')
    expect(found.company).toEqual({
      id: ids.get('总包'),
      name: '总包',
      otherSpellings: ['总包集团'],
    })
    expect(found.totals.sites).toBe(3)
    await http.remove(merge)
    expect((await exposure('总包集团')).totals.sites).toBe(1)
  })
})

describe('a person over all sites', () => {
  const path = '/api/v1/worksites/one/wages/parties/s/signer'

  it('is found from a link, however the name was spaced, and the look is on record', async () => {
    const response = await http.get(path)
    const found = Exposure.parse(await response.json())
    expect(found.company).toBeNull()
    expect(found.sites.flatMap(({ worksite, links }) => links.map(({ party }) => `${worksite}/${party}`))).toEqual(['one/g', 'one/s', 'two/s'])
    expect(await db.sql`select target from audit where action = 'wages.read-signer'`).toEqual([
      { target: 'one/s' },
    ])
  })

  it('is for those who may read names, in their own part', async () => {
    expect((await http.as('planner').get(path)).status).toBe(403)
    expect((await http.as('community', { region: west }).get(path)).status).toBe(404)
    const own = Exposure.parse(await (await http.as('community', { region: east }).get(path)).json())
    expect(own.sites.map(({ worksite }) => worksite)).toEqual(['one'])
    expect((await http.get('/api/v1/worksites/one/wages/parties/l/signer')).status).toBe(404)
  })

  it('is found also through links from before there was a hash', async () => {
    await db.sql`update worksite_parties set signer_hash = null`
    expect((await http.get(path)).status).toBe(404)
    await db.sql.begin(tx => hashSigners(tx, cases.personal))
    expect((await http.get(path)).status).toBe(200)
  })
})

describe('the Spring Festival', () => {
  const after = (day: string) => springFestivalFrom(dayOfText(day))
  const onDay = (day: string) => ({
    answer: dayOfText(day),
  })

  it('is the next first day of the first moon, or today', () => {
    expect(after('2026-11-24')).toEqual(onDay('2027-02-06'))
    expect(after('2026-02-17')).toEqual(onDay('2026-02-17'))
    expect(after('2026-02-18')).toEqual(onDay('2027-02-06'))
    expect(after('2033-02-01')).toEqual(onDay('2034-02-19'))
  })

  it('of a year that is not loaded is an error that names the year', async () => {
    expect(after('2100-12-01')).toEqual({ missingYear: 2101 })
    const late = testHttp(db.sql, {
      cases: {
        ...cases,
        now: () => new Date('2100-12-01T10:00:00+08:00'),
      },
    })
    const response = await late.get('/api/v1/spring-festival')
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ detail: 'The lunar calendar of 2101 is not loaded.' })
    const now = testHttp(db.sql, {
      cases: {
        ...cases,
        now: () => new Date('2026-11-24T23:30:00+08:00'),
      },
    })
    expect(await (await now.get('/api/v1/spring-festival')).json()).toEqual({ day: '2027-02-06', daysLeft: 74 })
    expect(textOfDay(dayOfText('2026-11-24') + 74)).toBe('2027-02-06')
  })
})

it('a new key for personal data finds the same person by a new hash', async () => {
  const to = personalData(randomBytes(32))
  const { unreadable } = await rotateKey({
    sql: db.sql,
    auditKey: Buffer.alloc(32, 7),
    from: cases.personal,
    to,
  })
  expect(unreadable).toBe(0)
  const hashes = await db.sql`select distinct signer_hash from worksite_parties where signer is not null`
  expect(hashes).toEqual([
    {
      signer_hash: to.nameHash('欧阳签字'),
    },
  ])
})
