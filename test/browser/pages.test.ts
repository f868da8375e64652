import type { Browser, Page } from 'playwright-core'
import type { Role } from '#contract/role.ts'
import type { RunningServer } from '../world/server.ts'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInBrowser, testPassword } from '../world/account.ts'
import { launchBrowser } from '../world/browser.ts'
import { eventually } from '../world/eventually.ts'
import { startServer } from '../world/server.ts'

/** The built pages against the real server with the demo town, in a real browser. */
let server: RunningServer
let browser: Browser
let axe: string
let folder: string

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  folder = await mkdtemp(join(tmpdir(), 'huizhi-pages-'))
  server = await startServer({ DATA_DIR: folder, DEMO: '1', DEMO_PASSWORD: testPassword })
  browser = await launchBrowser()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** `role`: of the demo account that looks at it; nobody when left out. */
async function open(path: string, role?: Role): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    bypassCSP: true, // for axe, which is put in as a script; the server's own tests check the policy
  })
  if (role)
    await signInBrowser(context, server.url, role)
  const page = await context.newPage()
  await page.goto(server.url + path)
  return page
}

/** Share of pixels within `radius` of a place on the screen that have about this colour. */
async function shareOf(page: Page, at: { x: number, y: number }, colour: number[], radius = 10): Promise<number> {
  const png = await page.screenshot({
    clip: {
      x: at.x - radius,
      y: at.y - radius,
      width: 2 * radius,
      height: 2 * radius,
    },
  })
  return await page.evaluate(async ({ image, colour }) => {
    const bitmap = await createImageBitmap(await (await fetch(image)).blob())
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
    context.drawImage(bitmap, 0, 0)
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    let like = 0
    for (let i = 0; i < data.length; i += 4) {
      if (colour.every((value, channel) => Math.abs(data[i + channel]! - value) < 30))
        like++
    }
    return like / (data.length / 4)
  }, { image: `data:image/png;base64,${png.toString('base64')}`, colour })
}

describe('every page', () => {
  it.each<[string, Role?]>([
    ['/'],
    ['/sign-in'],
    ['/admin', 'admin'],
    ['/wall?scene=case&rotate=0'],
    ['/wall?scene=elder&rotate=0'],
    ['/duty', 'duty'],
    ['/duty#/ledger', 'duty'],
    ['/duty#/figures', 'duty'],
    ['/plan', 'planner'],
  ])('%s has no serious fault of accessibility', async (path, role) => {
    const page = await open(path, role)
    await page.waitForLoadState('load')
    await eventually(async () => (await page.textContent('body'))!.trim().length > 100, { seconds: 60 })
    await page.evaluate(axe)
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run: (context: Document, options: object) => Promise<{ violations: { id: string, impact: string, nodes: { html: string }[] }[] }> } }
      const { violations } = await axe.run(document, {
        resultTypes: ['violations'],
      })
      return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`)
    })
    expect(violations).toEqual([])
    await page.context().close()
  }, 120_000)
})

describe('the wall', () => {
  it('shows a case that was posted over HTTP, in its list and by pixels of the map, and says so when the server is gone', async () => {
    const page = await open('/wall?rotate=0')
    await page.locator('.maplibregl-canvas').waitFor({ timeout: 60_000 })
    await page.getByText('链路正常').waitFor({ timeout: 60_000 })
    const officer = await browser.newContext()
    await signInBrowser(officer, server.url, 'duty')
    const { view: [west, south, east, north] } = await (await fetch(`${server.url}/map-config.json`)).json() as { view: [number, number, number, number] }
    const answer = await officer.request.post(`${server.url}/api/v1/cases`, {
      headers: { origin: server.url },
      data: {
        content: '三号楼二单元燃气味很重，像是燃气泄漏',
        kind: 'utilities',
        urgency: 'emergency',
        location: { lng: (west + east) / 2, lat: (south + north) / 2 },
      },
    })
    expect(answer.status()).toBe(201)
    await officer.close()

    const arrival = page.locator('[data-test=arrival]', { hasText: '燃气泄漏' })
    await arrival.waitFor({ state: 'attached', timeout: 30_000 })
    expect(await page.textContent('body')).not.toContain('三号楼二单元')
    const yellow = [240, 228, 66]
    await eventually(async () => {
      const place = await arrival.evaluate(element => element.getBoundingClientRect().toJSON() as { x: number, y: number })
      return await shareOf(page, place, yellow) > 0.3
    }, { seconds: 30, what: 'no pin in the colour of a waiting case where it was reported' })

    await server.stop('SIGKILL')
    await page.getByRole('alert').waitFor({ timeout: 60_000 })
    expect(await page.getByRole('alert').textContent()).toMatch(/中断/)
    await page.context().close()
  }, 300_000)
})
