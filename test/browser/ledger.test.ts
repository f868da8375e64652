import type { Browser, Page } from 'playwright-core'
import type { RunningServer } from '../world/server.ts'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInBrowser, testPassword } from '../world/account.ts'
import { launchBrowser } from '../world/browser.ts'
import { startServer } from '../world/server.ts'

/** The ledger's way in a real browser on the demo town: many cases at once, second thoughts, the way back, a file, a saved view, paper. */
let server: RunningServer
let browser: Browser
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huizhi-ledger-'))
  server = await startServer({ DATA_DIR: folder, DEMO: '1', DEMO_PASSWORD: testPassword })
  browser = await launchBrowser()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function ledger(query: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    acceptDownloads: true,
  })
  await signInBrowser(context, server.url, 'duty')
  const page = await context.newPage()
  await page.goto(`${server.url}/duty#/ledger?${query}`)
  await page.getByText('链路正常').waitFor({ timeout: 60_000 })
  await page.locator('.all .row').nth(3).waitFor({ timeout: 60_000 })
  return page
}
function supervised(page: Page, ids: string[]) {
  return page.evaluate(async (ids) => {
    const found = await Promise.all(ids.map(async id => await (await fetch(`/api/v1/cases/${id}`)).json() as { properties: { supervised: boolean } }))
    return found.map(({ properties }) => properties.supervised)
  }, ids)
}
function statuses(page: Page, ids: string[]) {
  return page.evaluate(async (ids) => {
    const found = await Promise.all(ids.map(async id => await (await fetch(`/api/v1/cases/${id}`)).json() as { properties: { status: string } }))
    return found.map(({ properties }) => properties.status)
  }, ids)
}

it('three cases are ticked by keyboard and supervised; within the seconds of thought nothing was sent', async () => {
  const page = await ledger('status=in-progress&sort=-reportedAt')
  for (let row = 0; row < 3; row++)
    await page.keyboard.press('Shift+J')
  const ids = await page.locator('.row.ticked .num:nth-child(2)').allTextContents()
  expect(ids).toHaveLength(3)
  const before = await supervised(page, ids)
  await page.keyboard.press('i')
  await page.locator('[data-test=bulk-reason]').fill('专项督办')
  await page.keyboard.press('Control+Enter')
  await page.locator('[data-test=bulk-undo]').waitFor({ timeout: 10_000 })
  await page.keyboard.press('Control+z')
  await page.locator('[data-test=bulk-undo]').waitFor({ state: 'detached', timeout: 10_000 })
  expect(await supervised(page, ids)).toEqual(before)
  // They are ticked again, to be asked otherwise.
  await page.keyboard.press('i')
  await page.locator('[data-test=bulk-reason]').fill('专项督办')
  await page.keyboard.press('Control+Enter')
  await page.getByText('督办 已办 3 件').waitFor({ timeout: 30_000 })
  expect(await supervised(page, ids)).toEqual([true, true, true])

  // One click from the list to the map.
  await page.locator('[data-test=on-map]').click()
  await page.locator('.queue .row').first().waitFor({ timeout: 30_000 })
  await page.locator('.detail small', {
    hasText: ids.at(-1)!,
  }).waitFor({ timeout: 30_000 })
  await page.context().close()
}, 120_000)

it('cases are given out together and taken back as steps in their history', async () => {
  const page = await ledger('status=registered&sort=-reportedAt')
  await page.locator('.all .row').first().click()
  await page.locator('.all .row').nth(2).click({
    modifiers: ['Shift'],
  })
  const ids = await page.locator('.row.ticked .num:nth-child(2)').allTextContents()
  expect(ids).toHaveLength(3)
  await page.locator('[data-test=bulk-dispatch]').click()
  await page.locator('[data-test=bulk-assignee]').click()
  await page.locator('.n-base-select-option').first().click()
  await page.locator('[data-test=bulk-go]').click()
  await page.locator('[data-test=bulk-now]').click()
  await page.getByText('派单 已办 3 件').waitFor({ timeout: 30_000 })
  expect(new Set(await statuses(page, ids))).toEqual(new Set(['dispatched']))
  await page.locator('[data-test=bulk-back]').click()
  await page.getByText('已收回 3 件').waitFor({ timeout: 30_000 })
  expect(new Set(await statuses(page, ids))).toEqual(new Set(['registered']))
  await page.context().close()
}, 120_000)

it('the filter leaves as a CSV for a stated purpose, is kept under a name, and a sheet is there to print', async () => {
  const page = await ledger('kind=utilities')
  const total = Number((await page.locator('.count').textContent())!.match(/共 ([\d,]+) 件/)![1]!.replace(',', ''))
  await page.keyboard.press('Shift+E')
  await page.locator('input[value=csv]').check()
  await page.locator('[data-test=export-reason]').fill('周例会材料')
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 30_000 }),
    page.locator('[data-test=export-go]').click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^ledger-\d{8}-\d{4}\.csv$/)
  const text = await readFile(await download.path(), 'utf8')
  expect(text.startsWith('\uFEFF单号,')).toBe(true)
  expect(text.match(/\r\nGD\d+,/g)).toHaveLength(total)

  await page.keyboard.press('Shift+V')
  await page.locator('[data-test=view-name]').fill('水电气热')
  await page.locator('[data-test=view-keep]').click()
  await page.locator('[data-test=views]', { hasText: '水电气热' }).waitFor({ timeout: 10_000 })
  await page.goto(`${server.url}/duty#/ledger`)
  await page.locator('.count', { hasText: '共 1,' }).waitFor({ timeout: 30_000 })
  await page.locator('[data-test=views]').click()
  await page.getByRole('link', { name: '水电气热' }).click()
  await page.locator('.count', { hasText: `共 ${total} 件` }).waitFor({ timeout: 30_000 })
  expect(page.url()).toContain('kind=utilities')

  await page.keyboard.press('j')
  const [paper] = await Promise.all([
    page.context().waitForEvent('page', { timeout: 30_000 }),
    page.keyboard.press('Shift+P'),
  ])
  await paper.locator('.sheet .number').waitFor({ timeout: 30_000 })
  expect(await paper.locator('.sheet').textContent()).toMatch(/＊＊＊/)
  await page.context().close()
}, 120_000)
