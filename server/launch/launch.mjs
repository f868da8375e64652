import { join } from 'node:path'
import process from 'node:process'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { findNode, root } from './places.mjs'
import { CannotPrepare, handOver, watchParent } from './run.mjs'
import { launchedAt } from './stage.mjs'

/** Installs and builds what is missing, then becomes the server. */
export async function launch() {
  process.env.HUIZHI_LAUNCHED_AT = String(launchedAt)
  const ignoreParent = watchParent(() => process.exit(1))
  const server = join(root, 'server/main.ts')
  try {
    await install()
    await build()
    if (Number.parseInt(process.versions.node) < 24)
      return handOver(await findNode(), server)
  }
  catch (error) {
    if (!(error instanceof CannotPrepare))
      throw error
    console.error(`✗ ${error.message}`)
    process.exit(1)
  }
  ignoreParent()
  await import(server)
}
