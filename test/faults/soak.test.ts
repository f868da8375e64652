import type { Browser, CDPSession } from 'playwright-core'
import type { LngLat } from '#contract/geometry.ts'
import type { CaseWrite } from '../world/case-writes.ts'
import type { TestDatabase } from '../world/database.ts'
import type { RunningServer } from '../world/server.ts'
import { execFileSync } from 'node:child_process'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../world/browser.ts'
import { communities, write } from '../world/case-writes.ts'
import { testDatabase } from '../world/database.ts'
import { lightFollowers } from '../world/light-follower.ts'
import { isLong } from '../world/long.ts'
import { startServer } from '../world/server.ts'

/** HUIZHI_SOAK_MINUTES shortens it for a look; what it says of a run of a few minutes is mostly warming up. */
const minutes = Number(process.env.HUIZHI_SOAK_MINUTES ?? 30)
const followerCount = 200
const eventsPerSecond = 20
/** Cases that come, change, move and go: as many go as come, so that nothing has a reason to grow. */
const poolSize = 400
const looks = 90

/** What was in use at one look. */
interface Look { minute: number, pageHeap: number, nodes: number, listeners: number, serverRss: number }
type Figure = Exclude<keyof Look, 'minute'>

/** Scenes have more or fewer nodes and listeners: what leaks raises the lowest of a stretch, what only turns does not. */
const typicalOf: Record<Figure, (values: number[]) => number> = {
  pageHeap: mean,
  serverRss: mean,
  nodes: values => Math.min(...values),
  listeners: values => Math.min(...values),
}

describe.skipIf(!isLong)(`a wall and ${followerCount} followers at ${eventsPerSecond} events a second for ${minutes} minutes`, () => {
  let db: TestDatabase
  let server: RunningServer
  let browser: Browser
  beforeAll(async () => {
    db = await testDatabase()
    server = await startServer({ DATABASE_URL: db.url, DEMO: '1' })
    browser = await launchBrowser()
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await db?.drop()
  })

  it('use no more memory, DOM nodes or listeners at the end than in the middle', async () => {
    const page = await browser.newPage({
      viewport: { width: 1920, height: 1080 },
    })
    // All scenes in turn, so that what each of them puts up and takes down is part of it.
    await page.goto(`${server.url}/wall?rotate=15`)
    await page.getByText('链路正常').waitFor({ timeout: 120_000 })
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable')
    const followers = await lightFollowers(server.url, followerCount)

    const begun = performance.now()
    const minute = () => (performance.now() - begun) / 60_000
    const writing = writeFor(minutes, minute)
    const seen: Look[] = []
    while (minute() < minutes) {
      await sleep(minutes * 60_000 / looks)
      seen.push({
        minute: minute(),
        serverRss: residentBytes(server.pid),
        ...await useOf(devtools),
      })
    }
    const written = await writing

    const [, middle, last] = inParts(seen, 3) as [Look[], Look[], Look[]]
    const figures = (Object.keys(typicalOf) as Figure[]).map((figure) => {
      const typical = (part: Look[]) => typicalOf[figure](part.map(look => look[figure]))
      return {
        figure,
        growth: typical(last) / typical(middle) - 1,
        perHour: slopeOf([
          ...middle,
          ...last,
        ], figure) * 60,
        course: inParts(seen, 9).map(typical),
      }
    })
    console.warn([
      `soak of ${minutes} minutes, ${written} events:`,
      ...figures.map(({ figure, growth, perHour, course }) =>
        `  ${figure}: last third against middle third ${(growth * 100).toFixed(1)} %, slope ${short(perHour)} an hour; by ninths ${course.map(short).join(' ')}`),
    ].join('\n'))
    expect(followers.flatMap(({ faults }) => faults)).toEqual([])
    expect(followers.every(({ modes }) => modes.length === 1)).toBe(true)
    expect(written).toBeGreaterThan(minutes * 60 * eventsPerSecond * 0.5)
    for (const { figure, growth } of figures)
      expect(growth, figure).toBeLessThan(0.03)
    followers.forEach(follower => follower.close())
    await page.close()
  }, (minutes + 10) * 60_000)

  /** @returns how many events it wrote */
  async function writeFor(minutes: number, minute: () => number): Promise<number> {
    const [middle] = await db.sql<{ lng: number, lat: number }[]>`select avg(location[0]) as lng, avg(location[1]) as lat from cases where location is not null`
    let written = 0
    while (minute() < minutes) {
      const due = Math.floor(minute() * 60 * eventsPerSecond) - written
      if (due > 0) {
        const batch = Array.from({
          length: Math.min(due, 20),
        }, () => randomWrite([middle!.lng, middle!.lat]))
        await write(db.sql, batch)
        written += batch.length
      }
      await sleep(20)
    }
    return written
  }
})

function randomWrite([lng, lat]: LngLat): CaseWrite {
  const chance = Math.random()
  const around = () => (Math.random() - 0.5) * 0.02
  return {
    id: `soak ${Math.floor(Math.random() * poolSize)}`,
    what: chance < 0.25
      ? 'drop'
      : chance < 0.4
        ? 'move'
        : chance < 0.7
          ? 'step'
          : 'change',
    community: communities[Math.floor(Math.random() * 2)]!,
    value: Math.floor(Math.random() * 100),
    lngLat: [lng + around(), lat + around()],
  }
}

async function useOf(devtools: CDPSession): Promise<Pick<Look, 'pageHeap' | 'nodes' | 'listeners'>> {
  await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const valueOf = (wanted: string) => metrics.find(({ name }) => name === wanted)!.value
  return {
    pageHeap: valueOf('JSHeapUsedSize'),
    nodes: valueOf('Nodes'),
    listeners: valueOf('JSEventListeners'),
  }
}

function residentBytes(pid: number): number {
  return Number(execFileSync('ps', [
    '-o',
    'rss=',
    '-p',
    String(pid),
  ], { encoding: 'utf8' })) * 1024
}

function inParts(seen: readonly Look[], count: number): Look[][] {
  return Array.from({ length: count }, (_, part) =>
    seen.filter(({ minute }) => Math.min(count - 1, Math.floor(minute / minutes * count)) === part))
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Least squares, a minute. */
function slopeOf(seen: readonly Look[], figure: Figure): number {
  const middle = mean(seen.map(({ minute }) => minute))
  const level = mean(seen.map(look => look[figure]))
  const above = seen.reduce((sum, look) => sum + (look.minute - middle) * (look[figure] - level), 0)
  const below = seen.reduce((sum, look) => sum + (look.minute - middle) ** 2, 0)
  return above / below
}

function short(value: number): string {
  return Math.abs(value) >= 1e6
    ? `${(value / 1e6).toFixed(1)} M`
    : value.toFixed(0)
}
