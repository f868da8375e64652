import { once } from 'node:events'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { FollowRequest } from '#contract/live.ts'
import { testDatabase } from '../world/database.ts'
import { append, registered } from '../world/events.ts'
import { eventually } from '../world/eventually.ts'
import { connectTo, follow, liveWorld, screenOn } from '../world/live.ts'
import { sized } from '../world/long.ts'
import { oddText, valuesOf } from './values.ts'

const db = await testDatabase()
const world = await liveWorld(db)
afterAll(async () => {
  await world.stop()
  await db.drop()
})

/** Somebody who did no harm sees nothing of it. */
async function expectToWork(id: string) {
  const screen = screenOn(world.url)
  await eventually(() => screen.position() !== null)
  const { to } = await append(db.sql, registered(id))
  await screen.reaches(to)
  expect(screen.ids()).toContain(id)
  screen.close()
}

it('whatever is asked to be followed is answered, with what was wrong or with what was asked for', async () => {
  const asked = fc.array(fc.oneof(
    {
      arbitrary: valuesOf(FollowRequest),
      weight: 3,
    },
    {
      arbitrary: fc.jsonValue(),
      weight: 1,
    },
    { arbitrary: oddText, weight: 1 },
  ), { minLength: 1, maxLength: 15 })
  const answers = { good: 0, refused: 0 }
  await fc.assert(fc.asyncProperty(asked, async (requests) => {
    const socket = connectTo(world.url)
    for (const request of requests) {
      const answer = await follow(socket, request)
      if ('error' in answer) {
        expect(answer.error.status, JSON.stringify(answer)).toBeLessThan(500)
        expect(JSON.stringify(answer)).not.toMatch(/<script|<img|drop table/)
        answers.refused += 1
      }
      else {
        expect(answer).toMatchObject({
          mode: expect.stringMatching(/^(?:resumed|snapshot)$/),
        })
        answers.good += 1
      }
    }
    socket.close()
  }), {
    numRuns: sized(700, 25),
  })
  expect(answers.good).toBeGreaterThan(0)
  expect(answers.refused).toBeGreaterThan(0)
  await expectToWork('after-follows')
}, 300_000)

it('events that nobody knows, without acknowledgement or with too many, disturb nobody', async () => {
  const events = fc.array(fc.tuple(
    fc.oneof(fc.constantFrom('follow', 'changes', 'snapshot', 'positions', 'message', '__proto__'), fc.string({ minLength: 1, maxLength: 20 })).filter(name => ![
      'connect',
      'connect_error',
      'disconnect',
      'disconnecting',
      'newListener',
      'removeListener',
    ].includes(name)),
    fc.array(fc.oneof(fc.jsonValue(), fc.uint8Array({ maxLength: 50 })), { maxLength: 4 }),
  ), { minLength: 1, maxLength: 20 })
  await fc.assert(fc.asyncProperty(events, async (sent) => {
    const socket = connectTo(world.url)
    await once(socket as never, 'connect')
    for (const [name, values] of sent)
      socket.emit(name as never, ...values as never)
    socket.emit('follow' as never, ...[] as never)
    socket.close()
  }), {
    numRuns: sized(500, 25),
  })
  await expectToWork('after-events')
}, 300_000)

it('bytes that are no packet of the protocol end their own connection only', async () => {
  const frames = fc.oneof(
    fc.constantFrom('40/live,', '42/live,["follow",{}]', '42/live,0["follow",', '42/live,["follow",{"layers":["cases"]}', '451-/live,["follow",{"_placeholder":true,"num":0}]', '459999999-/live,["follow",{"_placeholder":true,"num":7}]', '40/other,', '41/live,', '4', '2probe', '99', `42/live,${'['.repeat(20_000)}`, '42/live,9999999999999999999999["follow",{}]', '43/live,1[]', '44/live,{}'),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.uint8Array({ maxLength: 60 }),
  )
  await fc.assert(fc.asyncProperty(fc.array(frames, { minLength: 1, maxLength: 10 }), async (sent) => {
    const socket = new WebSocket(`${world.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
    socket.on('error', () => {})
    await once(socket, 'open')
    socket.send('40/live,')
    for (const frame of sent)
      socket.send(frame)
    socket.close()
    await once(socket, 'close')
  }), {
    numRuns: sized(1000, 40),
  })
  await expectToWork('after-frames')
}, 300_000)
