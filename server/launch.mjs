// `npm start`. Like check-node.mjs without new syntax; everything else is loaded after the check.
import process from 'node:process'
import { whyNodeIsTooOld } from './launch/check-node.mjs'

const reason = whyNodeIsTooOld(process.versions.node)
if (reason) {
  console.error(`✗ ${reason}`)
  process.exitCode = 1
}
else {
  import('./launch/launch.mjs').then(({ launch }) => launch())
}
