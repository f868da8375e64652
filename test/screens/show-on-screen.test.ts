import type { ShownScreen } from '#contract/screen.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAccount } from '../../db/queries/accounts.ts'
import { readEvents } from '../../db/queries/events.ts'
import { readSnapshot } from '../../db/queries/snapshot.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { identityOf, testHttp } from '../world/http.ts'

const db = await testDatabase()
afterAll(db.drop)

let now = new Date('2026-11-24T06:00:00Z')
function as(id: string, name: string) {
  return testHttp(db.sql, {
    identify: async () => ({
      ...identityOf('duty'),
      userId: id,
      name,
    }),
    cases: {
      ...caseContext(db.sql),
      now: () => now,
    },
  })
}
const wang = as('u-wang', '王敏')
const li = as('u-li', '李强')
const elder = { scene: 'elder', minutes: 5 }
const path = '/api/v1/screens/hall/show'

beforeAll(async () => {
  await createAccount(db.sql, {
    id: 'hall',
    username: null,
    name: '大厅',
    role: 'wall',
    passwordHash: null,
  })
})
beforeEach(async () => {
  await db.sql`delete from screen_shows`
  now = new Date('2026-11-24T06:00:00Z')
})

async function sent(answer: Response): Promise<ShownScreen> {
  expect(answer.status).toBe(200)
  return await answer.json() as ShownScreen
}

it('what an officer sends is on the screen at once, says who sent it, and until when', async () => {
  const { show } = await sent(await wang.put(path, {
    ...elder,
    bounds: [117, 36.6, 117.1, 36.7],
  }))

  expect(show).toMatchObject({
    scene: 'elder',
    caseId: null,
    bounds: [117, 36.6, 117.1, 36.7],
    by: { id: 'u-wang', name: '王敏' },
    at: '2026-11-24T06:00:00.000Z',
    until: '2026-11-24T06:05:00.000Z',
  })
  const [event] = (await readEvents(db.sql, 0, 1000)).slice(-1)
  expect(event).toMatchObject({
    type: 'screen.shown',
    id: 'hall',
    data: {
      feature: {
        properties: { name: '大厅', show },
      },
    },
  })
  expect(await screensOfSnapshot()).toEqual([
    { id: 'hall', name: '大厅', show },
  ])
})

it('the later of two officers is asked: nothing is replaced until he names what he takes the place of', async () => {
  const first = await sent(await wang.put(path, elder))
  const refused = await li.put(path, { ...elder, scene: 'wages' })

  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ type: 'urn:huizhi:problem:stale', running: first.show })
  const after = await sent(await li.put(path, { ...elder, scene: 'wages', over: first.show!.show }))
  expect(after.show).toMatchObject({
    scene: 'wages',
    by: { name: '李强' },
  })
  // What he was asked about is no longer what runs: he is asked again.
  expect((await wang.put(path, { ...elder, over: first.show!.show })).status).toBe(409)
})

it('of many who send at once one is shown and all others are told', async () => {
  const officers = Array.from({ length: 8 }, (_, index) => as(`u${index}`, `值班员${index}`))
  const answers = await Promise.all(officers.map(one => one.put(path, elder)))

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409])
})

it('whoever sent it sends the next without being asked, and a show that is over stands in nobody\'s way', async () => {
  await sent(await wang.put(path, elder))
  await sent(await wang.put(path, { ...elder, scene: 'wages' }))
  now = new Date(now.getTime() + 5 * 60_000)
  expect((await sent(await li.put(path, elder))).show!.by.name).toBe('李强')
})

it('a show is taken back, but not one that has been replaced meanwhile', async () => {
  const first = await sent(await wang.put(path, elder))
  expect((await sent(await wang.remove(`${path}?over=${first.show!.show}`))).show).toBeNull()
  // Sent twice, as after a lost answer: it is gone already.
  expect((await sent(await wang.remove(`${path}?over=${first.show!.show}`))).show).toBeNull()

  await sent(await li.put(path, elder))
  expect((await wang.remove(`${path}?over=${first.show!.show}`)).status).toBe(409)
})

it('bad input is named, and nothing is shown', async () => {
  for (const [input, field] of [
    [
      { ...elder, caseId: 'GD000' },
      'caseId',
    ],
    [
      {
        ...elder,
        bounds: [117.1, 36.6, 117, 36.7],
      },
      'bounds',
    ],
    [
      { ...elder, minutes: 0 },
      'minutes',
    ],
    [
      { ...elder, minutes: 1000 },
      'minutes',
    ],
    [
      { scene: 'nothing', minutes: 5 },
      'scene',
    ],
  ] as const) {
    const answer = await wang.put(path, input)
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      errors: [
        { path: field },
      ],
    })
  }
  expect((await wang.put('/api/v1/screens/cellar/show', elder)).status).toBe(404)
  expect(await screensOfSnapshot()).toEqual([
    { id: 'hall', name: '大厅', show: null },
  ])
})

it('pairing, renaming and revoking a screen reach the desks', async () => {
  const admin = testHttp(db.sql, {
    identify: async () => identityOf('admin'),
  })
  await db.sql`
    insert into device_codes (id, "deviceCode", "userCode", "expiresAt", status)
    values ('c', 'device', 'ABCD1234', now() + interval '5 minutes', 'pending')`
  const { id } = await (await admin.post('/api/v1/screens', { userCode: 'abcd-1234', name: '会议室' })).json() as { id: string }
  await sent(await wang.put(`/api/v1/screens/${id}/show`, elder))
  await admin.patch(`/api/v1/screens/${id}`, { name: '二楼会议室' })
  expect(await screensOfSnapshot()).toMatchObject([
    { name: '大厅' },
    {
      name: '二楼会议室',
      show: { scene: 'elder' },
    },
  ])
  await admin.remove(`/api/v1/screens/${id}`)

  const events = (await readEvents(db.sql, 0, 1000)).filter(event => event.id === id)
  expect(events.map(({ type }) => type)).toEqual([
    'screen.paired',
    'screen.shown',
    'screen.renamed',
    'screen.revoked',
  ])
  expect(events.at(-1)!.data).toEqual({ gone: true })
})

async function screensOfSnapshot() {
  let screens: unknown[] = []
  await readSnapshot(db.sql, {
    layers: ['screens'],
    region: null,
    meets: () => true,
  }, {
    onHead: ({ features }) => screens = features.screens!.map(({ properties }) => properties),
    onCases: () => {},
  })
  return screens
}

describe('renovation zones on a wall', () => {
  const zones = { batch: '2024年第一批', month: '2026-05', heat: true }

  it('are sent as of a month, a batch and shaded, and everybody who follows screens is told so', async () => {
    const { show } = await sent(await wang.put(path, { scene: 'renovation', minutes: 5, zones }))
    expect(show!.zones).toEqual(zones)
    expect((await readEvents(db.sql, 0, 1000)).at(-1)).toMatchObject({
      data: {
        feature: {
          properties: {
            show: { zones },
          },
        },
      },
    })
  })

  it.each([
    [
      'in another scene',
      { scene: 'wages', zones },
      'zones',
    ],
    [
      'of a month that is not over',
      {
        scene: 'renovation',
        zones: { ...zones, month: '2026-11' },
      },
      'zones.month',
    ],
    [
      'of a month long ago',
      {
        scene: 'renovation',
        zones: { ...zones, month: '2024-11' },
      },
      'zones.month',
    ],
    [
      'of no month',
      {
        scene: 'renovation',
        zones: { ...zones, month: '2026-13' },
      },
      'zones.month',
    ],
  ])('%s are refused at their field, and nothing is shown', async (_, input, field) => {
    const refused = await wang.put(path, { minutes: 5, ...input })
    expect(refused.status).toBe(422)
    expect((await refused.json() as { errors: { path: string }[] }).errors).toMatchObject([
      { path: field },
    ])
    expect(await db.sql`select 1 from screen_shows`).toHaveLength(0)
  })
})
