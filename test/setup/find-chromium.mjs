import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * The Chromium that the tests drive: CHROME_PATH, else one that is installed, else the one that Playwright fetched.
 * Each must be able to tell its version: Ubuntu's `chromium-browser` may be an empty shell that asks for a snap.
 * @returns {Promise<string | null>} path of the program
 */
export async function findChromium() {
  if (process.env.CHROME_PATH) {
    return runs(process.env.CHROME_PATH)
      ? process.env.CHROME_PATH
      : null
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  const installed = [
    ...names.flatMap(name => folders.map(folder => join(folder, name))),
    ...elsewhere,
  ]
  return [...installed, await playwrightsOwn()].find(path => path && existsSync(path) && runs(path)) ?? null
}

async function playwrightsOwn() {
  const { chromium } = await import('playwright-core')
  try {
    return chromium.executablePath()
  }
  catch {
    return null
  }
}

function runs(path) {
  try {
    return /\d+\.\d+/.test(execFileSync(path, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 20_000,
    }))
  }
  catch {
    return false
  }
}
