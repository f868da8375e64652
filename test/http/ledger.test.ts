import type { CaseContact, LedgerPage, LedgerView } from '#contract/ledger.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { east, town, west } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql)
const at = ([lng, lat]: [number, number]) => ({ lng, lat })

beforeAll(async () => {
  for (const [content, where, phone] of [
    ['三号楼电梯停运', west, '13800138000'],
    ['小区水管漏水', west, '138-0013-8000'],
    ['广场舞噪声', east, '13900139000'],
  ] as const) {
    expect((await http.post('/api/v1/cases', {
      content,
      location: at(where),
      contact: { name: '张三', phone },
    })).status).toBe(201)
  }
})

const contents = (page: LedgerPage) => page.features.map(({ properties }) => properties.content)
async function ask(query: string, as = http) {
  const response = await as.get(`/api/v1/ledger?${query}`)
  expect(response.status, await response.clone().text()).toBe(200)
  return await response.json() as LedgerPage
}

describe('the ledger over HTTP', () => {
  it('counts, filters by words, and pages by a cursor', async () => {
    const first = await ask('limit=2&sort=id')
    expect(first).toMatchObject({ total: 3, totalIsExact: true })
    const second = await ask(`limit=2&sort=id&cursor=${first.nextCursor}`)
    expect([
      ...contents(first),
      ...contents(second),
    ]).toEqual(['三号楼电梯停运', '小区水管漏水', '广场舞噪声'])
    expect(second).toMatchObject({ total: null, nextCursor: null })
    expect(contents(await ask(`q=${encodeURIComponent('漏水')}`))).toEqual(['小区水管漏水'])
  })

  it('finds the cases of one telephone without the number in an address, and writes down that it was asked', async () => {
    const answer = await http.post('/api/v1/ledger/callers', { phone: '+86 138 0013 8000' })
    const { caller } = await answer.json() as { caller: string }
    expect(caller).not.toContain('138')
    expect(contents(await ask(`caller=${caller}&sort=id`))).toEqual(['三号楼电梯停运', '小区水管漏水'])
    const [entry] = await db.sql`select action from audit order by seq desc limit 1`
    expect(entry).toEqual({ action: 'case.search-phone' })
  })

  it('shows a handler his community only, an administrator no texts, and does not search in what it hides', async () => {
    expect(contents(await ask('sort=id', http.as('community', { region: `${town}002` })))).toEqual(['广场舞噪声'])
    expect((await ask('', http.as('grid', { officer: 'nobody' }))).total).toBe(0)
    const admin = http.as('admin')
    expect(contents(await ask('', admin))).toEqual(['', '', ''])
    for (const query of [
      `q=${encodeURIComponent('漏水')}`,
      'assignee=none',
      'sort=assignee',
      'caller=abcdefghijklmnopqrstuvwxyz',
    ])
      expect((await admin.get(`/api/v1/ledger?${query}`)).status).toBe(403)
  })

  it.each([
    'status=wild',
    'sort=content',
    'cursor=nonsense',
    `q=${encodeURIComponent('水')}`,
    'reportedFrom=2026-13-01',
    'limit=100000',
    'compound=x',
  ])('answers ?%s with what is wrong', async (query) => {
    const response = await http.get(`/api/v1/ledger?${query}`)
    expect(response.status).toBe(422)
    expect((await response.json() as { errors: { path: string }[] }).errors[0]!.path.split('.')[0]).toBe(query.split('=')[0])
  })
})

describe('a complainant\'s contact', () => {
  it('is told to who calls back, and each look is on record', async () => {
    const { features: [feature] } = await ask('sort=id')
    const response = await http.get(`/api/v1/cases/${feature!.id}/contact`)
    expect(await response.json() as CaseContact).toEqual({ name: '张三', phone: '13800138000' })
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    const [entry] = await db.sql`select action, target from audit order by seq desc limit 1`
    expect(entry).toEqual({ action: 'case.see-contact', target: feature!.id })
    expect((await http.as('inspector').get(`/api/v1/cases/${feature!.id}/contact`)).status).toBe(403)
    expect((await http.as('community', { region: `${town}002` }).get(`/api/v1/cases/${feature!.id}/contact`)).status).toBe(404)
  })
})

describe('saved views', () => {
  const views = '/api/v1/ledger/views'
  it('belong to who made them, and others see those that are shared', async () => {
    const kept = await http.post(views, { name: '本周超期', query: 'due=overdue&sort=dueAt' })
    expect(kept.status).toBe(201)
    const { id } = await kept.json() as LedgerView
    const other = http.as('inspector', { userId: 'other' })
    expect(await (await other.get(views)).json()).toEqual([])
    const change = { name: '本周超期', query: 'due=overdue', shared: true }
    expect((await http.request(`${views}/${id}`, {
      method: 'PUT',
      body: JSON.stringify(change),
      headers: { 'Content-Type': 'application/json' },
    })).status).toBe(200)
    expect(await (await other.get(views)).json()).toMatchObject([
      { ...change, mine: false },
    ])
    expect((await other.request(`${views}/${id}`, { method: 'DELETE' })).status).toBe(404)
    expect((await http.post(views, { name: '本周超期', query: '' })).status).toBe(409)
    expect((await http.post(views, { name: '坏', query: '<script>' })).status).toBe(422)
    expect((await http.request(`${views}/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect(await (await http.get(views)).json()).toEqual([])
  })
})
