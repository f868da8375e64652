import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { TestDatabase } from '../world/database.ts'
import type { RunningServer } from '../world/server.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addAccount } from '../../server/access/accounts.ts'
import { signInBrowser, testPassword } from '../world/account.ts'
import { launchBrowser } from '../world/browser.ts'
import { testDatabase } from '../world/database.ts'
import { startServer } from '../world/server.ts'

/** Accounts and the audit trail in the built page, by an administrator and an inspector. */
let db: TestDatabase
let server: RunningServer
let browser: Browser

beforeAll(async () => {
  db = await testDatabase()
  for (const [username, name] of [
    ['admin', '管理员'],
    ['inspector', '督查员'],
  ] as const) {
    await addAccount(db.sql, {
      username,
      name,
      role: username,
      password: testPassword,
      demo: true,
    })
  }
  server = await startServer({ DATABASE_URL: db.url })
  browser = await launchBrowser()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await db?.drop()
})

async function open(role: 'admin' | 'inspector', path: string): Promise<{ page: Page, context: BrowserContext }> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
  })
  context.setDefaultTimeout(30_000)
  await signInBrowser(context, server.url, role)
  const page = await context.newPage()
  await page.goto(server.url + path)
  return { page, context }
}

it('an administrator adds an account by keyboard, sees its password once, changes it, and the audit trail shows both', async () => {
  const { page, context } = await open('admin', '/admin')
  await page.locator('[data-test=add]').press('Enter')
  await page.getByRole('textbox', { name: '用户名', exact: true }).fill('wang')
  await page.getByRole('textbox', { name: '姓名', exact: true }).fill('王值班')
  await page.keyboard.press('Enter')
  const password = await page.locator('[data-test=one-time-password]').textContent()
  expect(password).toMatch(/^(?:\w{5}-){3}\w{5}$/)
  await page.keyboard.press('Escape')
  expect(await page.getByRole('dialog').isVisible()).toBe(true)
  await page.locator('[data-test=noted]').press('Enter')
  await page.locator('[data-test=one-time-password]').waitFor({ state: 'detached' })

  const answer = await fetch(`${server.url}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'wang', password }),
  })
  expect(answer.status).toBe(200)

  await page.getByRole('textbox', { name: '姓名', exact: true }).fill('王建国')
  await page.keyboard.press('Enter')
  await page.getByRole('cell', { name: '王建国' }).waitFor()
  await page.getByRole('link', { name: '审计' }).press('Enter')
  const row = (action: string) => page.getByRole('row').filter({ hasText: action }).filter({ hasText: 'account:wang' })
  await row('修改账号').waitFor()
  expect(await row('修改账号').textContent()).toMatch(/姓名\s*王值班\s*→\s*王建国/)
  expect(await row('新建账号').textContent()).toMatch(/角色\s*值班员/)
  expect((await page.content()).includes(password!)).toBe(false)
  await context.close()
}, 90_000)

it('an inspector sees the trail only, checks it, and takes it out with a reason', async () => {
  const { page, context } = await open('inspector', '/admin#/accounts')
  await page.getByRole('heading', { name: '审计' }).waitFor()
  expect(await page.getByRole('navigation', { name: '管理' }).getByRole('link').allTextContents()).toEqual(['审计'])
  await page.locator('[data-test=check]').click()
  await page.getByText(/完整：\d+ 条，0 处问题/).waitFor()
  await page.locator('[data-test=export]').click()
  await page.locator('[data-test=reason] input').fill('季度检查')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[data-test=confirm]').click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^audit-[\d-]+-[\da-f]{8}\.csv$/)
  await page.getByText('已取走').waitFor()
  await context.close()
}, 90_000)

it('an administrator makes a tracker, whose QR code and token set a device up, sees that it reports, and ends it', async () => {
  await db.sql`insert into officers (subdistrict, id, name, duty) values ('370100001', 'w7', '王强', 'on')`
  const { page, context } = await open('admin', '/admin#/trackers')
  await page.getByText('还没有定位设备').waitFor()
  await page.locator('[data-test=officer] input').click()
  await page.getByText('王强（w7）').click()
  await page.getByRole('textbox', { name: '设备名称' }).fill('对讲机 7')
  expect(await page.locator('[data-test=make]').isDisabled()).toBe(true)
  await page.locator('[data-test=consented]').press('Space')
  await page.locator('[data-test=make]').press('Enter')

  await page.getByRole('img', { name: '二维码：OwnTracks 的设置' }).waitFor()
  const token = await page.locator('[data-test=password] code').textContent()
  const address = await page.locator('[data-test=url] code').textContent()
  expect(address).toBe(`${server.url}/api/v1/trackers/owntracks`)
  await page.getByText('Traccar Client（OsmAnd）', { exact: true }).click()
  expect(await page.locator('[data-test=identifier] code').textContent()).toBe(token)
  await page.keyboard.press('Escape')
  expect(await page.getByRole('dialog').isVisible()).toBe(true)
  await page.locator('[data-test=noted]').press('Enter')

  const row = page.getByRole('row').filter({ hasText: '对讲机 7' })
  expect(await row.textContent()).toMatch(/王强.*尚未上报/)
  const report = () => fetch(address!, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`w7:${token}`)}` },
    body: JSON.stringify({
      _type: 'location',
      lat: 36.65,
      lon: 117.04,
      tst: Math.floor(Date.now() / 1000),
    }),
  })
  expect((await report()).headers.get('X-Position')).toBe('taken')
  await expect.poll(async () => {
    await page.getByRole('button', { name: '刷新' }).click()
    return await row.textContent()
  }, { timeout: 20_000 }).toMatch(/秒前\s*已采用/)

  await row.getByRole('button', { name: '停用 王强 的“对讲机 7”' }).press('Enter')
  await page.locator('[data-test=confirm]').press('Enter')
  await row.waitFor({ state: 'detached' })
  expect((await report()).status).toBe(401)
  await page.getByText('也显示已停用的').click()
  expect(await row.textContent()).toMatch(/停用/)
  expect((await page.content()).includes(token!)).toBe(false)
  await context.close()
}, 90_000)
