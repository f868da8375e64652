import process from 'node:process'
import { CannotStart } from './cannot-start.ts'
import { watchParent } from './launch/run.mjs'
import { createLog } from './log.ts'

export interface Lifecycle {
  /** Aborted when the program begins to stop. */
  stopping: AbortSignal
  /** What to do on stopping; the last added is done first. */
  onStop: (name: string, work: () => unknown) => void
}

/** Stopping may take this long; then the process ends as it is, and the guardian ends PostgreSQL. */
const graceSeconds = 5

/**
 * Runs the program until it is asked to stop (Ctrl-C, SIGTERM, npm gone) or cannot go on, and ends the process:
 * 0 after a clean stop, 1 after an error. An expected error is one line, a bug a stack in the log.
 */
export function runUntilStopped(start: (lifecycle: Lifecycle) => Promise<void>): void {
  const log = createLog('warn')
  const work: { name: string, work: () => unknown }[] = []
  const controller = new AbortController()

  async function stop(code: number): Promise<void> {
    if (controller.signal.aborted)
      return
    controller.abort()
    setTimeout(() => {
      log.warn('stopping took too long')
      process.exit(code)
    }, graceSeconds * 1000)
    for (const { name, work: task } of work.reverse()) {
      log.debug({ name }, 'stopping')
      try {
        await task()
      }
      catch (error) {
        log.error({ err: error, name }, 'stopping failed')
      }
    }
    process.exit(code)
  }

  function fail(error: unknown): void {
    // What a stopping program's unfinished work complains of is of no interest.
    if (controller.signal.aborted)
      return
    if (error instanceof CannotStart)
      console.error(`✗ ${error.message}`)
    else
      log.fatal({ err: error }, 'a fault in the program ends it')
    void stop(1)
  }

  let askedAt = 0
  function ask(): void {
    // npm passes on a Ctrl-C that has already come from the terminal; only a later one means impatience.
    if (askedAt && Date.now() - askedAt > 1000)
      process.exit(130)
    askedAt ||= Date.now()
    void stop(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, ask)
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  watchParent(ask)

  start({
    stopping: controller.signal,
    onStop: (name, task) => work.push({ name, work: task }),
  }).catch(fail)
}
