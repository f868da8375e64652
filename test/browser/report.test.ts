import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import type { TestDatabase } from '../world/database.ts'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { build } from 'vite'
import { batchedRegistration } from '../../server/cases/batched-registration.ts'
import { loadPlaces } from '../../server/places/locate.ts'
import { launchBrowser } from '../world/browser.ts'
import { caseContext } from '../world/cases.ts'
import { twoCompounds } from '../world/compounds.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'

/** The resident's page as it is built and served, on a phone. */
const repository = resolve(import.meta.dirname, '../..')
const budgetBytes = 150 * 1024
let db: TestDatabase
let browser: Browser
let pages: string
let server: ReturnType<typeof serve>
let url: string

beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'huizhi-report-'))
  await build({
    configFile: join(repository, 'vite.config.ts'),
    logLevel: 'warn',
    build: {
      outDir: pages,
      emptyOutDir: true,
      reportCompressedSize: false,
      rollupOptions: {
        input: join(repository, 'client/report/index.html'),
      },
    },
  })
  db = await testDatabase()
  await twoCompounds(db.sql)
  const cases = caseContext(db.sql, { places: await loadPlaces(db.sql) })
  const { app } = testHttp(db.sql, {
    cases,
    register: batchedRegistration(cases),
    pages,
  })
  server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>(ready => server.once('listening', ready))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await launchBrowser()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await new Promise(done => server?.close(done))
  await db?.drop()
  await rm(pages, { recursive: true, force: true })
})

it('comes up with at most 150 KB compressed, fits 320 pixels, and has no serious fault of accessibility', async () => {
  const page = await browser.newPage({
    viewport: { width: 320, height: 640 },
    bypassCSP: true,
  })
  const loaded: string[] = []
  page.on('response', response => loaded.push(new URL(response.url()).pathname))
  await page.goto(`${url}/report?c=11`)
  await page.getByText('您扫的是：和平新村').waitFor()
  await page.waitForLoadState('networkidle')
  const files = loaded.filter(path => path.startsWith('/assets/'))
  expect(files.length).toBeGreaterThan(1)
  const bytes = await Promise.all(files.map(async path => path.endsWith('.woff2')
    ? (await readFile(join(pages, path))).length
    : gzipSync(await readFile(join(pages, path))).length))
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(budgetBytes)
  expect(files.filter(path => /maplibre|create-map|MapPick/i.test(path))).toEqual([])

  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  const faults = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string, impact: string, nodes: { html: string }[] }[] }> } }
    return (await axe.run()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 160)}`)
  })
  expect(faults).toEqual([])
  await page.close()
}, 60_000)

it('keeps a report while there is no line, also over a reload, sends it once when there is one, and shows where it stands', async () => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => faults.push(String(error)))
  await page.goto(`${url}/report?c=11`)
  await page.getByText('您扫的是：和平新村').waitFor()
  let isDown = true
  await page.route('**/api/v1/reports', route => isDown
    ? route.abort('internetdisconnected')
    : route.fallback())
  await page.getByRole('button', { name: '物业设施' }).click()
  await page.getByLabel('说说情况').fill('电梯坏了三天，楼上有老人下不来')
  await page.locator('#address').fill('3号楼2单元')
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('内容已存在这台手机里').waitFor()

  await page.reload()
  await page.getByText('还有 1 件等待提交').waitFor()
  isDown = false
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await page.getByText('还有 1 件等待提交').waitFor({ state: 'detached' })
  const rows = await db.sql`select id, content, address, source from cases`
  expect(rows).toMatchObject([
    { content: '电梯坏了三天，楼上有老人下不来', address: '和平新村3号楼2单元', source: 'qr' },
  ])

  await page.getByRole('button', { name: '查进度' }).click()
  await page.getByRole('button', { name: rows[0]!.id }).click()
  await page.locator('[data-test=status]').getByRole('heading', { name: '已收到' }).waitFor()
  expect(await page.locator('[data-test=status]').textContent()).not.toContain('电梯坏了')
  expect(faults).toEqual([])
  await context.close()
}, 60_000)

it('gives a receipt with number and code at once when the line is there', async () => {
  const page = await browser.newPage({
    viewport: { width: 390, height: 844 },
  })
  await page.goto(`${url}/report?lang=en`)
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('What happened').fill('The street light is out')
  await page.getByLabel('Mobile phone').fill('13800138000')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('please tick the box').waitFor()
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Send' }).click()
  expect(await page.locator('[data-test=code]').textContent()).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  await page.close()
}, 60_000)
