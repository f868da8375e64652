import type { Browser, LaunchOptions } from 'playwright-core'
import { chromium } from 'playwright-core'
import { findChromium } from '../setup/find-chromium.mjs'

/** WebGL in software, the same on every machine, and no calls to the outside. */
const flags = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
]

/** A Chromium without a window. Close it in afterAll. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = await findChromium()
  if (!executablePath)
    throw new Error('No Chromium was found: set CHROME_PATH, or run `npm test`, which installs one.')
  return chromium.launch({
    executablePath,
    ...options,
    args: [
      ...flags,
      ...options.args ?? [],
    ],
  })
}
