import type { Browser, Page } from 'playwright-core'
import type { RunningServer } from '../world/server.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInBrowser, testPassword } from '../world/account.ts'
import { launchBrowser } from '../world/browser.ts'
import { startServer } from '../world/server.ts'

/** The page of renovation zones on the demo town, with two people at it. */
let server: RunningServer
let browser: Browser
let folder: string
let duty: Page
let inspector: Page
const zone = 'LG99010100101'

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huizhi-renovation-'))
  server = await startServer({ DATA_DIR: folder, DEMO: '1', DEMO_PASSWORD: testPassword })
  browser = await launchBrowser()
  duty = await pageOf('duty')
  inspector = await pageOf('inspector')
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function pageOf(name: 'duty' | 'inspector'): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 900 },
  })
  await signInBrowser(context, server.url, name)
  const page = await context.newPage()
  await page.goto(`${server.url}/duty#/renovation?zone=${zone}`)
  await page.getByRole('heading', { level: 2 }).waitFor()
  return page
}
interface Zones { features: { id: string, geometry: { coordinates: [number, number][][] } }[] }
async function outline(): Promise<[number, number][]> {
  const answer = await (await duty.request.get(`${server.url}/api/v1/renovation-zones`)).json() as Zones
  return answer.features.find(({ id }) => id === zone)!.geometry.coordinates[0]!
}

it('a leftover issue goes off the account by two people, and the first sees live that it is gone', async () => {
  const open = duty.locator('li', { hasText: '待办' }).first()
  const title = (await open.locator('.title').textContent())!.trim().split(/\s/)[0]!
  const mine = duty.locator('li', { hasText: title }).first()
  await mine.getByRole('button', { name: '提请销号' }).click()
  await mine.getByRole('button', { name: '保存' }).click()
  await mine.getByText('提请销号须有凭据').waitFor()
  await mine.locator('textarea').fill('已处理，现场已看')
  await mine.getByRole('button', { name: '保存' }).click()
  await mine.getByText('待复核').waitFor()
  expect(await mine.getByRole('button', { name: '复核销号' }).isDisabled()).toBe(true)
  const theirs = inspector.locator('li', { hasText: title }).first()
  await theirs.getByRole('button', { name: '复核销号' }).click()
  await theirs.getByRole('button', { name: '保存' }).click()
  await duty.locator('.title', { hasText: title }).waitFor({ state: 'detached' })
}, 60_000)

it('a date that cannot be stands at its field, and nothing is saved', async () => {
  const part = duty.locator('section', {
    has: duty.getByRole('heading', { name: '本批次进度' }),
  })
  await part.getByRole('button', { name: '编辑' }).click()
  const end = part.getByLabel('计划结束').first()
  await end.fill('2001-01-01')
  await end.dispatchEvent('change')
  await part.getByRole('button', { name: '保存' }).click()
  await part.getByText('计划结束早于计划开始').waitFor()
  expect(await end.getAttribute('aria-invalid')).toBe('true')
  await part.getByRole('button', { name: '取消' }).click()
})

it('a corner of the outline is dragged on the map and kept', async () => {
  const before = await outline()
  await duty.goto(`${server.url}/duty#/renovation?view=map&zone=${zone}`)
  const canvas = duty.locator('[data-test="zone-map"]')
  await expect.poll(() => canvas.getAttribute('data-view'), { timeout: 60_000 }).toBeTruthy()
  await duty.getByRole('button', { name: '编辑边界' }).click()
  // The map goes to the zone first; a corner is where it stands when it has come to rest.
  await expect.poll(async () => Number((await canvas.getAttribute('data-view'))!.split(' ')[2]), { timeout: 30_000 }).toBeGreaterThan(16)
  await duty.getByRole('button', { name: '保存' }).and(duty.locator(':enabled')).waitFor()
  await duty.waitForTimeout(1000)
  const [x, y] = await project(before[0]!)
  await duty.mouse.move(x, y)
  await duty.mouse.down()
  await duty.mouse.move(x + 8, y + 5, { steps: 4 })
  await duty.mouse.move(x + 14, y + 9, { steps: 4 })
  await duty.mouse.up()
  await duty.getByRole('button', { name: '保存' }).click()
  await expect.poll(async () => (await outline())[0], { timeout: 20_000 }).not.toEqual(before[0])
  expect((await outline()).slice(1, -1)).toEqual(before.slice(1, -1))
}, 120_000)

/** Where a place is on the page, by the view that the map tells of itself (Web Mercator, tiles of 512). */
function project([lng, lat]: [number, number]): Promise<[number, number]> {
  return duty.evaluate(([lng, lat]) => {
    const canvas = document.querySelector<HTMLElement>('[data-test="zone-map"]')!
    const [middleLng, middleLat, zoom] = canvas.dataset.view!.split(' ').map(Number) as [number, number, number]
    const { x, y, width, height } = canvas.getBoundingClientRect()
    const whole = 512 * 2 ** zoom
    const across = (degrees: number) => (degrees + 180) / 360 * whole
    const down = (degrees: number) => (1 - Math.log(Math.tan(degrees * Math.PI / 180) + 1 / Math.cos(degrees * Math.PI / 180)) / Math.PI) / 2 * whole
    return [x + width / 2 + across(lng) - across(middleLng), y + height / 2 + down(lat) - down(middleLat)]
  }, [lng, lat] as [number, number])
}

it('the desk goes a month back by keyboard and sends that to the wall; both say that it is not the present until it is taken back', async () => {
  const wall = await (await browser.newContext({
    viewport: { width: 1280, height: 720 },
  })).newPage()
  await wall.goto(`${server.url}/wall?scene=case`)
  const desk = await duty.context().newPage()
  await desk.goto(`${server.url}/duty`)
  await desk.getByText('改造图层').waitFor()
  await desk.keyboard.press('Shift+Z')
  await desk.locator('.controls select').waitFor()
  await desk.waitForFunction(() => document.querySelector<HTMLInputElement>('.controls input[type=range]')?.max === '23')
  await desk.keyboard.press('ArrowLeft')
  await desk.locator('[data-test="past"]').getByText('不是现在').waitFor()
  expect(await desk.locator('.count').count()).toBe(0)
  await desk.keyboard.press('Escape')
  await desk.keyboard.press('Shift+P')
  await desk.getByRole('button', { name: '推送', exact: true }).click()
  await desk.getByText('已推送').waitFor()
  const mark = wall.locator('[data-test="past"]')
  await mark.getByText('不是现在').waitFor()
  expect(await mark.textContent()).toMatch(/\d{4}年\d+月底/)
  await desk.getByRole('button', { name: '收回' }).click()
  await mark.waitFor({ state: 'detached' })
  await desk.close()
  await wall.close()
}, 90_000)

it('sums by community follow a leftover issue that somebody else puts on the account', async () => {
  await duty.goto(`${server.url}/duty#/renovation?view=sums`)
  const total = duty.locator('.total td').nth(1)
  const before = Number(await total.textContent())
  const { version } = await (await inspector.request.get(`${server.url}/api/v1/renovation-zones/${zone}/ledger`)).json() as { version: number }
  const answer = await duty.request.post(`${server.url}/api/v1/renovation-zones/${zone}/leftovers`, {
    headers: { origin: server.url },
    data: {
      version,
      leftover: { title: '楼道灯不亮', owner: '施工单位', dueOn: '2099-01-01' },
    },
  })
  expect(answer.status()).toBe(200)
  await duty.waitForFunction(wanted => Number(document.querySelectorAll('.total td')[1]?.textContent) === wanted, before + 1)
}, 60_000)
