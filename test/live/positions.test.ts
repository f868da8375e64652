import type { TestDatabase } from '../world/database.ts'
import type { LiveWorld } from '../world/live.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { positionPayloads } from '../../db/queries/positions.ts'
import { setDuty } from '../../server/positions/set-duty.ts'
import { testDatabase } from '../world/database.ts'
import { subdistrict } from '../world/events.ts'
import { eventually } from '../world/eventually.ts'
import { liveWorld, screenOn } from '../world/live.ts'

let db: TestDatabase
let here: LiveWorld
let there: LiveWorld
beforeAll(async () => {
  db = await testDatabase()
  ;[here, there] = await Promise.all([
    liveWorld(db),
    liveWorld(db),
  ])
})
afterAll(async () => {
  await Promise.all([
    here.stop(),
    there.stop(),
  ])
  await db.drop()
})

function report(id: string, lng: number, { seenAt = Date.now(), regions = [] as string[] } = {}) {
  return {
    id,
    lng,
    lat: 36.6,
    seenAt,
    subdistrict,
    regions,
  }
}

it('positions reported to one process reach the screens of all, the latest wins, gathered for three quarters of a second', async () => {
  const screens = [
    screenOn(here.url),
    screenOn(there.url),
  ]
  await Promise.all(screens.map(screen => screen.reaches(0)))
  const begun = Date.now()
  for (let step = 1; step <= 200; step++) {
    here.live.reportPositions([
      report('walker', 117 + step / 1000, { seenAt: begun + step }),
    ])
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  for (const screen of screens) {
    await eventually(() => screen.positions.at(-1)?.rows[0]?.[1] === 117.2)
    expect(screen.positions.length).toBeLessThanOrEqual(2 + (Date.now() - begun) / 750)
    expect(screen.positions.length).toBeGreaterThanOrEqual(2)
    screen.close()
  }
})

it('an older report does not overwrite a newer one, from whichever process it comes', async () => {
  const screen = screenOn(here.url)
  await screen.reaches(0)
  const now = Date.now()
  here.live.reportPositions([
    report('late', 117.5, { seenAt: now }),
  ])
  there.live.reportPositions([
    report('late', 117.4, { seenAt: now - 5000 }),
  ])
  await eventually(() => screen.positions.some(({ rows }) => rows.some(([id]) => id === 'late')))
  await new Promise(resolve => setTimeout(resolve, 1500))
  expect(screen.positions.flatMap(({ rows }) => rows).filter(([id]) => id === 'late').at(-1)).toEqual(['late', 117.5, 36.6, now])
  screen.close()
})

it('a screen that has just come is told the latest known at once; a region\'s screen only of its own', async () => {
  here.live.reportPositions([
    report('in', 117.1, {
      regions: ['990101001001'],
    }),
    report('out', 117.2, {
      regions: ['990101001002'],
    }),
  ])
  const region = screenOn(here.url, { region: '990101001001' })
  await eventually(() => region.positions.length > 0)
  expect(region.positions.flatMap(({ rows }) => rows).map(([id]) => id)).toEqual(['in'])
  const others = screenOn(here.url, {
    layers: ['cases'],
  })
  await others.reaches(0)
  expect(others.positions).toEqual([])
  ;[region, others].forEach(screen => screen.close())
})

it('a position costs 60 bytes at most on the wire', async () => {
  const screen = screenOn(here.url)
  await screen.reaches(0)
  here.live.reportPositions(Array.from({ length: 100 }, (_, index) => report(`officer-${String(index).padStart(4, '0')}`, 117.123456 + index / 1e6)))
  const packet = await eventually(() => screen.positions.find(({ rows }) => rows.length >= 100))
  expect(JSON.stringify(packet).length / packet.rows.length).toBeLessThanOrEqual(60)
  screen.close()
})

it('the latest position is kept for a restart', async () => {
  await db.sql`insert into officers (subdistrict, id, name) values (${subdistrict}, 'kept', '老王')`
  const other = await liveWorld(db)
  other.live.reportPositions([
    report('kept', 117.33),
  ])
  await other.stop()
  const [row] = await db.sql`select location from officers where id = 'kept'`
  expect(row!.location).toEqual([117.33, 36.6])
})

it('payloads stay below what a NOTIFY carries', () => {
  const reports = Array.from({ length: 500 }, (_, index) => report(`officer ${index} 王`, 117, {
    regions: ['990101001001', '990101001001001'],
  }))
  const payloads = positionPayloads('me', reports)
  expect(Math.max(...payloads.map(payload => Buffer.byteLength(payload)))).toBeLessThan(8000)
  expect(payloads.flatMap(payload => JSON.parse(payload).reports)).toEqual(reports)
})

it('what one process was told every process knows, until its officer goes off duty', async () => {
  here.live.reportPositions([
    {
      ...report('shared', 117.3),
      accuracy: 8,
      device: 's-1',
    },
  ])
  expect(here.live.positionOf('shared')).toMatchObject({ lng: 117.3 })
  await eventually(() => there.live.positionOf('shared') !== undefined)
  expect(there.live.positionOf('shared')).toMatchObject({ lng: 117.3, accuracy: 8, device: 's-1' })

  await db.sql`insert into officers (subdistrict, id, name, duty) values (${subdistrict}, 'shared', '老李', 'on')`
  await setDuty(db.sql, 'shared', 'off', null)
  await eventually(() => here.live.positionOf('shared') === undefined && there.live.positionOf('shared') === undefined)
})
