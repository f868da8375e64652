import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'

const main = resolve(import.meta.dirname, '../../server/main.ts')

export interface ServerProcess {
  child: ChildProcess
  /** All that it printed so far, both streams. */
  output: () => string
  /** Exit code, or null after a signal. */
  exited: Promise<number | null>
}

export interface RunningServer extends ServerProcess {
  /** As http://127.0.0.1:54321, without a slash at the end. */
  url: string
  pid: number
  /** Asks it to stop as Ctrl-C would, or by another signal. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

/**
 * The real server as a process of its own, with this environment and nothing else of the tests'. A free port and no demo
 * unless told. It ends with the tests' process.
 */
export function spawnServer(environment: Record<string, string>, command: string[] = [process.execPath, main]): ServerProcess {
  const { PATH, HOME, TMPDIR } = process.env
  const child = spawn(command[0]!, command.slice(1), {
    env: {
      PATH,
      HOME,
      TMPDIR,
      PORT: '0',
      DEMO: '0',
      LOG_LEVEL: 'warn',
      npm_lifecycle_event: 'test',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout!.on('data', chunk => output += chunk)
  child.stderr!.on('data', chunk => output += chunk)
  const exited = once(child, 'close').then(([code]) => code as number | null)
  return {
    child,
    output: () => output,
    exited,
  }
}

/** Returns when it is ready; throws with what it printed if it ends before. */
export async function startServer(environment: Record<string, string>, command?: string[]): Promise<RunningServer> {
  const server = spawnServer(environment, command)
  let ended = false
  server.exited.finally(() => ended = true)
  const ready = /Ready: (http:\/\/\S+)/
  while (!ready.test(server.output())) {
    if (ended)
      throw new Error(`The server did not start:\n${server.output()}`)
    await sleep(20)
  }
  const { child, exited } = server
  return {
    ...server,
    url: server.output().match(ready)![1]!,
    pid: child.pid!,
    stop(signal = 'SIGINT') {
      child.kill(signal)
      return exited
    },
  }
}
