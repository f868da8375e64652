import type { Page } from 'playwright-core'
import type { Role } from '#contract/role.ts'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { signInBrowser, testPassword } from './world/account.ts'
import { launchBrowser } from './world/browser.ts'
import { startServer } from './world/server.ts'

/** `npm run screenshots [-- NAME…]`: every page with the demo town, at the sizes that it is used at, to docs/screenshots. */

const folder = join(import.meta.dirname, '../docs/screenshots')
const scenes = [
  'case',
  'renovation',
  'wages',
  'elder',
  'satisfaction',
]
const small = [1366, 768] as const
const usual = [1920, 1080] as const
const wide = [3840, 1080] as const

interface Picture { name: string, path: string, size: readonly [number, number], isStale?: boolean, role?: Role }
const all: Picture[] = [
  ...scenes.map(scene => ({ name: `wall-${scene}`, path: `/wall?scene=${scene}&rotate=0`, size: usual })),
  { name: 'wall-case', path: '/wall?scene=case&rotate=0', size: small },
  { name: 'wall-case', path: '/wall?scene=case&rotate=0', size: wide },
  { name: 'wall-case-en', path: '/wall?scene=case&rotate=0&lang=en', size: usual },
  ...[small, usual].flatMap(size => [
    { name: 'choose', path: '/', size },
    { name: 'sign-in', path: '/sign-in', size },
    {
      name: 'admin',
      path: '/admin',
      size,
      role: 'admin' as const,
    },
    {
      name: 'figures',
      path: '/duty#/figures',
      size,
      role: 'duty' as const,
    },
    {
      name: 'ledger',
      path: '/duty#/ledger',
      size,
      role: 'duty' as const,
    },
    {
      name: 'duty',
      path: '/duty',
      size,
      role: 'duty' as const,
    },
    {
      name: 'plan',
      path: '/plan',
      size,
      role: 'planner' as const,
    },
  ]),
  {
    name: 'wall-stale',
    path: '/wall?scene=case&rotate=0',
    size: usual,
    isStale: true,
  },
]
const wanted = process.argv.slice(2)
const pictures = all.filter(({ name }) => wanted.length === 0 || wanted.includes(name))

await mkdir(folder, { recursive: true })
const dataDir = await mkdtemp(join(tmpdir(), 'huizhi-screenshots-'))
const server = await startServer({ DATA_DIR: dataDir, DEMO: '1', DEMO_PASSWORD: testPassword })
const browser = await launchBrowser()
try {
  for (const { name, path, size: [width, height], isStale, role } of pictures) {
    const context = await browser.newContext({
      viewport: { width, height },
    })
    if (role)
      await signInBrowser(context, server.url, role)
    const page = await context.newPage()
    await page.goto(server.url + path)
    await settled(page)
    if (isStale) {
      await server.stop('SIGKILL')
      await page.getByRole('alert').waitFor({ timeout: 60_000 })
      await page.waitForTimeout(2000)
    }
    const file = `${name}-${width}x${height}.png`
    await page.screenshot({
      path: join(folder, file),
    })
    console.log(file)
    await context.close()
  }
}
finally {
  await browser.close()
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
}

/** Until nothing is fetched any more and the picture stays the same but for clock and pulses: three looks at the map alike. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => {})
  const map = page.locator('.maplibregl-canvas').first()
  if (!await map.waitFor({ timeout: 5000 }).then(() => true, () => false))
    return
  let requests = 0
  page.on('request', () => requests++)
  for (let quiet = 0; quiet < 3;) {
    const before = requests
    await page.waitForTimeout(1500)
    quiet = requests === before
      ? quiet + 1
      : 0
  }
}
