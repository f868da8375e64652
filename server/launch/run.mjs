import { spawn } from 'node:child_process'
import process from 'node:process'

/** An expected reason why the program cannot be made ready: shown without a stack. */
export class CannotPrepare extends Error {}

/**
 * Ends a command and all that it started when this process is gone, however it went: fd 4 is a pipe that closes with this
 * process. Otherwise a killed start would leave an install behind that works against the next one's.
 */
const guardian = `
  "$@" 4<&- &
  command=$!
  { while read -r line; do :; done; kill -TERM 0; } <&4 2>/dev/null &
  watcher=$!
  exec 4<&-
  wait $command
  code=$?
  kill $watcher 2>/dev/null
  exit $code`

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ environment?: NodeJS.ProcessEnv, folder: string }} options
 * @returns {Promise<string>} what it printed; throws CannotPrepare with its last lines if it failed
 */
export function run(command, args, { environment = process.env, folder }) {
  return new Promise((resolve, reject) => {
    // detached: a process group of its own, which the guardian ends as a whole.
    const child = spawn('/bin/sh', ['-c', guardian, 'sh', command, ...args], {
      cwd: folder,
      env: environment,
      detached: true,
      stdio: [
        'ignore',
        'pipe',
        'pipe',
        'ignore',
        'pipe',
      ],
    })
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', chunk => printed = (printed + chunk).slice(-100_000))
    child.on('error', reject)
    child.on('close', (code, signal) => code === 0
      ? resolve(printed)
      : reject(new CannotPrepare(`${args.join(' ')} (${code ?? signal})\n${lastLines(printed)}`)))
    child.on('exit', () => child.stdio[4].destroy())
  })
}

/**
 * Runs the server in another process and ends as it ends.
 * @param {string} node
 * @param {string} file
 */
export function handOver(node, file) {
  const child = spawn(node, [
    file,
    ...process.argv.slice(2),
  ], { stdio: 'inherit' })
  // Ctrl-C reaches both processes by itself; a signal to this one only is passed on.
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
    process.on(signal, () => signal !== 'SIGINT' || !process.stdin.isTTY
      ? child.kill(signal)
      : undefined)
  }
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

/**
 * npm killed by -9 cannot tell its script: look whether it still is the parent.
 * @param {() => void} onOrphaned
 * @returns {() => void} stops looking
 */
export function watchParent(onOrphaned) {
  const parent = process.ppid
  if (!process.env.npm_lifecycle_event)
    return () => {}
  const timer = setInterval(() => process.ppid === parent || (clearInterval(timer), onOrphaned()), 300)
  timer.unref()
  return () => clearInterval(timer)
}

/** @param {string} text */
function lastLines(text) {
  return text.trim().split('\n').slice(-15).map(line => `    ${line}`).join('\n')
}
