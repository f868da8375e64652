import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'

const launch = resolve(import.meta.dirname, '../../server')

/** A stand-in for vite: copies a source, notes that it ran, and fails if told so. */
const vite = `
const { appendFileSync, cpSync, existsSync, readFileSync } = require('node:fs')
appendFileSync('builds.txt', 'built\\n')
if (readFileSync('client/page.html', 'utf8').includes('broken')) {
  console.error('client/page.html: it is broken')
  process.exit(1)
}
// Long enough for another start to come in between.
setTimeout(() => cpSync('client', process.argv[process.argv.indexOf('--outDir') + 1], { recursive: true }), 500)`

/**
 * A small program that starts as ours does: the real server/launch, a page, a server that says that it is ready and stays.
 * Its dependencies lie in the folder itself, so that npm installs them in a second.
 */
export async function makeMiniature(folder: string): Promise<void> {
  const files = {
    'package.json': packageOf('miniature', {
      dependencies: { node: 'file:fake/node', vite: 'file:fake/vite' },
      scripts: { start: 'node server/launch.mjs' },
    }),
    'package-lock.json': JSON.stringify({
      name: 'miniature',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': {
          name: 'miniature',
          version: '1.0.0',
          dependencies: { node: 'file:fake/node', vite: 'file:fake/vite' },
        },
        'fake/node': { name: 'node', version: '1.0.0', scripts: undefined },
        'fake/vite': { name: 'vite', version: '1.0.0' },
        'node_modules/node': { resolved: 'fake/node', link: true },
        'node_modules/vite': { resolved: 'fake/vite', link: true },
      },
    }),
    'vite.config.ts': '',
    'client/page.html': 'first',
    'server/main.ts': `
      const words: string = 'Ready: http://127.0.0.1:1 on ' + process.versions.node
      process.on('SIGTERM', () => process.exit(0))
      process.on('SIGINT', () => process.exit(0))
      // After the handlers: whoever reads it may send a signal at once.
      console.log(words)
      setInterval(() => {}, 1000)`,
    'fake/node/package.json': packageOf('node'),
    'fake/vite/package.json': packageOf('vite', { type: 'commonjs' }),
    'fake/vite/bin/vite.js': vite,
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  await mkdir(join(folder, 'fake/node/bin'))
  await symlink(process.execPath, join(folder, 'fake/node/bin/node'))
  await cp(join(launch, 'launch'), join(folder, 'server/launch'), { recursive: true })
  await cp(join(launch, 'launch.mjs'), join(folder, 'server/launch.mjs'))
}

function packageOf(name: string, more: object = {}): string {
  return JSON.stringify({
    name,
    version: '1.0.0',
    type: 'module',
    ...more,
  })
}
