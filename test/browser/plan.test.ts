import type { Browser, Page } from 'playwright-core'
import type { RunningServer } from '../world/server.ts'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInBrowser, testPassword } from '../world/account.ts'
import { launchBrowser } from '../world/browser.ts'
import { startServer } from '../world/server.ts'

/** A planner's way in a real browser on the demo town: what-if, undo, keeping, sites, two plans side by side, and the report. */
let server: RunningServer
let browser: Browser
let folder: string
let page: Page
const reached = () => page.locator('.panel .large').first()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huizhi-plan-'))
  server = await startServer({ DATA_DIR: folder, DEMO: '1', DEMO_PASSWORD: testPassword })
  browser = await launchBrowser()
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    acceptDownloads: true,
  })
  await signInBrowser(context, server.url, 'planner')
  page = await context.newPage()
  await page.goto(`${server.url}/plan`)
  await reached().waitFor({ timeout: 90_000 })
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

const peopleIn = async () => Number((await reached().textContent())!.replace(/\D/g, ''))
async function untilPeople(is: (people: number) => boolean): Promise<number> {
  await expect.poll(async () => is(await peopleIn()), { timeout: 30_000 }).toBe(true)
  return await peopleIn()
}
/** Closes, in the plan, the facility that most people have as their nearest. */
async function closeBusiest(): Promise<void> {
  const facilities = page.locator('[data-facility]')
  let most = { index: 0, people: -1 }
  for (let index = 0; index < await facilities.count(); index++) {
    const text = await facilities.nth(index).locator('.controls p').textContent()
    const people = Number(/^\D*([\d,]+)/.exec(text!)?.[1]!.replaceAll(',', ''))
    if (people > most.people)
      most = { index, people }
  }
  const busiest = facilities.nth(most.index)
  if (!await busiest.evaluate(details => (details as HTMLDetailsElement).open))
    await busiest.locator('summary').click()
  await busiest.locator('.row button').first().click()
}
async function download(kind: string): Promise<Buffer> {
  const coming = page.waitForEvent('download', { timeout: 90_000 })
  await page.locator(`[data-test=save-${kind}]`).click()
  const file = await coming
  const path = join(folder, file.suggestedFilename())
  await file.saveAs(path)
  return await readFile(path)
}

it('closing a facility changes rates and gaps, undo takes it back, and a kept plan opens by its link as it was', async () => {
  const now = await peopleIn()
  const gaps = () => page.locator('aside ol').first().textContent()
  const gapsNow = await gaps()
  await closeBusiest()
  const fewer = await untilPeople(people => people < now)
  await expect.poll(gaps, { timeout: 30_000 }).not.toBe(gapsNow)
  await page.getByRole('button', { name: '撤销', exact: true }).click()
  await untilPeople(people => people === now)

  await closeBusiest()
  await untilPeople(people => people === fewer)
  await page.getByLabel('方案名称').fill('关一处')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect.poll(() => page.url(), { timeout: 30_000 }).toContain('scenario=')
  const other = await page.context().newPage()
  await other.goto(page.url())
  await expect.poll(async () => (await other.locator('.panel .large').first().textContent({ timeout: 90_000 }))!.replace(/\D/g, ''), { timeout: 60_000 }).toBe(String(fewer))
  await other.close()
}, 240_000)

it('an elder-care case that comes in is counted in the gap of its house at once', async () => {
  const casesInGaps = async () => (await page.locator('[data-test=gap-cases]').allTextContents()).reduce((sum, text) => sum + Number(/\d+/.exec(text.replaceAll(',', ''))![0]), 0)
  const { missed } = await page.evaluate(async () => await (await fetch('/api/v1/coverage?minutes=15&speed=0.8')).json() as { missed: { features: { geometry: { coordinates: [number, number] } }[] } })
  const places = missed.features.map(({ geometry }) => geometry.coordinates)
  // The house with most missed ones around it is in one of the large gaps that are listed.
  const neighbours = ([lng, lat]: [number, number]) => places.filter(other => Math.hypot((other[0] - lng) * 0.8, other[1] - lat) < 0.0012).length
  const [lng, lat] = places.reduce((most, place) => neighbours(place) > neighbours(most)
    ? place
    : most)
  const desk = await browser.newContext()
  await signInBrowser(desk, server.url, 'duty')
  const before = await casesInGaps()
  const answer = await desk.request.post(`${server.url}/api/v1/cases`, {
    data: {
      content: '独居老人想申请助餐',
      kind: 'elder-care',
      location: { lng, lat },
    },
    headers: { origin: server.url },
  })
  expect(answer.status()).toBe(201)
  await expect.poll(casesInGaps, { timeout: 30_000 }).toBe(before + 1)
  await desk.close()
}, 240_000)

it('what others change is computed at once under the plan that is open, which is then asked to be kept on the new data', async () => {
  const stale = page.locator('[role=alert]', { hasText: '旧数据' })
  expect(await stale.count()).toBe(0)
  const people = await peopleIn()
  const { features } = await page.evaluate(async () => await (await fetch('/api/v1/care-facilities')).json() as { features: { id: string, properties: { open: boolean, kind: string } }[] })
  const closed = features.find(({ properties }) => !properties.open && properties.kind === 'meals')!
  const set = async (open: boolean) => expect((await page.request.patch(`${server.url}/api/v1/care-facilities/${closed.id}`, {
    data: { open },
    headers: { origin: server.url },
  })).status()).toBeLessThan(300)
  await set(true)
  await untilPeople(now => now > people)
  await stale.waitFor({ timeout: 30_000 })
  await stale.getByRole('button').click()
  await expect.poll(() => stale.count(), { timeout: 30_000 }).toBe(0)
  await set(false)
  await untilPeople(now => now === people)
  await stale.getByRole('button').click()
  await expect.poll(() => stale.count(), { timeout: 30_000 }).toBe(0)
}, 240_000)

it('rates are told by subdistrict and grid too, and each kind of facility by itself', async () => {
  const rows = () => page.locator('aside .table tbody tr').count()
  await page.locator('[data-test=kinds] dt').first().waitFor()
  expect(await page.locator('[data-test=kinds] dt').count()).toBe(5)
  const communities = await rows()
  await page.locator('[data-test=level]').selectOption('subdistricts')
  await expect.poll(rows).toBe(1)
  await page.locator('[data-test=level]').selectOption('grids')
  await expect.poll(rows).toBeGreaterThan(communities)
  await page.locator('[data-test=level]').selectOption('communities')
}, 60_000)

it('two plans stand side by side with their differences and both maps, and the link brings them back', async () => {
  await page.locator('[data-test=compare]').click()
  await page.locator('[data-test=side-1]').selectOption({ label: '关一处' })
  const dialog = page.locator('dialog')
  await dialog.locator('figure img').nth(1).waitFor({ timeout: 90_000 })
  const cells = async () => (await dialog.locator('tr.people td').allTextContents()).map(text => text.split('/')[0]!.replaceAll(',', '').trim())
  const row = await cells()
  const [one, other] = row.map(Number)
  expect(other).toBe(await peopleIn())
  expect(one).toBeGreaterThan(other!)
  expect(await dialog.locator('tr.people .worse').textContent()).toContain('-')
  expect(page.url()).toContain('compare=present')
  await page.reload()
  await dialog.locator('figure img').nth(1).waitFor({ timeout: 90_000 })
  expect(await cells()).toEqual(row)
  await dialog.getByRole('button', { name: '关闭' }).click()
}, 240_000)

it('the best sites are proven in the browser; too small a budget is said to be, and imported parcels are what is chosen among', async () => {
  const before = await peopleIn()
  await page.locator('[data-test=run-siting]').click()
  const exact = page.locator('[data-test=exact]', { hasText: '最优解' })
  await exact.waitFor({ timeout: 60_000 })
  expect(Number(/([\d,]+) 人/.exec((await exact.textContent())!)![1]!.replaceAll(',', ''))).toBeGreaterThan(before)

  const bad = join(folder, 'bad.geojson')
  await writeFile(bad, '{"type":"Topology"}')
  await page.locator('[data-test=parcels]').setInputFiles(bad)
  await page.locator('[data-test=siting] [role=alert]', { hasText: '不是 GeoJSON' }).waitFor()
  const { features } = await page.evaluate(async () => await (await fetch('/api/v1/care-facilities')).json() as { features: { geometry: { coordinates: [number, number] } }[] })
  const file = join(folder, 'parcels.geojson')
  await writeFile(file, JSON.stringify({
    type: 'FeatureCollection',
    features: features.slice(0, 4).map(({ geometry: { coordinates: [lng, lat] } }, i) => ({
      type: 'Feature',
      geometry: {
        type: 'Point',
        coordinates: [lng + 0.001, lat],
      },
      properties: { 名称: `地块${i}`, 造价: 100 },
    })),
  }))
  await page.locator('[data-test=parcels]').setInputFiles(file)
  await page.getByText('在 4 个备选地块中选址').waitFor({ timeout: 30_000 })
  await page.locator('[data-test=siting] select').selectOption('lscp')
  await page.locator('[data-test=sites]').fill('')
  await page.locator('[data-test=budget]').fill('1')
  await page.locator('[data-test=run-siting]').click()
  await page.locator('[data-test=left-out]').waitFor({ timeout: 60_000 })
  expect(await page.locator('[data-test=left-out]').textContent()).toMatch(/候选点全建也够不到.*\d 人/)
}, 240_000)

it('the report comes as PDF, Word, workbook and layers, and says what the page says', async () => {
  const people = await peopleIn()
  const text = new Intl.NumberFormat('zh-CN').format(people)
  const pdf = await download('pdf')
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pdf.toString('latin1').match(/\/Subtype \/Image/g)!.length).toBeGreaterThan(0)
  const word = unzipSync(new Uint8Array(await download('docx')))
  expect(new TextDecoder().decode(word['word/document.xml'])).toContain(text)
  expect(Object.keys(word).filter(name => name.endsWith('.png')).length).toBeGreaterThan(0)
  const sheets = unzipSync(new Uint8Array(await download('xlsx')))
  expect(new TextDecoder().decode(sheets['xl/workbook.xml'])).toContain('设施类别')
  expect((await download('gpkg')).subarray(0, 15).toString()).toBe('SQLite format 3')
  const layers = JSON.parse((await download('geojson')).toString()) as { features: { properties: { layer: string } }[] }
  expect(new Set(layers.features.map(({ properties }) => properties.layer))).toContain('missed')
}, 240_000)
