import type { TestDatabase } from '../world/database.ts'
import type { LiveWorld } from '../world/live.ts'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logHead } from '../../db/queries/events.ts'
import { testDatabase } from '../world/database.ts'
import { append, registered, subdistrict } from '../world/events.ts'
import { eventually } from '../world/eventually.ts'
import { connectTo, follow, hasNoGap, liveWorld, screenOn } from '../world/live.ts'

let db: TestDatabase
let world: LiveWorld
beforeAll(async () => {
  db = await testDatabase()
  world = await liveWorld(db, {
    limits: {
      pulseMs: 300,
      resumeLimit: 500,
      ringEvents: 100,
      replay: 50,
    },
  })
})
afterAll(async () => {
  await world.stop()
  await db.drop()
})

async function openCase(id: string) {
  await db.sql`
    insert into cases (subdistrict, id, kind, source, status, content, location, reported_at)
    values (${subdistrict}, ${id}, 'noise', 'hotline', 'registered', 'x', point(117.1, 36.6), now())`
}

async function head() {
  return logHead(db.sql)
}

describe('a follower', () => {
  it('gets a snapshot, then every change, each message beginning where the last ended', async () => {
    await openCase('first')
    const screen = screenOn(world.url)
    await eventually(() => screen.ids().includes('first'))
    for (let index = 0; index < 30; index++)
      await append(db.sql, registered(`c${index}`), registered(`d${index}`))

    await screen.reaches((await head()).seq)
    expect(screen.ids()).toHaveLength(61)
    expect(hasNoGap(screen.changes)).toBe(true)
    expect(screen.answers).toHaveLength(1)
    expect(screen.answers[0]).toMatchObject({ mode: 'snapshot', contract: 'test' })
    screen.close()
  })

  it('that comes back gets exactly what it missed', async () => {
    const screen = screenOn(world.url)
    await screen.reaches((await head()).seq)
    const before = screen.position()!
    screen.close()
    await append(db.sql, registered('missed 1'), registered('missed 2'))

    const back = screenOn(world.url, {}, before)
    await back.reaches(before.seq + 2)
    expect(back.answers).toEqual([
      expect.objectContaining({ mode: 'resumed' }),
    ])
    expect(back.events().map(({ id }) => id)).toEqual(['missed 1', 'missed 2'])
    expect(back.snapshots).toEqual([])
    expect(back.changes[0]!.from).toBe(before.seq + 1)
    back.close()
  })

  it('that missed more than is in memory gets it from the database', async () => {
    const before = await head()
    await append(db.sql, ...Array.from({ length: 300 }, (_, index) => registered(`old ${index}`)))
    await eventually(async () => world.live.state().seq === before.seq + 300)

    const back = screenOn(world.url, {}, before)
    await back.reaches(before.seq + 300)
    expect(back.answers[0]!.mode).toBe('resumed')
    expect(back.events().map(({ seq }) => seq)).toEqual(Array.from({ length: 300 }, (_, index) => before.seq + index + 1))
    expect(hasNoGap(back.changes)).toBe(true)
    back.close()
  })

  it('that missed very much, comes from another database or from the future, gets a snapshot', async () => {
    const now = await head()
    await append(db.sql, ...Array.from({ length: 501 }, (_, index) => registered(`much ${index}`)))
    await eventually(() => world.live.state().seq === now.seq + 501)

    for (const since of [
      now,
      { epoch: 'another', seq: now.seq },
      { epoch: now.epoch, seq: now.seq + 100_000 },
    ]) {
      const socket = connectTo(world.url)
      expect(await follow(socket, { since })).toMatchObject({ mode: 'snapshot', seq: now.seq + 501, epoch: now.epoch })
      socket.close()
    }
  })

  it('is told the newest number even when nothing of it concerns its view', async () => {
    const screen = screenOn(world.url, {
      layers: ['worksites'],
    })
    await screen.reaches((await head()).seq)
    const { to } = await append(db.sql, registered('not for worksites'))

    await screen.reaches(to)
    expect(screen.events()).toEqual([])
    expect(hasNoGap(screen.changes)).toBe(true)
    screen.close()
  })

  it('feels the pulse, with the age of what it sees', async () => {
    const screen = screenOn(world.url)
    await eventually(() => screen.pulses.length >= 2)
    const pulse = screen.pulses.at(-1)!
    expect(pulse.epoch).toBe((await head()).epoch)
    expect(pulse.ages.cases).toBeLessThan(2)
    expect(pulse.stale).toBeUndefined()
    screen.close()
  })

  it('may change its mind: what it followed before no longer comes', async () => {
    const socket = connectTo(world.url)
    const changes: number[] = []
    await follow(socket, {})
    await follow(socket, {
      layers: ['worksites'],
    })
    socket.on('changes', ({ events }) => changes.push(events.length))
    const { to } = await append(db.sql, registered('after the change'))
    await eventually(() => world.live.state().seq === to)
    await sleep(400)
    expect(changes.every(count => count === 0)).toBe(true)
    socket.close()
  })
})

describe('views', () => {
  const screens = {
    a: () => screenOn(world.url, { region: '990101001001' }),
    b: () => screenOn(world.url, { region: '990101001002' }),
    street: () => screenOn(world.url, { region: subdistrict }),
    other: () => screenOn(world.url, { region: '990101002' }),
    all: () => screenOn(world.url),
  }

  it('a case that moves from one region to another leaves the one and enters the other whole', async () => {
    const { seq } = await head()
    const [a, b, street, other, all] = [
      screens.a(),
      screens.b(),
      screens.street(),
      screens.other(),
      screens.all(),
    ]
    await Promise.all([a, b, street, other, all].map(screen => screen.reaches(seq)))

    const whole = {
      ...registered('moving').feature!,
      properties: { community: '990101001002' },
    }
    await append(db.sql, {
      ...registered('moving'),
      regions: [subdistrict, '990101001001'],
    })
    const { to } = await append(db.sql, {
      type: 'case.located',
      id: 'moving',
      regions: [subdistrict, '990101001002'],
      leftRegions: ['990101001001'],
      set: { community: '990101001002' },
      whole,
    })
    await Promise.all([a, b, street, other, all].map(screen => screen.reaches(to)))

    expect(a.ids()).not.toContain('moving')
    expect(a.events().map(({ feature, gone }) => feature
      ? 'feature'
      : gone && 'gone')).toEqual(['feature', 'gone'])
    expect(b.layer('cases').get('moving')).toEqual(whole)
    expect(street.layer('cases').get('moving')).toEqual(whole)
    expect(all.layer('cases').get('moving')).toEqual(whole)
    expect(other.events()).toEqual([])
    ;[a, b, street, other, all].forEach(screen => screen.close())
  })

  it('what belongs to no place reaches every region of its subdistrict and no other', async () => {
    const { seq } = await head()
    const [a, other] = [
      screens.a(),
      screens.other(),
    ]
    await Promise.all([a, other].map(screen => screen.reaches(seq)))
    const { to } = await append(db.sql, {
      type: 'coverage.computed',
      id: 'summary',
      feature: {
        type: 'Feature',
        id: 'summary',
        geometry: null,
        properties: {},
      },
    })
    await Promise.all([a, other].map(screen => screen.reaches(to)))

    expect(a.ids('coverage')).toEqual(['summary'])
    expect(other.ids('coverage')).toEqual([])
    ;[a, other].forEach(screen => screen.close())
  })

  it('an item that is gone leaves every screen', async () => {
    await append(db.sql, {
      ...registered('merged away'),
      regions: [subdistrict, '990101001001'],
    })
    const { seq } = await head()
    const [a, all] = [
      screens.a(),
      screens.all(),
    ]
    await Promise.all([a, all].map(screen => screen.reaches(seq)))
    const { to } = await append(db.sql, {
      type: 'case.merged',
      id: 'merged away',
      regions: [subdistrict, '990101001001'],
      gone: true,
    })
    await Promise.all([a, all].map(screen => screen.reaches(to)))

    expect(a.ids()).not.toContain('merged away')
    expect(all.ids()).not.toContain('merged away')
    ;[a, all].forEach(screen => screen.close())
  })
})

describe('bad input', () => {
  it.each([
    [
      'layers that do not exist',
      {
        layers: ['secrets'],
      },
    ],
    [
      'no layers at all',
      { layers: [] },
    ],
    [
      'a region that is not text',
      { region: 7 },
    ],
    [
      'a since that is none',
      { since: 'yesterday' },
    ],
    [
      'a negative number',
      {
        since: { epoch: 'x', seq: -1 },
      },
    ],
    ['text', 'follow me'],
    ['a number', 7],
    [
      'a list',
      [1, 2],
    ],
  ])('%s: an error is acknowledged', async (_, request) => {
    const socket = connectTo(world.url)
    expect(await follow(socket, request)).toMatchObject({
      error: { status: 400, type: 'urn:huizhi:problem:bad-request' },
    })
    socket.close()
  })

  it('unknown events, a follow without an acknowledgement, and far too much do not harm the others', async () => {
    const good = screenOn(world.url)
    const bad = connectTo(world.url)
    await once(bad as never, 'connect')
    const anything = bad as unknown as { emit: (...words: unknown[]) => void }
    anything.emit('drop table', { a: 1 })
    anything.emit('follow')
    anything.emit('follow', null, null, 7)
    anything.emit('follow', {
      layers: 'x'.repeat(200_000),
    })
    await once(bad as never, 'disconnect')
    const { to } = await append(db.sql, registered('after the attack'))
    await good.reaches(to)
    good.close()
    bad.close()
  })

  it('a client that asks all the time is told to slow down', async () => {
    const socket = connectTo(world.url)
    const answers = await Promise.all(Array.from({ length: 30 }, () => follow(socket, {
      layers: ['worksites'],
    })))
    expect(answers.filter(answer => 'error' in answer && answer.error.status === 429)).toHaveLength(10)
    socket.close()
  })

  it('a page of another origin may not connect', async () => {
    const { io } = await import('socket.io-client')
    const socket = io(`${world.url}/live`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { origin: 'https://evil.example' },
    })
    await once(socket as never, 'connect_error')
    socket.close()
  })
})
