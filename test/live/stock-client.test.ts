import type { ChildProcess } from 'node:child_process'
import type { TestDatabase } from '../world/database.ts'
import type { LiveWorld } from '../world/live.ts'
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Changes, FollowAnswer, Positions, Pulse, Snapshot } from '#contract/live.ts'
import { testDatabase } from '../world/database.ts'
import { append, registered, subdistrict } from '../world/events.ts'
import { eventually } from '../world/eventually.ts'
import { liveWorld } from '../world/live.ts'

const schemas = {
  answer: FollowAnswer,
  snapshot: Snapshot,
  changes: Changes,
  positions: Positions,
  pulse: Pulse,
}
type Name = keyof typeof schemas

const python = ['/usr/bin/python3', 'python3'].find(command => spawnSync(command, ['-c', 'import socketio']).status === 0)
if (!python)
  console.warn('SKIPPED: a stock client in another language (Debian: apt install python3-socketio python3-websocket)')

let db: TestDatabase
let world: LiveWorld
beforeAll(async () => {
  db = await testDatabase()
  world = await liveWorld(db, {
    limits: { pulseMs: 300 },
  })
})
afterAll(async () => {
  await world.stop()
  await db.drop()
})

/** The Python client; what it prints, checked against the contract. */
function stockClient(since: unknown) {
  const heard: Record<Name, unknown[]> = {
    answer: [],
    snapshot: [],
    changes: [],
    positions: [],
    pulse: [],
  }
  const child: ChildProcess = spawn(python!, [
    fileURLToPath(new URL('./stock-client.py', import.meta.url)),
    world.url,
    JSON.stringify(since),
  ], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const [name, payload] = JSON.parse(line) as [Name, unknown]
    heard[name].push(schemas[name].parse(payload))
  })
  return {
    heard,
    close: () => child.kill(),
  }
}

it.skipIf(!python)('a stock Python client follows: snapshot, changes, positions, pulse, resume', async () => {
  await append(db.sql, registered('before'))
  const client = stockClient(null)
  await eventually(() => client.heard.snapshot.length === 1 && client.heard.pulse.length > 0, { seconds: 20 })
  const { epoch, seq } = client.heard.snapshot[0] as Snapshot
  expect(client.heard.answer).toMatchObject([
    { mode: 'snapshot', epoch, seq },
  ])

  await append(db.sql, registered('邻居深夜装修'))
  await append(db.sql, ...Array.from({ length: 40 }, (_, index) => registered(`many ${index}`)))
  world.live.reportPositions([
    {
      id: 'officer-1',
      lng: 117.1,
      lat: 36.6,
      seenAt: Date.now(),
      subdistrict,
      regions: [],
    },
  ])
  const changes = client.heard.changes as Changes[]
  await eventually(() => changes.flatMap(({ events }) => events).length === 41 && client.heard.positions.length > 0)
  expect(changes[0]!.from).toBe(seq + 1)
  expect(changes[0]!.events[0]!.id).toBe('邻居深夜装修')
  client.close()

  const back = stockClient({ epoch, seq })
  await eventually(() => (back.heard.changes as Changes[]).flatMap(({ events }) => events).length === 41, { seconds: 20 })
  expect(back.heard.answer).toMatchObject([
    { mode: 'resumed' },
  ])
  expect(back.heard.snapshot).toEqual([])
  back.close()
}, 60_000)
