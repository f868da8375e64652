import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { build } from '../../server/launch/build.mjs'
import { install } from '../../server/launch/install.mjs'
import { findNode, root } from '../../server/launch/places.mjs'
import { CannotPrepare } from '../../server/launch/run.mjs'
import { installChromium } from './install-chromium.mjs'

/**
 * Installs and builds what is missing, runs the tests, and says as the last line how many passed and failed.
 * @param {string[]} args `--long` runs the long tests in full; all others go to vitest, as the names of files
 */
export async function runTests(args) {
  try {
    await install({ development: true })
    await installChromium()
    await build()
  }
  catch (error) {
    if (!(error instanceof CannotPrepare))
      throw error
    console.error(`✗ ${error.message}`)
    process.exit(1)
  }
  const { passed, failed } = await runVitest(args)
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed > 0
    ? 1
    : 0)
}

async function runVitest(args) {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-test-result-'))
  try {
    const file = join(folder, 'result.json')
    const words = [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...args.filter(arg => arg !== '--long'),
    ]
    const child = spawn(await findNode(), [
      join(root, 'node_modules/vitest/vitest.mjs'),
      ...words,
    ], {
      cwd: root,
      stdio: 'inherit',
      env: args.includes('--long')
        ? { ...process.env, HUIZHI_TEST_LONG: '1' }
        : process.env,
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => child.kill(signal))
    const [code] = await once(child, 'exit')
    return count(await readFile(file, 'utf8').then(JSON.parse, () => null), code)
  }
  finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A file that could not be loaded counts as one failure, and so does whatever else made vitest fail. */
function count(result, code) {
  const passed = result?.numPassedTests ?? 0
  const unloaded = result?.testResults.filter(file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed')).length ?? 0
  const failed = (result?.numFailedTests ?? 0) + unloaded
  return { passed, failed: failed || (code === 0
    ? 0
    : 1) }
}
