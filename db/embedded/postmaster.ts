import type { Log } from '../../server/log.ts'
import type { RunAs } from './run-as.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Postmaster {
  pid: number
  /** Settled when the process has ended, with PostgreSQL's last complaint if it had one. */
  ended: Promise<{ complaint?: string }>
  /** Fast shutdown: open transactions are rolled back. Immediate after `graceSeconds`. */
  stop: (graceSeconds?: number) => Promise<void>
}

/**
 * PostgreSQL under a guardian: a shell that reads from a pipe (fd 4) held by this process. Whatever ends this process, kill -9
 * included, closes the pipe, and the guardian then shuts PostgreSQL down; after 60 s it does so without waiting for anybody.
 * fd 3 tells PostgreSQL's process id.
 */
const guardian = `
  "$@" </dev/null 3>&- 4<&- &
  postgres=$!
  echo $postgres >&3
  exec 3>&-
  {
    while read -r line; do :; done
    kill -INT $postgres
    seconds=0
    while kill -0 $postgres && [ $seconds -lt 60 ]; do sleep 1; seconds=$((seconds + 1)); done
    kill -QUIT $postgres
  } <&4 2>/dev/null &
  watcher=$!
  exec 4<&-
  wait $postgres
  kill $watcher 2>/dev/null`

export interface PostmasterOptions { runAs: RunAs, postgres: string, folder: string, port: number, settings: Record<string, string | number>, log: Log }

/** Starts PostgreSQL and returns when it takes connections. Fails with its complaint as the message. */
export async function startPostmaster({ runAs, postgres, folder, port, settings, log }: PostmasterOptions): Promise<Postmaster> {
  const flags = Object.entries({
    ...settings,
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    lc_messages: 'C',
  })
    .flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = [
    ...runAs.prefix,
    postgres,
    '-D',
    folder,
    ...flags,
  ]
  // detached: a Ctrl-C in the terminal reaches the server only, which stops PostgreSQL as the last thing.
  const child = spawn('/bin/sh', ['-c', guardian, 'sh', ...command], {
    detached: true,
    cwd: '/',
    stdio: [
      'ignore',
      'ignore',
      'pipe',
      'pipe',
      'pipe',
    ],
  })
  const spawned = once(child, 'spawn')
  child.stdio[4]!.on('error', () => {})

  let complaint: string | undefined
  let ready!: () => void
  const isReady = new Promise<void>(resolve => ready = resolve)
  createInterface({ input: child.stderr! }).on('line', (line) => {
    const [, level = 'LOG', message = line] = line.match(/(LOG|WARNING|ERROR|FATAL|PANIC|DETAIL|HINT|STATEMENT): {2}(.*)/) ?? []
    if (level === 'FATAL' || level === 'PANIC')
      complaint = message
    log[level === 'PANIC'
      ? 'error'
      : level === 'LOG'
        ? 'trace'
        : 'debug']({ postgres: level }, message)
    if (message.includes('ready to accept connections'))
      ready()
  })
  const ended = once(child, 'exit').then(async () => {
    // Its last words may still be on their way; its former helpers may hold the line open for a while.
    await Promise.race([
      once(child.stderr!, 'close'),
      sleep(300),
    ])
    child.stdio[4]!.destroy()
    return { complaint }
  })
  await spawned
  const pid = Number((await once(createInterface({ input: child.stdio[3] as NodeJS.ReadableStream }), 'line'))[0])

  const outcome = await Promise.race([isReady, ended])
  if (outcome)
    throw new Error(outcome.complaint ?? 'PostgreSQL ended at once')
  return {
    pid,
    ended,
    stop: graceSeconds => stopPostmaster(pid, ended, graceSeconds),
  }
}

async function stopPostmaster(pid: number, ended: Promise<unknown>, graceSeconds = 4): Promise<void> {
  signal(pid, 'SIGINT')
  const timer = setTimeout(signal, graceSeconds * 1000, pid, 'SIGQUIT')
  await ended
  clearTimeout(timer)
}

/** Sends a signal, if the process still is there. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  }
  catch {}
}
