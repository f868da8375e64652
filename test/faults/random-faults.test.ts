import type { AsyncCommand } from 'fast-check'
import type { Sql } from '../../db/connect.ts'
import type { CaseWrite } from '../world/case-writes.ts'
import type { TestDatabase } from '../world/database.ts'
import type { LiveWorld, Screen } from '../world/live.ts'
import type { LineFaults, TcpProxy } from '../world/tcp-proxy.ts'
import fc from 'fast-check'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { logHead } from '../../db/queries/events.ts'
import { communities, write } from '../world/case-writes.ts'
import { testDatabase } from '../world/database.ts'
import { subdistrict } from '../world/events.ts'
import { heldCases } from '../world/held-cases.ts'
import { eventually } from '../world/eventually.ts'
import { liveWorld, screenOn } from '../world/live.ts'
import { sized } from '../world/long.ts'
import { tcpProxy } from '../world/tcp-proxy.ts'

/** The world under test: one database, one server behind a bad line, some screens. What SQL says is the truth. */
interface World {
  sql: Sql
  db: TestDatabase
  server: LiveWorld | null
  line: TcpProxy
  screens: { screen: Screen, region: string | null }[]
  /** How messages reach the screens at the moment. */
  air: Air
  random: () => number
}

type Air = 'clear' | 'loses' | 'repeats' | 'delays'

let db: TestDatabase
let world: World
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const limits = {
  pulseMs: 150,
  ringEvents: 30,
  replay: 10,
  resumeLimit: 60,
  maxStallSeconds: 2,
}

async function setUp(seed: number): Promise<World> {
  await db.sql`delete from cases`
  await db.sql`delete from events`
  await db.sql`update meta set value = to_jsonb(gen_random_uuid()::text) where key = 'epoch'`
  const server = await liveWorld(db, { limits })
  world = {
    sql: db.sql,
    db,
    server,
    line: await tcpProxy(portOf(server)),
    screens: [],
    air: 'clear',
    random: randomFrom(seed),
  }
  for (const region of [null, '990101001001', subdistrict])
    addScreen(world, region)
  return world
}

function addScreen({ screens, line }: World, region: string | null): void {
  screens.push({
    region,
    screen: screenOn(`http://127.0.0.1:${line.port}`, region
      ? { region }
      : {}, null, { silentMs: 800, deliver: throughAir }),
  })
}

async function tearDown(): Promise<void> {
  vi.useRealTimers()
  world.screens.forEach(({ screen }) => screen.close())
  await world.line.close()
  await world.server?.stop()
}

async function isTrueEverywhere({ screens, sql, line }: World): Promise<void> {
  line.set({ refuse: false, deaf: false })
  world.air = 'clear'
  await startAgain(world)
  for (const { screen, region } of screens) {
    const truth = await heldCases(sql, region)
    await eventually(() => {
      expect(Object.fromEntries(screen.layer('cases'))).toEqual(truth)
      return true
    }, { seconds: 15 })
    await saysWhatTheLogSays(sql, screen, region)
  }
}

/** What came over the line, message by message, is what the log holds between its numbers. */
async function saysWhatTheLogSays(sql: Sql, screen: Screen, region: string | null): Promise<void> {
  const { epoch } = await logHead(sql)
  const logged = await sql<{ seq: number, id: string }[]>`
    select seq, id from events
    where ${region}::text is null or ${region} = any(regions) or ${region} = any(left_regions)
    order by seq`
  for (const { from, to, events } of screen.changes.filter(changes => changes.epoch === epoch)) {
    const wanted = logged.filter(({ seq }) => seq >= from && seq <= to)
    expect(events.map(({ seq, id }) => ({ seq, id }))).toEqual(wanted.map(({ seq, id }) => ({ seq, id })))
  }
}

async function startAgain(world: World): Promise<void> {
  if (world.server)
    return
  world.server = await liveWorld(db, { limits })
  world.line.leadTo(portOf(world.server))
}

function portOf(server: LiveWorld): number {
  return Number(new URL(server.url).port)
}

/** mulberry32 */
function randomFrom(seed: number): () => number {
  return () => {
    seed = (seed + 0x6D2B79F5) | 0
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Brings messages to a screen through the air of the moment. */
function throughAir(bring: () => void): void {
  const chance = world.random()
  if (world.air === 'loses' && chance < 0.3)
    return
  if (world.air === 'repeats' && chance < 0.5)
    bring()
  if (world.air === 'delays' && chance < 0.5)
    setTimeout(bring, world.random() * 100)
  else
    bring()
}

type Step = AsyncCommand<object, World>

function step(name: string, run: (world: World) => Promise<void> | void): Step {
  return {
    check: () => true,
    run: async (_, world) => run(world),
    toString: () => name,
  }
}

const writes = fc.array(fc.record<CaseWrite>({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  what: fc.constantFrom('open', 'change', 'move', 'drop'),
  community: fc.constantFrom(...communities),
  value: fc.nat(99),
}), { minLength: 1, maxLength: 8 })

const steps: fc.Arbitrary<Step>[] = [
  writes.map(batch => step(`write ${JSON.stringify(batch)}`, ({ sql }) => write(sql, batch))),
  writes.map(batch => step(`write one by one ${JSON.stringify(batch)}`, async ({ sql }) => {
    await Promise.all(batch.map(one => write(sql, [one])))
  })),
  writes.map(batch => step('write and roll back', ({ sql }) => write(sql, batch, { rollBack: true }))),
  writes.map(batch => step(`write and wait a little ${JSON.stringify(batch)}`, async ({ sql }) => {
    await write(sql, batch)
    await sleep(130)
  })),
  fc.integer({ min: 40, max: 90 }).map(count => step(`write ${count} times`, async ({ sql }) => {
    for (let value = 0; value < count; value++) {
      await write(sql, [
        {
          id: 'busy',
          what: 'change',
          community: null,
          value,
        },
      ])
    }
  })),
  fc.constantFrom(null, '990101001001', '990101001002', subdistrict).map(region => step(`a screen comes to look at ${region ?? 'all'}`, (world) => {
    if (world.screens.length < 6)
      addScreen(world, region)
  })),
  fc.constant(step('a screen goes', ({ screens }) => screens.shift()?.screen.close())),
  fc.constant(step('connections are reset', ({ line }) => line.reset())),
  fc.constant(step('connections go half-open', ({ line }) => line.set({ deaf: true }))),
  fc.constant(step('the line takes nobody', ({ line }) => line.set({ refuse: true }))),
  fc.constantFrom<Partial<LineFaults>>({ latencyMs: 60 }, { sliceBytes: 50 }, { bytesPerSecond: 40_000 }).map(faults => step(`the line gets ${JSON.stringify(faults)}`, ({ line }) => line.set(faults))),
  fc.constant(step('the line is good again', ({ line }) => line.set({
    latencyMs: 0,
    sliceBytes: Infinity,
    bytesPerSecond: Infinity,
    deaf: false,
    refuse: false,
  }))),
  fc.constantFrom<Air>('clear', 'loses', 'repeats', 'delays').map(air => step(`messages: the air ${air}`, (world) => {
    world.air = air
  })),
  fc.constant(step('the server stops', async (world) => {
    await world.server?.stop()
    world.server = null
  })),
  fc.constant(step('the server starts', startAgain)),
  fc.constant(step('the log\'s connection is cut', async ({ sql }) => {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'huizhi log'`
  })),
  fc.boolean().map(empty => step(`the database is replaced by ${empty ? 'an empty one' : 'another'}`, async ({ sql }) => {
    await sql.begin(async (tx) => {
      await tx`delete from events`
      await tx`update cases set content = 'of another database'`
      if (empty)
        await tx`delete from cases`
      await tx`update meta set value = to_jsonb(gen_random_uuid()::text) where key = 'epoch'`
    })
  })),
  fc.integer({ min: -86_400_000, max: 86_400_000 }).map(jump => step(`the clock jumps by ${Math.round(jump / 1000)} s`, () => {
    vi.useFakeTimers({
      toFake: ['Date'],
      now: Date.now() + jump,
    })
  })),
  fc.integer({ min: 1, max: 400 }).map(ms => step(`${ms} ms pass`, async () => {
    await sleep(ms)
  })),
  ...[1, 2, 3].map(() => fc.constant(step('every screen shows what SQL says', isTrueEverywhere))),
]

it('whatever happens to line, server, messages, clock and database, every screen ends with what SQL says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, {
      maxCommands: sized(60, 40),
      size: 'max',
    }), fc.integer(), async (commands, seed) => {
      const current = await setUp(seed)
      try {
        await fc.asyncModelRun(() => ({ model: {}, real: current }), commands)
        await isTrueEverywhere(current)
      }
      finally {
        await tearDown()
      }
    }),
    {
      numRuns: sized(150, 10),
      interruptAfterTimeLimit: sized(1_200_000, 60_000),
      endOnFailure: true,
      verbose: 1,
    },
  )
}, sized(1_500_000, 150_000))
