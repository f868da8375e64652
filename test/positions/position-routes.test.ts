import type { FixOutcome, MadeTracker, PositionStanding, Track } from '#contract/positions.ts'
import type { Suggestions } from '#contract/dispatch.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readEvents } from '../../db/queries/events.ts'
import { listTrackDays, makeTrackDays } from '../../db/queries/tracks.ts'
import { endShifts } from '../../server/positions/set-duty.ts'
import { retain } from '../../server/privacy/retain.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { town, west } from '../world/places.ts'
import { testPositions } from '../world/positions.ts'

const db = await testDatabase()
afterAll(db.drop)
const noon = Date.parse('2026-11-24T12:00:00+08:00')
let seconds = 0
const now = () => noon + seconds * 1000
const cases = caseContext(db.sql, {
  now: () => new Date(now()),
})
const positions = testPositions(db.sql, now)
afterAll(positions.fixes.stop)
const desk = testHttp(db.sql, { cases, positions })
const wang = desk.as('grid', { officer: 'w1', userId: 'u1', sessionId: 'phone' })
const admin = desk.as('admin')
const wording = '我同意在岗期间共享位置，供派单使用；下岗即停，可随时撤回。'
const here = { lng: west[0], lat: west[1], accuracy: 8 }
const at = (ago = 0) => new Date(now() - ago * 1000).toISOString()

beforeAll(async () => {
  await db.sql`
    insert into regions (subdistrict, id, level, name, geometry, bounds)
    values (${town}, ${town}, 'subdistrict', '镇', '{}', box(point(116.9, 36.6), point(117.1, 36.7)))`
  await db.sql`
    insert into officers (subdistrict, id, name, duty, community, grid)
    values (${town}, 'w1', '王网格', 'on', '990101001001', null), (${town}, 'w2', '李网格', 'on', null, null), (${town}, 'w3', '赵网格', 'off', null, null)`
  await db.sql`
    insert into users ("id", "name", "email", "emailVerified", "role", "officer")
    values ('u1', '王', 'u1@local.invalid', false, 'grid', 'w1')`
  await wang.put('/api/v1/officers/w1/position-consent', { wording })
})
beforeEach(async () => {
  seconds += 3600
  positions.latest.clear()
  await db.sql`update officers set duty = 'on', duty_until = null where id = 'w1'`
  positions.roster.forget()
})

function report(said: object = {}, asker = wang, officer = 'w1') {
  return asker.post(`/api/v1/officers/${officer}/position`, {
    ...here,
    ...said,
  })
}
async function problem(response: Response | Promise<Response>) {
  const answer = await response
  return {
    status: answer.status,
    ...await answer.json() as object,
  }
}

describe('a position of one\'s own', () => {
  it('is taken, known to the suggestion at once, and the same twice is one', async () => {
    const fix = {
      at: at(),
    }
    const first = await report(fix)
    expect(first.status, await first.clone().text()).toBe(200)
    expect(await first.json()).toEqual({ outcome: 'taken' })
    expect(await (await report(fix)).json()).toEqual({ outcome: 'known' })

    const { id } = await (await desk.post('/api/v1/cases', {
      content: '电梯停运',
      location: { lng: west[0], lat: west[1] },
    })).json() as { id: string }
    const { suggested, leftOut } = await (await desk.get(`/api/v1/cases/${id}/suggestions`)).json() as Suggestions
    const words = (officer: string) => [
      ...suggested,
      ...leftOut,
    ].find(found => found.officer === officer)!.words.zh
    expect(words('w1')).toContain('位置为 0 分钟前')
    expect(words('w2')).toContain('位置未知')
  })

  it('from the future, from the past and in another city is refused with the field and the reason', async () => {
    expect(await problem(report({
      at: at(-3600),
    }))).toMatchObject({
      status: 422,
      reason: 'future',
      errors: [
        {
          path: 'at',
          message: expect.stringContaining('60 min in the future'),
        },
      ],
    })
    expect(await problem(report({
      at: at(86_400),
    }))).toMatchObject({
      status: 422,
      reason: 'too-old',
      errors: [
        { path: 'at' },
      ],
    })
    expect(await problem(report({ lng: 121.47, lat: 31.23 }))).toMatchObject({
      status: 422,
      reason: 'elsewhere',
      errors: [
        { path: 'lng' },
      ],
    })
    expect(await problem(report({ accuracy: 2000 }))).toMatchObject({
      reason: 'inaccurate',
      errors: [
        { path: 'accuracy' },
      ],
    })
    expect(await problem(report({ lat: 91 }))).toMatchObject({
      status: 422,
      errors: [
        { path: 'lat' },
      ],
    })
    expect(positions.latest.size).toBe(0)
  })

  it('in another datum is where it is on the ground', async () => {
    expect((await report({ datum: 'gcj02' })).status).toBe(200)
    expect(Math.abs(positions.latest.get('w1')!.lng - west[0])).toBeGreaterThan(0.003)
  })

  it('of somebody else is nobody\'s to report; a gateway of the desk may', async () => {
    expect((await report({}, wang, 'w2')).status).toBe(404)
    expect((await report({}, desk.as('community'), 'w1')).status).toBe(403)
    expect((await report({}, desk, 'w1')).status).toBe(200)
    expect((await report({}, desk, 'nobody')).status).toBe(404)
  })

  it('off duty is not kept anywhere, nor without consent', async () => {
    await positions.fixes.flush()
    const [{ before }] = await db.sql<[{ before: number }]>`select count(*)::integer as before from officer_tracks`
    expect((await wang.put('/api/v1/officers/w1/duty', { duty: 'off' })).status).toBe(200)
    expect(await problem(report())).toMatchObject({ status: 422, reason: 'off-duty' })
    expect(await problem(report({}, desk, 'w2'))).toMatchObject({ status: 422, reason: 'no-consent' })
    expect(positions.latest.size).toBe(0)
    await positions.fixes.flush()
    expect((await db.sql`select 1 from officer_tracks`).length).toBe(before)
  })

  it('of two devices at once counts for one of them', async () => {
    const other = desk.as('grid', { officer: 'w1', userId: 'u1', sessionId: 'tablet' })
    await report()
    seconds += 60
    expect(await problem(report({}, other))).toMatchObject({ reason: 'other-device' })
    seconds += 61
    expect((await report({}, other)).status).toBe(200)
  })
})

it('the walker of the demo gives way to his officer at once, and comes back two minutes after he is gone', async () => {
  const walks = async () => (await positions.fixes.take([
    {
      officer: 'w1',
      lng: west[0],
      lat: west[1],
      seenAt: now(),
      accuracy: null,
      device: 'demo',
    },
  ]))[0]!.reason ?? 'taken'
  expect(await walks()).toBe('taken')
  expect(await (await report({
    lat: 36.66,
    at: at(5),
  })).json()).toEqual({ outcome: 'taken' })
  expect(await walks()).toBe('other-device')
  seconds += 120
  expect(await walks()).toBe('taken')
})

describe('many at once', () => {
  it('each is judged for itself, the oldest first, and one bad does not spoil the others', async () => {
    const answer = await desk.post('/api/v1/officers/positions', {
      positions: [
        {
          officer: 'w1',
          ...here,
          at: at(10),
        },
        {
          officer: 'w1',
          ...here,
          at: at(20),
        },
        {
          officer: 'w1',
          ...here,
          lng: 121.4,
          at: at(5),
        },
        { officer: 'w9', ...here },
      ],
    })
    const { results, taken, refused } = await answer.json() as { results: FixOutcome[], taken: number, refused: number }
    expect(results.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      'taken',
      'taken',
      'elsewhere',
      'unknown-officer',
    ])
    expect([taken, refused]).toEqual([2, 2])
  })

  it('a worker brings his own only', async () => {
    const answer = await wang.post('/api/v1/officers/positions', {
      positions: [
        { officer: 'w1', ...here },
        { officer: 'w2', ...here },
      ],
    })
    expect(await problem(answer)).toMatchObject({
      status: 422,
      errors: [
        { path: 'positions.1.officer' },
      ],
    })
    expect(positions.latest.size).toBe(0)
  })
})

describe('a shift', () => {
  it('ends by itself, once, and every screen learns it', async () => {
    const until = new Date(now() + 3_600_000).toISOString()
    const standing = await (await wang.put('/api/v1/officers/w1/duty', { duty: 'on', until })).json() as PositionStanding
    expect(standing).toMatchObject({
      duty: 'on',
      dutyUntil: until,
      consent: { wording },
    })
    expect((await report()).status).toBe(200)
    seconds += 3600
    // The clock alone is enough: nobody waits for the job.
    expect(await problem(report())).toMatchObject({ reason: 'off-duty' })
    const ended = await Promise.all([1, 2, 3].map(() => endShifts(db.sql, new Date(now()))))
    expect(ended.reduce((sum, some) => sum + some)).toBe(1)
    expect((await readEvents(db.sql, 0, 5000)).filter(({ type }) => type === 'officer.duty').at(-1)).toMatchObject({
      id: 'w1',
      regions: [town, '990101001001'],
      data: {
        set: { duty: 'off', dutyUntil: null },
      },
    })
  })

  it('of somebody else, for ever or over already is not begun', async () => {
    expect((await wang.put('/api/v1/officers/w2/duty', { duty: 'on' })).status).toBe(404)
    for (const hours of [-1, 17]) {
      expect(await problem(wang.put('/api/v1/officers/w1/duty', {
        duty: 'on',
        until: new Date(now() + hours * 3_600_000).toISOString(),
      }))).toMatchObject({
        status: 422,
        errors: [
          { path: 'until' },
        ],
      })
    }
  })
})

describe('a track', () => {
  const track = async (asker = desk, officer = 'w1') => await asker.get(`/api/v1/officers/${officer}/track?from=${at(3000)}&to=${at()}`)

  it('is kept in few rows, read by who may, and each look is on record', async () => {
    for (let step = 0; step < 12; step++) {
      seconds += 5
      await report({ lat: west[1] + (step < 6
        ? step * 0.00005
        : 0.0003) })
    }
    const { fixes, keptDays } = await (await track()).json() as Track
    // 6 steps of 5.6 m, then still: every second step, and one when half a minute has gone by
    expect(fixes.length).toBeGreaterThanOrEqual(3)
    expect(fixes.length).toBeLessThanOrEqual(6)
    expect(fixes.map(fix => fix[2])).toEqual(fixes.map(fix => fix[2]).sort())
    expect(keptDays).toBe(30)
    expect(await db.sql`select action, target from audit where action = 'officer.track'`).toEqual([
      { action: 'officer.track', target: 'officer:w1' },
    ])
    expect((await track(desk.as('inspector'))).status).toBe(200)
    expect((await track(wang)).status).toBe(200)
    expect((await track(wang, 'w2')).status).toBe(404)
    for (const role of [
      'community',
      'planner',
      'admin',
      'wall',
    ] as const)
      expect((await track(desk.as(role))).status, role).toBe(403)
    expect(await problem(desk.get(`/api/v1/officers/w1/track?from=${at(200_000)}&to=${at()}`))).toMatchObject({
      status: 422,
      errors: [
        { path: 'to' },
      ],
    })
  })

  it('lies in a table a day, which is dropped whole when its days are over', async () => {
    await makeTrackDays(db.sql, ['2026-10-20', '2026-11-23'])
    await db.sql`
      insert into officer_tracks (subdistrict, officer, seen_at, location, device)
      values (${town}, 'w2', '2026-10-20T09:00:00+08:00', point(117, 36.65), 'x'), (${town}, 'w2', '2026-11-23T09:00:00+08:00', point(117, 36.65), 'x')`
    const sweep = async (apply: boolean) => (await retain(db.sql, {
      auditKey: Buffer.alloc(32, 7),
      now: new Date(noon),
      apply,
    })).find(({ rule }) => rule === 'officer-tracks')!.rows
    expect(await sweep(false)).toBe(1)
    expect(await listTrackDays(db.sql)).toContain('2026-10-20')
    expect(await sweep(true)).toBe(1)
    expect(await listTrackDays(db.sql)).not.toContain('2026-10-20')
    expect(await listTrackDays(db.sql)).toContain('2026-11-23')
  })

  it('goes at once when he no longer agrees', async () => {
    await report()
    await positions.fixes.flush()
    const standing = await (await wang.remove('/api/v1/officers/w1/position-consent')).json() as PositionStanding
    expect(standing.consent).toBeNull()
    expect((await db.sql`select 1 from officer_tracks where officer = 'w1'`).length).toBe(0)
    expect(await problem(report())).toMatchObject({ reason: 'no-consent' })
    expect((await db.sql`select wording from position_consents where officer = 'w1' and withdrawn_at is not null`)[0]).toEqual({ wording })
    await wang.put('/api/v1/officers/w1/position-consent', { wording })
  })
})

describe('a tracker', () => {
  async function make(officer = 'w1'): Promise<MadeTracker> {
    const made = await admin.post(`/api/v1/officers/${officer}/trackers`, { name: '对讲机 7', consented: true })
    expect(made.status).toBe(201)
    return await made.json() as MadeTracker
  }
  const basic = (token: string) => ({ Authorization: `Basic ${Buffer.from(`wang:${token}`).toString('base64')}` })
  const ownTracks = (token: string, said: object = {}) => desk.unsigned().post('/api/v1/trackers/owntracks', {
    _type: 'location',
    lat: west[1],
    lon: west[0],
    tst: Math.floor(now() / 1000),
    acc: 12,
    batt: 80,
    tid: 'w7',
    ...said,
  }, basic(token))

  it('speaks OwnTracks: a fix is shown, another message and a fix that is not believed are answered so that the app goes on', async () => {
    const { token, id } = await make()
    const answer = await ownTracks(token)
    expect([
      answer.status,
      answer.headers.get('X-Position'),
      await answer.json(),
    ]).toEqual([200, 'taken', []])
    expect(positions.latest.get('w1')).toMatchObject({ lng: west[0], accuracy: 12, seenAt: Math.floor(now() / 1000) * 1000 })
    expect((await ownTracks(token, { _type: 'status' })).headers.get('X-Position')).toBeNull()
    const future = await ownTracks(token, { tst: Math.floor(now() / 1000) + 86_400 })
    expect([
      future.status,
      future.headers.get('X-Position'),
    ]).toEqual([200, 'refused; future'])
    expect(await problem(ownTracks(token, { lat: 'north' }))).toMatchObject({
      status: 422,
      errors: [
        { path: 'lat' },
      ],
    })

    await positions.fixes.noteNow()
    expect(await (await admin.get('/api/v1/officers/w1/trackers')).json()).toEqual(expect.arrayContaining([
      expect.objectContaining({ id, heard: 'future' }),
    ]))
  })

  it('speaks Traccar\'s OsmAnd protocol in the address, in a form and in JSON', async () => {
    const { token } = await make()
    const asked = (query: string) => desk.unsigned().get(`/api/v1/trackers/osmand?${query}`)
    const where = `lat=${west[1]}&lon=${west[0]}`
    expect((await asked(`id=${token}&${where}&timestamp=${Math.floor(now() / 1000)}&speed=2&bearing=90&batt=75`)).headers.get('X-Position')).toBe('taken')
    expect((await asked(`deviceid=${token}&${where}&timestamp=${now() + 1000}&accuracy=9`)).headers.get('X-Position')).toBe('taken')
    expect((await asked(`id=${token}&location=${west[1]},${west[0]}&timestamp=${at(-2)}`)).headers.get('X-Position')).toBe('taken')
    const form = await desk.unsigned().post('/api/v1/trackers/osmand', `id=${token}&${where}&timestamp=${Math.floor(now() / 1000) + 3}`, { 'Content-Type': 'application/x-www-form-urlencoded' })
    expect(form.headers.get('X-Position')).toBe('taken')
    const traccar = await desk.unsigned().post('/api/v1/trackers/osmand', {
      device_id: token,
      location: {
        timestamp: at(-4),
        coords: {
          latitude: west[1],
          longitude: west[0],
          accuracy: 5,
          speed: -1,
        },
        is_moving: true,
      },
    })
    expect([
      traccar.status,
      traccar.headers.get('X-Position'),
    ]).toEqual([200, 'taken'])
    expect(await problem(asked(`id=${token}&lat=north&lon=117`))).toMatchObject({
      status: 422,
      errors: [
        { path: 'lat' },
      ],
    })
    expect(await problem(asked(`id=${token}&${where}&timestamp=yesterday`))).toMatchObject({
      status: 422,
      errors: [
        { path: 'timestamp' },
      ],
    })
  })

  it('that was revoked, of a dismissed worker or of nobody is refused', async () => {
    const { token, id } = await make()
    expect((await ownTracks('guessed')).status).toBe(401)
    expect((await ownTracks(token)).status).toBe(200)
    await db.sql`update users set banned = true where id = 'u1'`
    positions.roster.forget()
    const dismissed = await ownTracks(token)
    expect(dismissed.status).toBe(401)
    expect(await dismissed.json()).toMatchObject({
      detail: expect.stringContaining('not in service'),
    })
    await db.sql`update users set banned = false where id = 'u1'`
    positions.roster.forget()
    expect((await ownTracks(token)).status).toBe(200)
    expect((await admin.remove(`/api/v1/trackers/${id}`)).status).toBe(204)
    expect((await ownTracks(token)).status).toBe(401)
    expect((await admin.remove(`/api/v1/trackers/${id}`)).status).toBe(404)
    expect((await db.sql`select action from audit where action like 'tracker.%' order by seq desc limit 1`)[0]).toEqual({ action: 'tracker.revoke' })
  })

  it('is made by administrators only, says that the worker has agreed, and keeps no token', async () => {
    expect((await desk.post('/api/v1/officers/w1/trackers', { name: 'x', consented: true })).status).toBe(403)
    expect(await problem(admin.post('/api/v1/officers/w1/trackers', { name: 'x' }))).toMatchObject({
      status: 422,
      errors: [
        { path: 'consented' },
      ],
    })
    expect((await admin.post('/api/v1/officers/w99/trackers', { name: 'x', consented: true })).status).toBe(404)
    const { token, id, origin } = await make()
    expect(origin).toMatch(/^http:\/\//)
    expect(await (await admin.get('/api/v1/trackers')).json()).toEqual(expect.arrayContaining([
      expect.objectContaining({
        id,
        officer: 'w1',
        name: '对讲机 7',
        heardAt: null,
        revokedAt: null,
      }),
    ]))
    expect((await desk.get('/api/v1/trackers')).status).toBe(403)
    expect(JSON.stringify(await db.sql`select * from trackers`)).not.toContain(token)
    expect(JSON.stringify(await db.sql`select * from audit`)).not.toContain(token)
  })
})

describe('the way to a case', () => {
  it('is told to who has the case; without a place or a street it is not known, and says so', async () => {
    const make = async (said: object) => (await (await desk.post('/api/v1/cases', { content: '路灯不亮', ...said })).json() as { id: string }).id
    const [placed, nowhere] = [await make({
      location: { lng: west[0], lat: west[1] },
    }), await make({})]
    const walk = (id: string, asker = desk) => asker.post(`/api/v1/cases/${id}/walk`, here)
    expect(await (await walk(placed)).json()).toEqual({ route: null, unknown: 'no-way' })
    expect(await (await walk(nowhere)).json()).toEqual({ route: null, unknown: 'no-place' })
    expect((await walk(placed, wang)).status).toBe(404)
    expect((await walk('none')).status).toBe(404)
    expect((await db.sql`select 1 from audit where action like '%walk%'`).length).toBe(0)
  })
})
