import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { RunningServer } from '../world/server.ts'
import type { PositionStanding, Track } from '#contract/positions.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInBrowser, testPassword } from '../world/account.ts'
import { launchBrowser } from '../world/browser.ts'
import { startServer } from '../world/server.ts'

/** A grid worker's shift, place and way, in a real browser on the demo town. */
let server: RunningServer
let browser: Browser
let folder: string
let worker: BrowserContext
let duty: BrowserContext
let page: Page
let officer: string
let home: [number, number]
/** the case to which he is sent */
let sent: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huizhi-place-'))
  server = await startServer({ DATA_DIR: folder, DEMO: '1', DEMO_PASSWORD: testPassword })
  browser = await launchBrowser({
    args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  })
  worker = await browser.newContext({
    viewport: { width: 390, height: 844 },
  })
  await signInBrowser(worker, server.url, 'grid')
  duty = await browser.newContext()
  await signInBrowser(duty, server.url, 'duty')
  officer = (await (await worker.request.get(`${server.url}/api/v1/me`)).json() as { account: { officer: string } }).account.officer
  const { features } = await ask<{ features: { id: string, geometry: { coordinates: [number, number] } }[] }>(duty, '/api/v1/officers')
  home = features.find(({ id }) => id === officer)!.geometry.coordinates
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function ask<T>(who: BrowserContext, path: string): Promise<T> {
  return await (await who.request.get(`${server.url}${path}`)).json() as T
}
function send(who: BrowserContext, method: 'post' | 'put', path: string, data: object) {
  return who.request[method](`${server.url}${path}`, {
    headers: { origin: server.url },
    data,
  })
}
const standing = () => ask<PositionStanding>(duty, `/api/v1/officers/${officer}/position-standing`)
async function track(): Promise<Track['fixes']> {
  const now = Date.now()
  const { fixes } = await ask<Track>(duty, `/api/v1/officers/${officer}/track?from=${new Date(now - 3_600_000).toISOString()}&to=${new Date(now + 60_000).toISOString()}`)
  return fixes.filter(([, , , accuracy]) => accuracy !== null) // those of the demo's walker tell none
}
async function sentTo(content: string, [lng, lat]: [number, number]) {
  const made = await (await send(duty, 'post', '/api/v1/cases', {
    content,
    kind: 'property',
    address: '演示路1号',
    location: { lng, lat },
  })).json() as { id: string }
  const offered = await send(duty, 'post', `/api/v1/cases/${made.id}/assignments`, {
    officer,
    despite: ['off-duty', 'asked-before'],
  })
  expect(offered.status(), await offered.text()).toBe(201)
  return made.id
}

it('off duty nothing is looked up; a shift begins with its end and the consent, in the words that are kept', async () => {
  await send(duty, 'put', `/api/v1/officers/${officer}/duty`, { duty: 'off' })
  await worker.grantPermissions(['geolocation'], { origin: server.url })
  await worker.setGeolocation({ longitude: home[0], latitude: home[1], accuracy: 12 })
  page = await worker.newPage()
  await page.goto(`${server.url}/grid`)
  await page.getByText('未上岗').waitFor({ timeout: 60_000 })
  await page.getByText('位置不共享').waitFor()
  await page.getByRole('button', { name: '上岗', exact: true }).click()
  await page.getByText('4 小时').click()
  const shown = await page.locator('.wording').textContent()
  await page.getByText('我已看过并同意').click()
  await page.getByRole('button', { name: '上岗并共享位置' }).click()
  await page.getByText('位置共享中').waitFor({ timeout: 30_000 })
  const now = await standing()
  expect(now.duty).toBe('on')
  expect(now.consent!.wording).toBe(shown!.trim())
  expect((Date.parse(now.dutyUntil!) - Date.now()) / 3_600_000).toBeCloseTo(4, 1)
  await expect.poll(async () => (await track()).length, { timeout: 20_000 }).toBeGreaterThan(0)
  expect((await track())[0]).toMatchObject([
    home[0],
    home[1],
    expect.any(Number),
    12,
  ])
})

it('the way to a task is drawn through the streets with minutes and metres; what has no place says so', async () => {
  sent = await sentTo('电梯停运第三天', [home[0] + 0.001, home[1] - 0.002])
  await page.getByText('演示路1号').first().click({ timeout: 30_000 })
  await page.getByRole('button', { name: '走过去的路线' }).click()
  const way = page.getByText(/步行约 \d+ 分钟，[\d,]+ 米/)
  await way.waitFor({ timeout: 60_000 })
  expect(Number(/(\d[\d,]*) 米/.exec((await way.textContent())!)![1]!.replace(',', ''))).toBeGreaterThan(230)
  await page.getByRole('button', { name: '看任务' }).click()
  await page.getByRole('button', { name: '返回' }).click()
})

it('in another city the desk does not believe it, and the phone says why', async () => {
  await worker.setGeolocation({ longitude: 121.47, latitude: 31.23, accuracy: 10 })
  await page.getByText('位置没被采用：不在本辖区').waitFor({ timeout: 40_000 })
  await worker.setGeolocation({ longitude: home[0], latitude: home[1], accuracy: 12 })
  await page.getByText('位置共享中').waitFor({ timeout: 40_000 })
  expect((await track()).every(([lng]) => Math.abs(lng - home[0]) < 0.1)).toBe(true)
})

it('help is asked for, and the phone says that the desk knows', async () => {
  await page.getByRole('button', { name: '我的任务' }).click()
  await page.locator('li', { hasText: '演示路1号' }).first().click()
  await page.getByRole('button', { name: '接单', exact: true }).click()
  await page.getByRole('button', { name: '求助', exact: true }).click({ timeout: 20_000 })
  await page.getByLabel('理由').fill('门锁着，要物业来')
  await page.getByRole('button', { name: '提交求助' }).click()
  await page.getByText('值班员已看到').waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: '返回' }).click()
})

it('the desk looks at one worker after the other by a key, and at where he was on a slider; each look is on record', async () => {
  const desk = await duty.newPage()
  await desk.goto(`${server.url}/duty`)
  await desk.locator('[data-test=map][data-drawn]').waitFor({ timeout: 60_000 })
  await desk.keyboard.press('Shift+O')
  await desk.locator('[data-test=officer]').getByText(/位置 \d+ 秒前/).waitFor({ timeout: 20_000 })
  await desk.getByRole('button', { name: '轨迹 1 小时' }).click()
  const slider = desk.getByRole('slider', { name: '时刻' })
  await slider.waitFor({ timeout: 20_000 })
  const before = Number(await slider.inputValue())
  await slider.focus()
  await desk.keyboard.press('ArrowRight')
  expect(Number(await slider.inputValue()) - before).toBe(10_000)
  await desk.getByRole('button', { name: '播放' }).click()
  // Played to its end, up to a step of the slider.
  await expect.poll(async () => Number(await slider.getAttribute('max')) - Number(await slider.inputValue()), { timeout: 20_000 }).toBeLessThan(10_000)
  await desk.getByRole('button', { name: '收起轨迹' }).click()
  await desk.locator('body').press('Escape')
  await expect.poll(() => desk.locator('[data-test=officer]').count()).toBe(0)
  await desk.close()
})

it('when the desk ends the shift, sharing stops by itself and nothing more is kept', async () => {
  await send(duty, 'put', `/api/v1/officers/${officer}/duty`, { duty: 'off' })
  await page.getByText('未上岗').waitFor({ timeout: 20_000 })
  const kept = (await track()).length
  const posts: string[] = []
  page.on('request', request => request.url().includes('/officers/positions') && posts.push(request.url()))
  await worker.setGeolocation({ longitude: home[0] + 0.0005, latitude: home[1], accuracy: 12 })
  await new Promise(resolve => setTimeout(resolve, 12_000))
  expect(posts).toEqual([])
  expect((await track()).length).toBe(kept)
})

it('who does not let the phone tell where he is works on without', async () => {
  await worker.clearPermissions()
  await send(duty, 'put', `/api/v1/officers/${officer}/duty`, { duty: 'on' })
  await page.reload()
  await page.getByText('手机不允许定位，位置没有共享').waitFor({ timeout: 60_000 })
  await page.locator('li', { hasText: '演示路1号' }).first().click()
  await page.getByRole('button', { name: '走过去的路线' }).click()
  await page.getByText('手机不允许定位，算不出路线').waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: '看任务' }).click()
  await page.getByRole('button', { name: '出发', exact: true }).click()
  await page.getByText('在途').first().waitFor({ timeout: 20_000 })
})

it('consent withdrawn, the tracks are gone', async () => {
  await page.getByRole('button', { name: '返回' }).click()
  await page.getByRole('button', { name: '我的任务' }).click()
  await page.getByRole('button', { name: '下岗…' }).click()
  await page.getByRole('button', { name: '撤回同意，删除我的轨迹' }).click()
  await page.getByText('位置没有共享', { exact: true }).waitFor({ timeout: 20_000 })
  expect(await track()).toEqual([])
})

it('how it was solved may be said in a voice note instead of typed', async () => {
  await page.locator('li', { hasText: '演示路1号' }).first().click()
  await page.getByRole('button', { name: '到达', exact: true }).click()
  await page.getByRole('button', { name: '办结', exact: true }).click()
  await page.getByRole('button', { name: '录一段话' }).click()
  await page.getByRole('button', { name: '停止 0:02' }).click({ timeout: 20_000 })
  await page.getByText('录音 0:0').waitFor()
  await page.getByRole('button', { name: '提交办结' }).click()
  await expect.poll(async () => (await ask<{ properties: { status: string } }>(duty, `/api/v1/cases/${sent}`)).properties.status, { timeout: 30_000 }).toBe('resolved')
  const { steps } = await ask<{ steps: { action: string, evidence: { upload: string }[] | null }[] }>(duty, `/api/v1/cases/${sent}/work`)
  const [proof] = steps.findLast(({ action }) => action === 'resolve')!.evidence!
  const kept = await duty.request.get(`${server.url}/api/v1/uploads/${proof!.upload}`)
  expect(kept.headers()['content-type']).toBe('audio/webm')
  expect((await kept.body()).length).toBeGreaterThan(500)

  const desk = await duty.newPage()
  await desk.goto(`${server.url}/duty#/case/${sent}`)
  const history = desk.locator('.history')
  await history.getByText('语音').waitFor()
  expect(await history.getByText('照片').count()).toBe(0)
  expect(await history.locator('audio').evaluate(async (audio: HTMLAudioElement) => {
    audio.muted = true
    await audio.play()
    return audio.paused
  })).toBe(false)
  await desk.close()
})

it('declined on the phone, the desk sees why at the case and who is proposed next, and one key sends him', async () => {
  const id = await sentTo('楼道漏水', home)
  const desk = await duty.newPage()
  await desk.goto(`${server.url}/duty#/case/${id}`)
  const panel = desk.locator('section.send')
  await panel.getByText('已派，待接单').waitFor({ timeout: 60_000 })
  const { assignments: [offered] } = await ask<{ assignments: { id: string }[] }>(duty, `/api/v1/assignments?case=${id}`)
  const declined = await send(worker, 'post', `/api/v1/assignments/${offered!.id}/steps/decline`, { reason: '正在别处' })
  const { next } = await declined.json() as { next: string }
  await panel.getByText(/拒接：正在别处 · 按 1 改派/).waitFor()
  expect(await panel.locator('ol li').first().textContent()).toMatch(/建议下一位.*步行 \d+ 分钟|建议下一位.*在办 \d+ 件/)
  await desk.keyboard.press('1')
  await panel.getByText('已派，待接单').waitFor()
  const { assignments: [again] } = await ask<{ assignments: { officer: string }[] }>(duty, `/api/v1/assignments?case=${id}`)
  expect(again!.officer).not.toBe(officer)
  expect(next).not.toBe(officer)
  await desk.close()
})
