import type { Browser, Page } from 'playwright-core'
import type { TestDatabase } from '../world/database.ts'
import type { RunningServer } from '../world/server.ts'
import type { TcpProxy } from '../world/tcp-proxy.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { contractHash } from '#contract/hash.ts'
import { launchBrowser } from '../world/browser.ts'
import { communities, write } from '../world/case-writes.ts'
import { testDatabase } from '../world/database.ts'
import { eventually } from '../world/eventually.ts'
import { startServer } from '../world/server.ts'
import { tcpProxy } from '../world/tcp-proxy.ts'

/** What a wall must live through, done to the built page in a real browser; a line that can be spoiled leads to the real server. */
let db: TestDatabase
let server: RunningServer
let line: TcpProxy
let browser: Browser
let page: Page

beforeAll(async () => {
  db = await testDatabase()
  server = await startServer({ DATABASE_URL: db.url, DEMO: '1' })
  line = await tcpProxy(Number(new URL(server.url).port))
  browser = await launchBrowser()
}, 240_000)
afterEach(async () => {
  line.set({ deaf: false, refuse: false })
  await page?.close()
})
afterAll(async () => {
  await browser?.close()
  await line?.close()
  await server?.stop()
  await db?.drop()
})

async function openWall(before: (page: Page) => Promise<void> = async () => {}): Promise<void> {
  page = await browser.newPage({
    viewport: { width: 1366, height: 768 },
    bypassCSP: true, // for the pictures that are looked at in the page; the server's own tests check the policy
  })
  await before(page)
  await page.goto(`http://127.0.0.1:${line.port}/wall?rotate=0`)
  await page.locator('.maplibregl-canvas').waitFor({ timeout: 60_000 })
  await says('链路正常')
}

function says(link: string, seconds = 60): Promise<void> {
  return page.getByText(link).first().waitFor({ timeout: seconds * 1000 })
}

let number = 0
/** Something new happens; the wall's list of what happened must show it. */
async function somethingHappens(): Promise<string> {
  const id = `W${++number}`
  await write(db.sql, [
    {
      id,
      what: 'open',
      community: communities[0],
      value: number,
    },
  ])
  return id
}

async function shows(id: string): Promise<void> {
  await page.locator(`[data-test=feed] [data-case="${id}"]`).waitFor({ state: 'attached', timeout: 30_000 })
}

/** Colours on the map that cover at least a thousandth of it; an empty canvas has one. */
async function coloursOfMap(): Promise<number> {
  const png = await page.locator('[data-test=map]').first().screenshot()
  return await page.evaluate(async (image) => {
    const bitmap = await createImageBitmap(await (await fetch(image)).blob())
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
    context.drawImage(bitmap, 0, 0)
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    const counts = new Map<number, number>()
    for (let i = 0; i < data.length; i += 4) {
      const colour = data[i]! << 16 | data[i + 1]! << 8 | data[i + 2]!
      counts.set(colour, (counts.get(colour) ?? 0) + 1)
    }
    return [
      ...counts.values(),
    ].filter(count => count > data.length / 4 / 1000).length
  }, `data:image/png;base64,${png.toString('base64')}`)
}

it('a line that dies without a word: after 10 s the wall says so, after 30 s it greys and says of when it is; it comes back by itself with what it missed', async () => {
  await openWall()
  line.set({ deaf: true })
  const begun = performance.now()
  const seconds = () => (performance.now() - begun) / 1000
  const missed = await somethingHappens()
  await says('链路迟滞')
  expect(seconds()).toBeGreaterThan(5) // the last pulse may be five seconds old
  expect(await page.locator('[data-test=stale]').count()).toBe(0)
  await page.locator('[data-test=stale]').waitFor({ timeout: 60_000 })
  expect(seconds()).toBeGreaterThan(24)
  expect(await page.locator('[data-test=stale]').textContent()).toMatch(/画面停在.*\d\d:\d\d:\d\d/)
  expect(await opacityOfDimmed()).toBeLessThan(1)

  line.set({ deaf: false })
  await says('链路正常')
  await page.locator('[data-test=stale]').waitFor({ state: 'detached' })
  await shows(missed)
  expect(await opacityOfDimmed()).toBe(1)
}, 180_000)

async function opacityOfDimmed(): Promise<number> {
  return await page.evaluate(() => Math.max(...Array.from(document.querySelectorAll('.dims'), element => Number(getComputedStyle(element).opacity))))
}

it('asleep while its connection is cut, it shows what it missed once it wakes', async () => {
  await openWall()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
  line.set({ refuse: true })
  line.reset()
  const missed = await somethingHappens()
  await sleep(3000)
  line.set({ refuse: false })
  await devtools.send('Page.setWebLifecycleState', { state: 'active' })
  await shows(missed)
  await says('链路正常')
}, 120_000)

it('in a tab that draws no frames, nothing piles up: what happens is shown all the same', async () => {
  await openWall(page => page.addInitScript(() => {
    // What a hidden tab has: the callbacks are taken and never called.
    let handle = 0
    globalThis.requestAnimationFrame = () => ++handle
  }).then(() => {}))
  for (let i = 0; i < 20; i++)
    await somethingHappens()
  await shows(await somethingHappens())
}, 120_000)

it('the map comes back by itself after its graphics context was lost, with everything on it', async () => {
  await openWall()
  let before = 0
  await eventually(async () => {
    const [last, now] = [before, await coloursOfMap()]
    before = now
    return now > 8 && now === last
  }, { seconds: 60, what: 'the map is not drawn' })
  await page.evaluate(() => {
    const gl = document.querySelector<HTMLCanvasElement>('.maplibregl-canvas')!.getContext('webgl2')!
    const context = gl.getExtension('WEBGL_lose_context')!
    Object.assign(globalThis, { context })
    context.loseContext()
  })
  await eventually(async () => await coloursOfMap() < before / 2, { what: 'the context was not lost' })
  await page.evaluate(() => (globalThis as unknown as { context: WEBGL_lose_context }).context.restoreContext())
  await eventually(async () => await coloursOfMap() >= before * 0.8, { seconds: 60, what: 'the map did not come back' })
  await shows(await somethingHappens())
}, 180_000)

describe('a page from before the server\'s upgrade', () => {
  /** Serves scripts that were built for another contract, in so many loads of the page. */
  async function openOld(loads: number): Promise<() => number> {
    let loaded = 0
    await openWall(async (page) => {
      page.on('framenavigated', () => loaded++)
      await page.route('**/*.js', async (route) => {
        if (loaded > loads)
          return route.continue()
        const answer = await route.fetch()
        const script = await answer.text()
        await route.fulfill({
          response: answer,
          body: script.replaceAll(contractHash(), 'before'),
        })
      })
    })
    return () => loaded
  }

  it('loads the new one by itself, once', async () => {
    const loaded = await openOld(1)
    await eventually(() => loaded() === 2, { what: 'it did not reload' })
    await says('链路正常')
    await shows(await somethingHappens())
    expect(loaded()).toBe(2)
  }, 120_000)

  it('does not reload again and again where an old page is all there is', async () => {
    const loaded = await openOld(100)
    await eventually(() => loaded() === 2, { what: 'it did not reload' })
    await says('链路正常')
    await shows(await somethingHappens())
    await sleep(2000)
    expect(loaded()).toBe(2)
  }, 120_000)
})
