import type { Browser, Page } from 'playwright-core'
import type { TestDatabase } from '../world/database.ts'
import type { RunningServer } from '../world/server.ts'
import type { TcpProxy } from '../world/tcp-proxy.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInBrowser, testPassword } from '../world/account.ts'
import { launchBrowser } from '../world/browser.ts'
import { communities, write } from '../world/case-writes.ts'
import { testDatabase } from '../world/database.ts'
import { eventually } from '../world/eventually.ts'
import { startServer } from '../world/server.ts'
import { tcpProxy } from '../world/tcp-proxy.ts'

/** A duty officer has found his place on the map; whatever happens then, nobody takes it from him. */
let db: TestDatabase
let server: RunningServer
let line: TcpProxy
let browser: Browser
let page: Page
let chosen: string

beforeAll(async () => {
  db = await testDatabase()
  server = await startServer({ DATABASE_URL: db.url, DEMO: '1', DEMO_PASSWORD: testPassword })
  line = await tcpProxy(Number(new URL(server.url).port))
  browser = await launchBrowser()
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
  })
  const url = `http://127.0.0.1:${line.port}`
  await signInBrowser(context, url, 'duty')
  page = await context.newPage()
  await page.goto(`${url}/duty`)
  await linkIs('链路正常')
  const first = await view()
  const box = (await page.locator('.maplibregl-canvas').boundingBox())!
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await page.mouse.move(middle.x + 100, middle.y + 60)
  await page.mouse.wheel(0, -600)
  await eventually(async () => await view() !== first, { seconds: 30, what: 'the map did not zoom' })
  const zoomed = await view()
  await page.mouse.down()
  await page.mouse.move(middle.x, middle.y, { steps: 5 })
  await page.mouse.up()
  await eventually(async () => await view() !== zoomed, { seconds: 30, what: 'the map did not pan' })
  await eventually(async () => {
    const [last, now] = [chosen, await view()]
    chosen = now
    return now === last && (await page.waitForTimeout(500), await view()) === now
  }, { seconds: 30, what: 'the map does not come to rest' })
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await line?.close()
  await server?.stop()
  await db?.drop()
})

function linkIs(said: string): Promise<void> {
  return page.getByText(said).first().waitFor({ timeout: 90_000 })
}

/** Centre and zoom of the map when it was last drawn. */
async function view(): Promise<string> {
  return await page.locator('[data-view]').first().getAttribute('data-view', { timeout: 60_000 }) ?? ''
}

/** A case comes, is in the queue and is drawn, and the view is still the chosen one. */
async function stillThere(): Promise<void> {
  const before = await drawn()
  const id = `V${Math.random()}`
  await write(db.sql, [
    {
      id,
      what: 'open',
      community: communities[0],
      value: 1,
    },
  ])
  const search = page.locator('input[type=search]')
  await search.fill(id)
  await page.locator('.list .row').first().waitFor({ timeout: 60_000 })
  await search.fill('')
  await eventually(async () => await drawn() > before, { seconds: 60, what: 'the change was not drawn' })
  expect(await view()).toBe(chosen)
}

async function drawn(): Promise<number> {
  return Number(await page.locator('[data-view]').first().getAttribute('data-drawn'))
}

/** How many the server has read so far: it pushes a new one to every follower of a log that is not the same any more. */
async function snapshotsRead(): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  return Number(metrics.match(/^huizhi_live_snapshot_seconds_count (\d+)/m)?.[1] ?? 0)
}

it('a connection that is cut and comes back leaves the map where it is', async () => {
  line.set({ refuse: true })
  line.reset()
  await page.waitForTimeout(1000)
  line.set({ refuse: false })
  await linkIs('链路正常')
  await stillThere()
}, 120_000)

it('so does a new snapshot, because the database was replaced by another', async () => {
  const before = await snapshotsRead()
  await db.sql.begin(async (tx) => {
    await tx`truncate events`
    await tx`update meta set value = '"another"' where key = 'epoch'`
  })
  await eventually(async () => {
    await page.waitForTimeout(500)
    return await snapshotsRead() > before
  }, { seconds: 60, what: 'no new snapshot was read' })
  await stillThere()
}, 120_000)

it('so does a lost graphics context', async () => {
  await page.evaluate(() => {
    const gl = document.querySelector<HTMLCanvasElement>('.maplibregl-canvas')!.getContext('webgl2')!
    const context = gl.getExtension('WEBGL_lose_context')!
    context.loseContext()
    setTimeout(() => context.restoreContext(), 500)
  })
  await page.waitForTimeout(1500)
  await stillThere()
}, 120_000)

it('a page that loads anew, as after an upgrade of the server, begins where it was left', async () => {
  await page.reload()
  await linkIs('链路正常')
  await eventually(async () => await view() === chosen, { seconds: 30, what: 'the view is another' })
  await stillThere()
}, 120_000)
