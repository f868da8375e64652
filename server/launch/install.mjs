import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { npm, root } from './places.mjs'
import { CannotPrepare } from './run.mjs'
import { stage } from './stage.mjs'
import { withLock } from './with-lock.mjs'

/**
 * Installs the dependencies as package-lock.json names them, unless they are there.
 * @param {{ development?: boolean }} options development: those of the tests too
 */
export async function install({ development = false } = {}) {
  if (await isInstalled(development))
    return
  await withLock(async () => {
    // Another start may have done it while this one waited.
    if (await isInstalled(development))
      return
    stage('安装依赖（首次约一两分钟） · Installing dependencies (a minute or two the first time): npm ci')
    try {
      await npm('ci', '--no-audit', '--no-fund', '--loglevel=error', ...(development
        ? ['--include=dev']
        : []))
    }
    catch (error) {
      throw error instanceof CannotPrepare
        ? new CannotPrepare(`依赖安装失败 · The dependencies could not be installed: npm ${error.message}`)
        : error
    }
  })
}

/** npm writes what it installed into node_modules as the last thing; that must be what package-lock.json asks for. */
async function isInstalled(development) {
  const [wanted, present] = await Promise.all(['package-lock.json', 'node_modules/.package-lock.json'].map(readPackages))
  return present !== null && Object.entries(wanted).every(([path, { version, optional, dev, devOptional }]) =>
    path === ''
    || present[path]?.version === version
    || (!present[path] && (optional || ((dev || devOptional) && !development))))
}

async function readPackages(file) {
  try {
    return JSON.parse(await readFile(join(root, file), 'utf8')).packages
  }
  catch {
    return null
  }
}
