import { createHash } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { CannotPrepare, run } from './run.mjs'

/** The program's own folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * Held while this folder is installed or built. It lies elsewhere because an install empties node_modules, and git would
 * show it anywhere else in the folder.
 */
export const lockFile = join(tmpdir(), `huizhi-${userInfo().uid}-${createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 12)}.lock`)

/** The Node 24 that came as a dependency, or the one running if that is new enough. */
export async function findNode() {
  const node = join(root, 'node_modules/node/bin/node')
  if (existsSync(node))
    return node
  if (Number.parseInt(process.versions.node) >= 24)
    return process.execPath
  // The dependency fetches its binary in an install script, which some settings of npm's forbid.
  await npm('rebuild', 'node', '--ignore-scripts=false')
  if (existsSync(node))
    return node
  throw new CannotPrepare('缺少 Node 24 · The package "node" did not install its binary: allow its install script, or start with Node 24.')
}

/**
 * Runs the npm that was called, else the one in PATH, by a Node that does not lie in node_modules, which an install replaces.
 * @param {string[]} args
 */
export function npm(...args) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => !folder.includes('node_modules'))
  const environment = {
    ...process.env,
    PATH: folders.join(delimiter),
  }
  // Set by `npm --prefix`, and a nested npm would take it for the place of global packages.
  delete environment.npm_config_prefix
  const node = folders.map(folder => join(folder, 'node')).find(file => existsSync(file))
  const script = process.env.npm_execpath
  return node && script?.endsWith('.js')
    ? run(node, [script, ...args], { environment, folder: root })
    : run('npm', args, { environment, folder: root })
}
