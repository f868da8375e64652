import type { TestDatabase } from '../world/database.ts'
import type { LightFollower } from '../world/light-follower.ts'
import type { LiveProcess } from '../world/live-process.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase } from '../world/database.ts'
import { append, registered } from '../world/events.ts'
import { eventually } from '../world/eventually.ts'
import { lightFollowers } from '../world/light-follower.ts'
import { liveProcess } from '../world/live-process.ts'
import { isLong, sized } from '../world/long.ts'

let db: TestDatabase
let server: LiveProcess
beforeAll(async () => {
  db = await testDatabase()
  server = await liveProcess(db.url)
})
afterAll(async () => {
  await server.stop()
  await db.drop()
})

const megabyte = 2 ** 20
const stalledCount = 3
/** The kernel holds some 4 MB for a socket, the server 4 MB: this is more, and in full more than 50 MB more. */
const roundMegabytes = sized(100, 12)
const rounds = sized(4, 1)
/** Of an event, in characters: large, so that the volume comes without many events. */
const contentSize = 8000
const batchEvents = 64

/** The most that the server had in memory in a stretch of writing, and how long each batch took to reach each good follower. */
interface Stretch { rss: number, heap: number, latencies: number[] }

it(`of ${stalledCount} readers that stall the server rids itself at a bounded buffer: it grows by 50 MB at most, the others wait no longer than before`, async () => {
  const good = await lightFollowers(server.url, 4, { comeBackMs: null })
  await write(good, roundMegabytes) // fills the ring of recent events, which is bounded by itself
  const undisturbed: Stretch[] = []
  const disturbed: Stretch[] = []
  for (let round = 0; round < rounds; round++) {
    undisturbed.push(await write(good, roundMegabytes))
    const evicted = await server.metric('huizhi_live_evictions_total{reason="queue"}')
    const stalled = await lightFollowers(server.url, stalledCount, { comeBackMs: null })
    stalled.forEach(follower => follower.pause())
    disturbed.push(await write(good, roundMegabytes))
    await eventually(async () => await server.metric('huizhi_live_evictions_total{reason="queue"}') === evicted + stalledCount, { what: 'stalled readers are still there' })
    stalled.forEach(follower => follower.close())
  }

  expect(good.flatMap(({ faults }) => faults)).toEqual([])
  const before = peakOf(undisturbed)
  const after = peakOf(disturbed)
  const ratio = p99Of(disturbed) / p99Of(undisturbed)
  console.warn(`stalled readers: the server's peak grew by ${((after.rss - before.rss) / megabyte).toFixed(1)} MB RSS, ${((after.heap - before.heap) / megabyte).toFixed(1)} MB heap; p99 of the others ${p99Of(undisturbed).toFixed(1)} → ${p99Of(disturbed).toFixed(1)} ms`)
  expect(after.rss - before.rss).toBeLessThan(50 * megabyte)
  expect(after.heap - before.heap).toBeLessThan(50 * megabyte)
  // A ratio of two stretches that took turns; a short one has too few of them to say anything.
  if (isLong)
    expect(ratio).toBeLessThan(2)
  good.forEach(follower => follower.close())
}, sized(1_200_000, 90_000))

/** Writes so many megabytes of events, batch after batch, while it watches the server. */
async function write(good: LightFollower[], megabytes: number): Promise<Stretch> {
  const stretch: Stretch = { rss: 0, heap: 0, latencies: [] }
  const content = 'x'.repeat(contentSize)
  const batches = Math.ceil(megabytes * megabyte / (contentSize * batchEvents))
  for (let batch = 0; batch < batches; batch++) {
    const begun = performance.now()
    const { to } = await append(db.sql, ...Array.from({ length: batchEvents }, (_, index) => registered(`big ${index}`, { content })))
    while (!good.every(follower => follower.seq() >= to))
      await sleep(1)
    stretch.latencies.push(...good.map(({ arrivals }) => arrivals.get(to)! - begun))
    good.forEach(({ arrivals }) => arrivals.clear())
    if (batch % 3 === 0) {
      const { rss, heap } = await server.usage()
      stretch.rss = Math.max(stretch.rss, rss)
      stretch.heap = Math.max(stretch.heap, heap)
    }
  }
  return stretch
}

function peakOf(stretches: Stretch[]): { rss: number, heap: number } {
  return {
    rss: Math.max(...stretches.map(({ rss }) => rss)),
    heap: Math.max(...stretches.map(({ heap }) => heap)),
  }
}

function p99Of(stretches: Stretch[]): number {
  const all = stretches.flatMap(({ latencies }) => latencies).sort((a, b) => a - b)
  return all[Math.floor(all.length * 0.99)]!
}
