import type { Browser, Page } from 'playwright-core'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInBrowser, testPassword } from '../world/account.ts'
import { launchBrowser } from '../world/browser.ts'
import type { RunningServer } from '../world/server.ts'
import { startServer } from '../world/server.ts'

/** A duty officer's way from the call to the end, by keyboard alone, in a real browser on the demo town. */
let server: RunningServer
let browser: Browser
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huizhi-desk-'))
  server = await startServer({ DATA_DIR: folder, DEMO: '1', DEMO_PASSWORD: testPassword })
  browser = await launchBrowser()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function desk(): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
  })
  await signInBrowser(context, server.url, 'duty')
  const page = await context.newPage()
  await page.goto(`${server.url}/duty`)
  await page.getByText('链路正常').waitFor({ timeout: 60_000 })
  await page.locator('.queue .row').first().waitFor({ timeout: 60_000 })
  return page
}
const status = (page: Page, name: string) => page.locator('.detail .mark', { hasText: name }).waitFor({ timeout: 30_000 })
const button = (page: Page, name: string) => page.locator('.actions button', { hasText: name }).first().waitFor({ timeout: 30_000 })

it('a call is taken, survives a reload and a lost server, is placed, given out and resolved without the mouse', async () => {
  const page = await desk()
  await page.keyboard.press('n')
  await page.locator('[data-test=content]').pressSequentially('老校场后门路灯全灭')
  await page.reload()
  await page.getByText('链路正常').waitFor({ timeout: 60_000 })
  await page.keyboard.press('n')
  const content = page.locator('[data-test=content]')
  await content.waitFor()
  expect(await content.inputValue()).toBe('老校场后门路灯全灭')

  await page.locator('[data-test=address]').fill('老校场后门')
  await page.route('**/api/v1/cases', route => route.abort(), { times: 1 })
  await page.keyboard.press('Control+Enter')
  await page.getByText('尚未发出').waitFor({ timeout: 30_000 })
  expect(await content.inputValue()).toBe('老校场后门路灯全灭')
  await page.keyboard.press('Control+Enter')
  await page.locator('.detail h2', { hasText: '老校场后门' }).waitFor({ timeout: 30_000 })

  // Nobody knows that place yet: an address of the town is typed, and its best reading confirmed.
  await page.locator('[data-test=locate]').waitFor({ timeout: 30_000 })
  const known = await page.evaluate(async () => {
    const { features } = await (await fetch('/api/v1/cases?limit=200')).json() as { features: { geometry: unknown, properties: { address: string | null } }[] }
    return features.find(({ geometry, properties }) => geometry !== null && properties.address?.includes('号楼'))!.properties.address!
  })
  await button(page, '定位')
  await page.keyboard.press('l')
  await page.locator('[data-test=address]').fill(known)
  await page.locator('[role=option][aria-selected=true]').waitFor({ timeout: 30_000 })
  await page.locator('[data-test=address]').press('Enter')
  await page.locator('[data-test=locate]').waitFor({ state: 'detached', timeout: 30_000 })

  await button(page, '派单')
  await page.keyboard.press('d')
  await page.locator('.who input:checked').waitFor({ timeout: 30_000 })
  await page.keyboard.press('Enter')
  await status(page, '已派单')
  await button(page, '签收')
  await page.keyboard.press('a')
  await status(page, '已签收')
  await button(page, '开始办理')
  await page.keyboard.press('s')
  await status(page, '办理中')
  await button(page, '办结')
  await page.keyboard.press('r')
  await page.locator('.actions textarea').first().fill('已换灯泡')
  await page.keyboard.press('Control+Enter')
  await status(page, '已办结待回访')

  // Whoever resolved it does not call back: the button says why and does nothing.
  const callBack = page.locator('.actions button', { hasText: /^\s*回访/ })
  await callBack.waitFor({ timeout: 30_000 })
  expect(await callBack.isDisabled()).toBe(true)
  expect(await callBack.textContent()).toContain('经办人不能自己回访')
  const history = await page.locator('.history').last().textContent()
  expect(history).toMatch(/办结[\s\S]*已换灯泡[\s\S]*开始办理[\s\S]*派单[\s\S]*定位/)

  // The words of the caller are known from now on.
  await page.keyboard.press('n')
  await page.locator('[data-test=content]').fill('又不亮了')
  await page.locator('[data-test=address]').fill('老校场后门')
  await page.locator('[role=option]', { hasText: '此前人工定位过' }).waitFor({ timeout: 30_000 })
  await page.context().close()
}, 240_000)

it('somebody else was faster: nothing is overwritten, the officer is told and sees the present state', async () => {
  const page = await desk()
  await page.keyboard.press('j')
  await button(page, '督办')
  const id = (await page.locator('.detail small').first().textContent())!.split(' ')[0]!
  await page.keyboard.press('i')
  await page.locator('.actions textarea').first().fill('群众多次反映')
  // The other one's change comes while this form is open, and this screen has not heard of it.
  await page.route('**/actions/supervise', async (route) => {
    const sent = route.request().postDataJSON() as { version: number }
    await route.continue({
      postData: JSON.stringify({ ...sent, version: sent.version + 1 }),
    })
  })
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').filter({ hasText: '刚被别人改过' }).waitFor({ timeout: 30_000 })
  const now = await page.evaluate(async path => (await (await fetch(path)).json() as { properties: { supervised: boolean } }).properties, `/api/v1/cases/${id}`)
  expect(now.supervised).toBe(false)
  await page.context().close()
}, 120_000)
