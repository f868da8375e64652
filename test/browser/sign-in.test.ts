import type { Browser, Page } from 'playwright-core'
import type { TestDatabase } from '../world/database.ts'
import type { RunningServer } from '../world/server.ts'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { addAccount } from '../../server/access/accounts.ts'
import { launchBrowser } from '../world/browser.ts'
import { testDatabase } from '../world/database.ts'
import { startServer } from '../world/server.ts'
import { totp } from '../world/totp.ts'

/** The way in as people and screens find it, in the built pages, on a server without the demo. */
const password = 'seven-herons-by-the-river'
const patiently = { timeout: 30_000 }
const oneTime = 'given-by-the-administrator'
let db: TestDatabase
let server: RunningServer
let browser: Browser
let page: Page
/** The administrator's secret, as set up in the page. */
let key: string

beforeAll(async () => {
  db = await testDatabase()
  server = await startServer({ DATABASE_URL: db.url, RATE_LIMITS: 'sign-in=off' })
  for (const username of ['duty', 'planner'] as const) {
    await addAccount(db.sql, {
      username,
      name: `${username} 同志`,
      role: username,
      password,
    })
  }
  await addAccount(db.sql, {
    username: 'admin',
    name: '管理员',
    role: 'admin',
    password: oneTime,
    mustChangePassword: true,
  })
  browser = await launchBrowser()
}, 240_000)
afterEach(() => page?.context().close())
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await db?.drop()
})

async function open(path: string): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
  })
  context.setDefaultTimeout(30_000)
  page = await context.newPage()
  await page.goto(server.url + path)
}
/** By keyboard alone: the page puts the cursor where typing begins. */
async function type(username: string, secret: string): Promise<void> {
  await page.getByLabel('用户名').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.id), patiently).toBe('username')
  await page.keyboard.type(username)
  await page.keyboard.press('Tab')
  await page.keyboard.type(secret)
  await page.keyboard.press('Enter')
}

it('nobody gets a desk without signing in, and comes back to where they wanted to be; signed out, it is closed again', async () => {
  await open('/duty#/ledger')
  await page.waitForURL(/\/sign-in\?/)
  await type('duty', 'not the password')
  await page.getByText('用户名或密码不对').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('autocomplete')), patiently).toBe('current-password')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.waitForURL(`${server.url}/duty#/ledger`)
  await page.locator('[data-test=account]', { hasText: 'duty 同志' }).click()
  expect(await page.locator('nav').first().getByRole('link').allTextContents()).toEqual(['值班', '养老规划', '大屏'])
  await page.locator('[data-test=sign-out]').click()
  await page.waitForURL(/\/sign-in\?why=out/)
  await page.goto(`${server.url}/duty`)
  await page.waitForURL(/\/sign-in\?to=%2Fduty$/)
}, 90_000)

it('a session that is ended elsewhere leads to the sign-in page, which says so', async () => {
  await open('/duty')
  await type('duty', password)
  await page.getByText('链路正常').waitFor()
  await db.sql`delete from sessions`
  await page.waitForURL(/\/sign-in\?.*why=ended/)
  await page.getByText('登录已失效').waitFor()
}, 90_000)

it('a minute before an idle session ends the page asks, any key keeps it; left alone, it signs out and comes back to the same place', async () => {
  await open('/duty#/ledger')
  await type('duty', password)
  await page.locator('[data-test=account]').waitFor()
  const restIs = (seconds: number) => db.sql`update sessions set "expiresAt" = now() + ${seconds} * interval '1 second'`
  /** Long after the page last asked, by its own clock. */
  const wait = () => page.evaluate(() => {
    const real = Date.now
    Date.now = () => real() + 14.5 * 60_000
  })

  await restIs(50)
  await wait()
  const dialog = page.getByRole('alertdialog')
  await dialog.waitFor()
  expect(await dialog.textContent()).toMatch(/\d+ 秒后退出/)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  const [renewed] = await db.sql<[{ seconds: number }]>`select extract(epoch from max("expiresAt") - now())::integer as seconds from sessions`
  expect(renewed.seconds).toBeGreaterThan(14 * 60)

  await restIs(2)
  await wait()
  await page.waitForURL(`${server.url}/sign-in?to=%2Fduty%23%2Fledger&why=idle`)
  await type('duty', password)
  await page.waitForURL(`${server.url}/duty#/ledger`)
}, 90_000)

it('an administrator begins with a password of their own and a second factor, and needs both from then on', async () => {
  await open('/sign-in?to=/plan')
  await type('admin', oneTime)
  await page.getByText('设置您自己的密码').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('autocomplete')), patiently).toBe('new-password')
  const [chosen, repeated] = await page.locator('input[autocomplete=new-password]').all()
  await chosen!.fill('password1234')
  await repeated!.fill('password1234')
  await page.keyboard.press('Enter')
  await page.getByText('太常见').waitFor()
  await chosen!.fill(password)
  await repeated!.fill(password)
  await page.keyboard.press('Enter')

  await page.getByRole('img', { name: '二维码' }).waitFor()
  key = (await page.locator('[data-test=key]').textContent())!
  const codes = await page.locator('[data-test=backup-codes] li').allTextContents()
  expect(codes).toHaveLength(10)
  await page.keyboard.type('000000')
  await page.keyboard.press('Enter')
  await page.getByText('验证码不对').waitFor()
  await page.locator('#proof').fill(totp(key))
  await page.keyboard.press('Enter')
  await page.waitForURL(`${server.url}/plan`)

  await page.context().clearCookies()
  await page.goto(`${server.url}/sign-in?to=/plan`)
  await type('admin', password)
  await page.getByText('第二步：验证码').waitFor()
  await page.getByText('用备用码').click()
  await page.locator('#code').fill(codes[0]!.trim())
  await page.keyboard.press('Enter')
  await page.waitForURL(`${server.url}/plan`)
}, 120_000)

it('a role that must have a second factor gets no further without one', async () => {
  await open('/plan')
  await type('planner', password)
  await page.getByText('开启第二重验证').waitFor()
  await page.goto(`${server.url}/plan`)
  await page.waitForURL(/\/sign-in/)
  await page.getByText('开启第二重验证').waitFor()
}, 60_000)

it('a screen shows a code, becomes a wall when an administrator approves it, and asks to be paired again when it is revoked', async () => {
  await open('/wall')
  await expect.poll(() => page.locator('[data-test=code]').textContent(), patiently).toMatch(/^\s*[A-Z2-9]{4}-[A-Z2-9]{4}\s*$/)
  const code = (await page.locator('[data-test=code]').textContent())!
  const admin = await signedInAdmin()
  const approved = await admin('POST', '/api/v1/screens', {
    userCode: code.trim(),
    name: '大厅左屏',
  })
  expect(approved.status).toBe(201)
  await page.locator('[data-test=wall]').waitFor()
  await page.getByText('链路正常').waitFor()
  expect(await page.evaluate(() => document.cookie)).toBe('')

  await page.reload()
  await page.getByText('链路正常').waitFor()
  const { id } = await approved.json() as { id: string }
  expect((await admin('DELETE', `/api/v1/screens/${id}`)).status).toBe(204)
  await page.getByText('配对已解除').waitFor()
  expect(await page.locator('[data-test=wall]').count()).toBe(0)
}, 120_000)

/** The account that was set up above, as a program: by password and code. */
async function signedInAdmin() {
  const post = (path: string, body: object, headers: Record<string, string> = {}) => fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'origin': server.url, ...headers },
    body: JSON.stringify(body),
  })
  const half = await post('/api/auth/sign-in/username', { username: 'admin', password })
  const cookie = half.headers.getSetCookie().map(text => text.split(';')[0]).join('; ')
  const { token } = await (await post('/api/auth/two-factor/verify-totp', {
    code: totp(key),
  }, { cookie })).json() as { token: string }
  return (method: string, path: string, body?: object) => fetch(server.url + path, {
    method,
    headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && {
      body: JSON.stringify(body),
    }),
  })
}
