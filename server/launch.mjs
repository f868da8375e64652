// `npm start`. Plain JavaScript without new syntax: it must still be able to say on an old Node that it is too old.
import process from 'node:process'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`✗ Node 版本过低 · Node ${process.versions.node} is too old: 20.19 or later is needed (https://nodejs.org).`)
  process.exitCode = 1
}
else {
  import('./launch/launch.mjs').then(({ launch }) => launch())
}
