import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { RunningServer } from '../world/server.ts'
import type { TcpProxy } from '../world/tcp-proxy.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInBrowser, testPassword } from '../world/account.ts'
import { launchBrowser } from '../world/browser.ts'
import { startServer } from '../world/server.ts'
import { tcpProxy } from '../world/tcp-proxy.ts'

/** A grid worker's phone with the network off, on the demo town. */
let server: RunningServer
/** The phone's way to the server. */
let line: TcpProxy
let phone: string
let browser: Browser
let folder: string
let worker: BrowserContext
let page: Page
let duty: BrowserContext

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huizhi-grid-'))
  server = await startServer({ DATA_DIR: folder, DEMO: '1', DEMO_PASSWORD: testPassword })
  line = await tcpProxy(Number(new URL(server.url).port))
  phone = `http://127.0.0.1:${line.port}`
  browser = await launchBrowser()
  worker = await browser.newContext({
    viewport: { width: 390, height: 844 },
  })
  await signInBrowser(worker, phone, 'grid')
  duty = await browser.newContext()
  await signInBrowser(duty, server.url, 'duty')
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await line?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** The browser is told of it, and the line is cut: a page that is just being loaded may not have been told yet. */
async function setOffline(offline: boolean): Promise<void> {
  if (offline)
    await worker.setOffline(true)
  line.set({ refuse: offline })
  if (offline)
    line.reset()
  else
    await worker.setOffline(false)
}

async function give(content: string): Promise<string> {
  const headers = { origin: server.url }
  const { account } = await (await worker.request.get(`${server.url}/api/v1/me`)).json() as { account: { officer: string } }
  const made = await (await duty.request.post(`${server.url}/api/v1/cases`, {
    headers,
    data: { content, kind: 'property', address: '演示路1号' },
  })).json() as { id: string }
  const given = await duty.request.post(`${server.url}/api/v1/cases/${made.id}/actions/dispatch`, {
    headers,
    data: { assignee: account.officer },
  })
  expect(given.status(), await given.text()).toBe(200)
  return made.id
}
const read = async (path: string) => await (await duty.request.get(`${server.url}${path}`)).json() as { properties: { status: string }, steps: { action: string, reason: string | null, evidence: { kind: string }[] | null }[] }
function isKept() {
  return page.waitForFunction(async () => {
    const cache = await caches.open('huizhi-grid')
    return (await cache.keys()).filter(({ url }) => url.includes('/assets/')).length > 1
  }, null, { timeout: 60_000 })
}

it('tasks open without a network; what is done there is sent once when it is back, with its photo and the time of doing', async () => {
  const id = await give('电梯停运第三天，楼上有卧床老人')
  page = await worker.newPage()
  await page.goto(`${phone}/grid`)
  await page.getByText('已联网').waitFor({ timeout: 60_000 })
  await page.getByText('演示路1号').first().waitFor({ timeout: 30_000 })
  await isKept()

  await setOffline(true)
  await page.reload()
  await page.getByText('演示路1号').first().waitFor({ timeout: 60_000 })
  await page.getByText('无网络', { exact: true }).waitFor()
  await page.locator('li', { hasText: '演示路1号' }).first().click()
  await page.getByText('卧床老人').waitFor()
  await page.getByRole('button', { name: '签收', exact: true }).click()
  await page.getByRole('button', { name: '开始办理', exact: true }).click()
  await page.getByRole('button', { name: '办结', exact: true }).click()
  await page.getByRole('button', { name: '提交办结' }).click()
  await page.getByText('写明怎么办的，或拍一张照片').waitFor()
  await page.getByLabel('怎么办的').fill('换了门机皮带')
  const photo = await sharp({
    create: {
      width: 2400,
      height: 1800,
      channels: 3,
      background: '#8899aa',
    },
  }).withExif({
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '36/1 36/1 0/1' },
  }).jpeg().toBuffer()
  await page.setInputFiles('input[type=file]', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: photo })
  await page.locator('figure img').waitFor()
  await page.getByRole('button', { name: '提交办结' }).click()
  await page.getByText('3 件事、1 张照片待传').waitFor()
  await page.reload() // what waits survives the page
  await page.getByText('3 件事、1 张照片待传').waitFor({ timeout: 60_000 })
  expect((await read(`/api/v1/cases/${id}`)).properties.status).toBe('dispatched')

  const sent: string[] = []
  page.on('request', request => request.method() === 'POST' && sent.push(new URL(request.url()).pathname))
  // Long enough after it was done that the time of doing is told.
  await new Promise(resolve => setTimeout(resolve, 31_000))
  // An answer that gets lost: the action is sent again and done once.
  line.set({ refuse: false })
  await page.route('**/actions/accept', async (route) => {
    await route.fetch()
    await route.abort()
  }, { times: 1 })
  await setOffline(false)
  await expect.poll(async () => (await read(`/api/v1/cases/${id}`)).properties.status, { timeout: 90_000 }).toBe('resolved')
  expect(sent.filter(path => path.endsWith('/actions/accept')).length).toBeGreaterThan(1)
  const { steps } = await read(`/api/v1/cases/${id}/work`)
  const own = steps.filter(({ action }) => ['accept', 'start', 'resolve'].includes(action))
  expect(own.map(({ action }) => action)).toEqual(['accept', 'start', 'resolve'])
  expect(own[2]!.evidence!.map(({ kind }) => kind)).toEqual(['text', 'photo'])
  expect(own[2]!.reason).toMatch(/现场于 .+ 办结，联网后补传/)
  const { evidence } = own[2]! as unknown as { evidence: { upload?: string }[] }
  const kept = await (await duty.request.get(`${server.url}/api/v1/uploads/${evidence[1]!.upload}`)).body()
  const { width, exif } = await sharp(kept).metadata()
  expect([width, exif]).toEqual([1600, undefined])
})

it('what somebody else changed meanwhile is told in words, and nothing is overwritten', async () => {
  const id = await give('楼道灯不亮')
  await page.goto(`${phone}/grid`)
  await page.locator('li', { hasText: '演示路1号' }).first().click({ timeout: 60_000 })
  await setOffline(true)
  await page.getByRole('button', { name: '退单申请' }).click()
  await page.getByLabel('理由').fill('不归本网格')
  await page.getByRole('button', { name: '提交退单申请' }).click()
  const supervised = await duty.request.post(`${server.url}/api/v1/cases/${id}/actions/supervise`, {
    headers: { origin: server.url },
    data: { reason: '催办' },
  })
  expect(supervised.status()).toBe(200)
  await setOffline(false)
  await page.getByText('这件工单在此期间被别人改过').waitFor({ timeout: 90_000 })
  expect((await read(`/api/v1/cases/${id}`)).properties.status).toBe('dispatched')
  await page.getByRole('button', { name: '知道了' }).click()
  await expect.poll(() => page.getByText('这件工单在此期间被别人改过').count()).toBe(0)
})

it('something new is reported from the same page, without a network too', async () => {
  await page.goto(`${phone}/grid`)
  await page.getByRole('button', { name: '新上报' }).click({ timeout: 60_000 })
  await setOffline(true)
  await page.locator('#source').selectOption('visit')
  await page.locator('#content').fill('入户走访：老人独居，需要助餐')
  await page.locator('form button[type=submit]').click()
  await setOffline(false)
  await expect.poll(async () => (await (await duty.request.get(`${server.url}/api/v1/ledger?source=visit&q=${encodeURIComponent('老人独居')}`)).json() as { total: number }).total, { timeout: 90_000 }).toBe(1)
})
