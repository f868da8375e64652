import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { findNode, root } from './places.mjs'
import { CannotPrepare, run } from './run.mjs'
import { stage } from './stage.mjs'
import { withLock } from './with-lock.mjs'

/** What the built pages depend on. */
const sources = [
  'client',
  'server/contract',
  'server/coverage',
  'vite.config.ts',
  'package-lock.json',
]
const dist = join(root, 'dist')
const stamp = join(dist, '.built-from')
const workshop = join(root, 'node_modules/.huizhi')

/**
 * Builds the pages into dist/, unless they are there and newer than nothing they depend on.
 * They are built beside it and moved there as a whole: another server may be serving the former ones.
 */
export async function build() {
  if (await isBuilt())
    return
  await withLock(async () => {
    if (await isBuilt())
      return
    stage('构建界面 · Building the pages: vite build')
    const hash = await hashOfSources()
    const fresh = join(workshop, `dist-${process.pid}`)
    try {
      await rm(workshop, { recursive: true, force: true })
      await mkdir(workshop, { recursive: true })
      await run(await findNode(), [
        join(root, 'node_modules/vite/bin/vite.js'),
        'build',
        '--outDir',
        fresh,
        '--emptyOutDir',
        '--logLevel',
        'warn',
      ], { folder: root })
      await writeFile(join(fresh, '.built-from'), hash)
      if (existsSync(dist))
        await rename(dist, join(workshop, 'dist-before'))
      await rename(fresh, dist)
    }
    catch (error) {
      throw error instanceof CannotPrepare
        ? new CannotPrepare(`界面构建失败 · The pages could not be built: ${error.message}`)
        : error
    }
    finally {
      await rm(workshop, { recursive: true, force: true })
    }
  })
}

async function isBuilt() {
  const built = await readFile(stamp, 'utf8').catch(() => null)
  return built !== null && built === await hashOfSources()
}

/** A hash over names and contents. */
async function hashOfSources() {
  const files = (await Promise.all(sources.map(filesOf))).flat().sort()
  const hash = createHash('sha256')
  for (const file of files)
    hash.update(`${file}\0`).update(await readFile(join(root, file))).update('\0')
  return hash.digest('hex')
}

/** @returns {Promise<string[]>} paths from the program's folder */
async function filesOf(path) {
  const entries = await readdir(join(root, path), { withFileTypes: true, recursive: true }).catch(error => error.code === 'ENOTDIR'
    ? null
    : [])
  return entries === null
    ? [path]
    : entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name).slice(root.length + 1))
}
