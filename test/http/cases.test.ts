import type { CaseFeature } from '#contract/case.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CaseCollection, CaseFeature as CaseFeatureSchema } from '#contract/case.ts'
import { LogEvent } from '#contract/live.ts'
import { readEvents } from '../../db/queries/events.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { east, town, west } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql)
const cases = '/api/v1/cases'

async function register(input: object): Promise<CaseFeature> {
  const response = await http.post(cases, input)
  expect(response.status).toBe(201)
  return await response.json() as CaseFeature
}

const at = ([lng, lat]: [number, number]) => ({ lng, lat })

describe('a case that is posted', () => {
  let posted: Response
  let feature: CaseFeature
  beforeAll(async () => {
    posted = await http.post(cases, {
      content: '3号楼2单元停水两天',
      kind: 'utilities',
      urgency: 'urgent',
      location: at(west),
      contact: { name: '张三', phone: '138 0013 8000' },
    })
    feature = await posted.clone().json() as CaseFeature
  })

  it('is answered with 201, its address and the feature', () => {
    expect(posted.status).toBe(201)
    expect(posted.headers.get('Location')).toBe(`${cases}/${feature.id}`)
    expect(posted.headers.get('Content-Type')).toBe('application/geo+json')
    expect(CaseFeatureSchema.parse(feature)).toEqual(feature)
  })

  it('has a number of its day in China', () => {
    expect(feature.id).toMatch(/^GD2611240{3}\d$/)
  })

  it('is placed in its community and grid and gets a deadline', () => {
    expect(feature.geometry).toEqual({ type: 'Point', coordinates: west })
    expect(feature.properties).toMatchObject({
      status: 'registered',
      community: `${town}001`,
      grid: `${town}001001`,
      source: 'hotline',
      reportedAt: '2026-11-24T04:00:00.000Z',
      dueAt: '2026-11-25T04:00:00.000Z',
      version: 1,
    })
  })

  it('can be read again', async () => {
    const response = await http.get(`${cases}/${feature.id}`)
    expect(await response.json()).toEqual(feature)
    expect((await http.get(`${cases}/${feature.id}`, {
      'If-None-Match': response.headers.get('ETag')!,
    })).status).toBe(304)
  })

  it('is in the log whole, for screens of its regions', async () => {
    const event = (await readEvents(db.sql, 0, 1000)).find(({ id }) => id === feature.id)
    expect(event).toMatchObject({
      type: 'case.registered',
      subdistrict: town,
      regions: [town, `${town}001`, `${town}001001`],
      data: { feature },
    })
  })

  it('keeps its contact out of answers and log, and encrypted in the table', async () => {
    const answers = await Promise.all([`${cases}/${feature.id}`, cases, '/api/v1/events'].map(async path => (await http.get(path)).text()))
    for (const text of [...answers, await posted.clone().text()])
      expect(text).not.toMatch(/张三|138 ?0013/)
    const [row] = await db.sql<[{ contact_name: Buffer, contact_phone: Buffer, contact_phone_hash: string }]>`
      select contact_name, contact_phone, contact_phone_hash from cases where id = ${feature.id}`
    const { personal } = http.context.cases
    expect(personal.open(row.contact_name)).toBe('张三')
    expect(personal.open(row.contact_phone)).toBe('138 0013 8000')
    expect(row.contact_phone_hash).toBe(personal.phoneHash('+8613800138000'))
    expect(row.contact_name.includes('张三')).toBe(false)
  })
})

it('numbers of a day run on without a hole', async () => {
  const [first, second] = [await register({ content: '一' }), await register({ content: '二' })]
  expect(Number(second.id.slice(8))).toBe(Number(first.id.slice(8)) + 1)
})

it('a case reported in the night belongs to the day in China', async () => {
  const { id } = await register({ content: '夜里', reportedAt: '2026-11-22T16:30:00Z' })
  expect(id).toBe('GD2611230001')
})

it('coordinates of Amap are converted and kept as they came', async () => {
  const feature = await register({
    content: '井盖缺失',
    location: { lng: 117.005, lat: 36.65, datum: 'gcj02' },
  })
  const [lng, lat] = feature.geometry!.coordinates
  expect(Math.abs(lng - 117.005) * 89_000).toBeGreaterThan(300) // metres
  expect(Math.abs(lng - 117.005)).toBeLessThan(0.01)
  expect(lat).not.toBe(36.65)
  const [row] = await db.sql`select original_location, original_datum from cases where id = ${feature.id}`
  expect(row).toEqual({
    original_location: [117.005, 36.65],
    original_datum: 'gcj02',
  })
})

it.each([
  [
    'a placeholder',
    [39, -77],
  ],
  [
    'another town',
    [121.5, 31.2],
  ],
] as const)('coordinates of %s are no place', async (_, [lng, lat]) => {
  const feature = await register({
    content: '路灯不亮',
    location: { lng, lat },
  })
  expect(feature.geometry).toBeNull()
  expect(feature.properties.community).toBeNull()
  const [row] = await db.sql`select original_location, subdistrict from cases where id = ${feature.id}`
  expect(row).toEqual({
    original_location: [lng, lat],
    subdistrict: town,
  })
})

describe('the list', () => {
  let ids: string[]
  beforeAll(async () => {
    ids = []
    for (const [day, where] of [
      ['05', west],
      ['06', east],
      ['07', west],
      ['08', east],
      ['09', west],
    ] as const) {
      ids.push((await register({
        content: `十月${day}日`,
        kind: 'noise',
        location: at(where),
        reportedAt: `2026-10-${day}T09:00:00+08:00`,
      })).id)
    }
  })
  const list = async (query: string) => {
    const response = await http.get(`${cases}?kind=noise&${query}`)
    expect(response.headers.get('Content-Type')).toBe('application/geo+json')
    return CaseCollection.parse(await response.json())
  }
  const found = async (query: string) => (await list(query)).features.map(({ id }) => id)

  it('is newest first', async () => expect(await found('')).toEqual(ids.toReversed()))
  it('can be cut by a box', async () => expect(await found('bbox=117,36,118,37')).toEqual([ids[3], ids[1]]))
  it('can be cut by community', async () => expect(await found(`region=${town}002`)).toEqual([ids[3], ids[1]]))
  it('can be cut by grid', async () => expect(await found(`region=${town}001001`)).toHaveLength(3))
  it('can be cut by subdistrict and district', async () => {
    expect(await found(`region=${town}`)).toHaveLength(5)
    expect(await found(`region=${town.slice(0, 6)}`)).toHaveLength(5)
  })
  it('can be cut by several statuses', async () => {
    expect(await found('status=registered,closed')).toHaveLength(5)
    expect(await found('status=closed&status=archived')).toHaveLength(0)
  })

  it.each(['', 'updatedSince=2020-01-01T00:00:00Z&'])('comes in pages that neither repeat nor skip (%s)', async (order) => {
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Awaited<ReturnType<typeof list>> = await list(`${order}limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.features.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(order
      ? ids
      : ids.toReversed())
  })

  it('a cursor goes with the order it came from', async () => {
    const { nextCursor } = await list('limit=2')
    expect((await http.get(`${cases}?updatedSince=2020-01-01T00:00:00Z&cursor=${nextCursor}`)).status).toBe(422)
  })

  it('tells an unchanged answer from a changed one', async () => {
    const first = await http.get(`${cases}?kind=noise`)
    expect(first.headers.get('Cache-Control')).toBe('private, no-cache')
    expect((await http.get(`${cases}?kind=noise`, {
      'If-None-Match': first.headers.get('ETag')!,
    })).status).toBe(304)
  })
})

describe('an Idempotency-Key', () => {
  const post = (content: string, key: string) => http.post(cases, { content }, { 'Idempotency-Key': key })
  const countOf = async (content: string) => (await db.sql`select from cases where content = ${content}`).length

  it('makes the same request be done once and answered the same', async () => {
    const first = await post('只登记一次', 'k1')
    const again = await post('只登记一次', 'k1')
    expect([first.status, again.status]).toEqual([201, 201])
    expect(await again.json()).toEqual(await first.json())
    expect(again.headers.get('Location')).toBe(first.headers.get('Location'))
    expect(await countOf('只登记一次')).toBe(1)
  })

  it('holds for requests that come at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('同时发来', 'k2')))
    expect(new Set(await Promise.all(answers.map(answer => answer.text()))).size).toBe(1)
    expect(await countOf('同时发来')).toBe(1)
  })

  it('holds across processes', async () => {
    const other = testHttp(db.sql)
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) =>
      (index % 2
        ? http
        : other).post(cases, { content: '两个进程' }, { 'Idempotency-Key': 'k3' })))
    expect(new Set(await Promise.all(answers.map(answer => answer.text()))).size).toBe(1)
    expect(await countOf('两个进程')).toBe(1)
  })

  it('is refused for another request, also at the same time', async () => {
    const [one, two] = await Promise.all([
      post('甲', 'k4'),
      post('乙', 'k4'),
    ])
    expect([one.status, two.status].sort()).toEqual([201, 422])
    const third = await post('丙', 'k4')
    expect(await third.json()).toMatchObject({ type: 'urn:huizhi:problem:key-reused', status: 422 })
  })

  it('that is no key is refused', async () => {
    const response = await post('…', 'x'.repeat(201))
    expect(await response.json()).toMatchObject({
      status: 422,
      errors: [
        { path: 'idempotency-key' },
      ],
    })
  })
})

it('cases posted at the same time by many get numbers and events of their own', async () => {
  const before = (await readEvents(db.sql, 0, 5000)).at(-1)!.seq
  const features = await Promise.all(Array.from({ length: 200 }, (_, index) => register({ content: `同时${index}` })))
  expect(new Set(features.map(({ id }) => id)).size).toBe(200)
  const events = await readEvents(db.sql, before, 5000)
  expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, index) => before + index + 1))
  expect(new Set(events.map(({ id }) => id))).toEqual(new Set(features.map(({ id }) => id)))
})

it('the log can be read page by page', async () => {
  const { epoch, head, to, events } = await (await http.get('/api/v1/events?after=2&limit=3')).json() as { epoch: string, head: number, to: number, events: LogEvent[] }
  expect(epoch).not.toBe('')
  expect(to).toBe(5)
  expect(head).toBeGreaterThan(5)
  expect(events.map(event => LogEvent.parse(event).seq)).toEqual([3, 4, 5])
})
