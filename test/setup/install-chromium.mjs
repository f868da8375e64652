import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { findNode, root } from '../../server/launch/places.mjs'
import { CannotPrepare, run } from '../../server/launch/run.mjs'
import { stage } from '../../server/launch/stage.mjs'
import { findChromium } from './find-chromium.mjs'

/** Gets a Chromium if none is found: Debian's own (as root), else the one that Playwright offers. Throws CannotPrepare. */
export async function installChromium() {
  if (await findChromium())
    return
  if (process.env.CHROME_PATH)
    throw new CannotPrepare(`CHROME_PATH 无法运行 · CHROME_PATH ${process.env.CHROME_PATH} does not run.`)
  stage('安装测试用浏览器 · Installing a Chromium for the tests')
  const reasons = []
  for (const way of [fromDebian, fromPlaywright]) {
    try {
      await way()
    }
    catch (error) {
      reasons.push(error.message.split('\n').at(-1).trim())
    }
    if (await findChromium())
      return
  }
  throw new CannotPrepare(`找不到也装不上 Chromium · No Chromium was found and none could be installed: install Chromium or Chrome, or set CHROME_PATH. (${reasons.join('; ')})`)
}

async function fromDebian() {
  const system = await readFile('/etc/os-release', 'utf8').catch(() => '')
  // Ubuntu's package of that name is only a pointer to a snap.
  if (process.getuid?.() !== 0 || !/^ID="?debian"?$/m.test(system))
    throw new Error('not root on Debian')
  const options = {
    folder: root,
    environment: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  await run('apt-get', ['update', '-q'], options)
  await run('apt-get', [
    'install',
    '-qy',
    '--no-install-recommends',
    'chromium',
    'fonts-noto-cjk',
  ], options)
}

async function fromPlaywright() {
  const system = process.getuid?.() === 0
    ? ['--with-deps']
    : []
  await run(await findNode(), [
    join(root, 'node_modules/playwright-core/cli.js'),
    'install',
    ...system,
    'chromium',
  ], { folder: root })
}
