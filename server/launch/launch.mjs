import { join } from 'node:path'
import process from 'node:process'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { findNode, root } from './places.mjs'
import { become, CannotPrepare, watchParent } from './run.mjs'
import { launchedAt } from './stage.mjs'

/**
 * Node 24 lets memory for new objects grow to 100 MB before it looks for what is no longer used, and gives none of it back;
 * Node 20 grew to half. It is the larger part of what a server at rest holds.
 */
const flags = ['--max-semi-space-size=16']

/** Installs and builds what is missing, then becomes the server. */
export async function launch() {
  process.env.HUIZHI_LAUNCHED_AT = String(launchedAt)
  delete process.env.HUIZHI_PARENT
  // What Node has compiled once it need not compile again: a second of a second start's three.
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/node')
  const ignoreParent = watchParent(() => process.exit(1))
  try {
    await install()
    await build()
    const node = await findNode()
    ignoreParent()
    become(node, [
      ...flags,
      join(root, 'server/main.ts'),
      ...process.argv.slice(2),
    ])
  }
  catch (error) {
    if (!(error instanceof CannotPrepare))
      throw error
    console.error(`✗ ${error.message}`)
    process.exit(1)
  }
}
