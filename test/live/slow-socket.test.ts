import type { TestDatabase } from '../world/database.ts'
import type { LiveWorld } from '../world/live.ts'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { testDatabase } from '../world/database.ts'
import { append, registered } from '../world/events.ts'
import { eventually } from '../world/eventually.ts'
import { liveWorld, screenOn } from '../world/live.ts'

let db: TestDatabase
let world: LiveWorld
beforeAll(async () => {
  db = await testDatabase()
  world = await liveWorld(db, {
    limits: { maxQueuedBytes: 256 * 1024, pulseMs: 500 },
  })
})
afterAll(async () => {
  await world.stop()
  await db.drop()
})

/** A follower by hand, that can stop reading. */
async function rawFollower(perMessageDeflate: boolean) {
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { perMessageDeflate })
  const messages: string[] = []
  socket.on('message', (data) => {
    const text = String(data)
    messages.push(text)
    if (text.startsWith('0'))
      socket.send('40/live,')
    if (text.startsWith('40/live'))
      socket.send('42/live,1["follow",{}]')
    if (text === '2')
      socket.send('3')
  })
  await once(socket, 'open')
  await eventually(() => messages.some(text => text.startsWith('42/live,["snapshot"')))
  return { socket, messages }
}

it('compressed or not, a follower reads the same', async () => {
  const [plain, compressed] = await Promise.all([
    rawFollower(false),
    rawFollower(true),
  ])
  expect(compressed.socket.extensions).toContain('permessage-deflate')
  expect(plain.socket.extensions).toBe('')
  await append(db.sql, ...Array.from({ length: 100 }, (_, index) => registered(`c${index}`)))
  const changes = ({ messages }: typeof plain) => messages.filter(text => text.includes('"c99"'))
  await eventually(() => changes(plain).length === 1 && changes(compressed).length === 1)
  expect(changes(compressed)[0]).toBe(changes(plain)[0])
  plain.socket.close()
  compressed.socket.close()
})

it('a reader that stalls is cut off at a bounded buffer, and nobody else notices', async () => {
  const stalled = await rawFollower(false)
  const good = screenOn(world.url)
  await good.reaches(0)
  stalled.socket.pause()
  const content = 'x'.repeat(20_000)
  let last = 0
  for (let round = 0; round < 60 && world.live.state().followers === 2; round++)
    last = (await append(db.sql, ...Array.from({ length: 20 }, (_, index) => registered(`big ${round} ${index}`, { content })))).to

  await eventually(() => world.live.state().followers === 1, { seconds: 5, what: 'the stalled reader is still there' })
  await good.reaches(last)
  const metrics = await world.metrics.registry.metrics()
  expect(metrics).toContain('huizhi_live_evictions_total{reason="queue"} 1')
  good.close()
  stalled.socket.terminate()
})
