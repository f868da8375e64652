// `npm test`. Plain JavaScript without new syntax, as server/launch.mjs.
import process from 'node:process'
import { whyNodeIsTooOld } from '../server/launch/check-node.mjs'

const reason = whyNodeIsTooOld(process.versions.node)
if (reason) {
  console.error(`✗ ${reason}`)
  process.exitCode = 1
}
else {
  import('./setup/run-tests.mjs').then(({ runTests }) => runTests(process.argv.slice(2)))
}
