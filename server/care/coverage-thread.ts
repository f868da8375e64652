import type { Coverage } from '#contract/coverage.ts'
import type { CoverageRequest } from './coverage-reader.ts'
import { Worker } from 'node:worker_threads'

export interface CoverageThread {
  ask: (request: CoverageRequest) => Promise<Coverage>
  stop: () => Promise<void>
}

type Reply = { number: number } & ({ coverage: Coverage } | { error: Error })

/**
 * Building the model of a town takes a second, of a city a minute, and drawing it for the first time as long: neither may keep
 * the screens waiting, so both happen in a thread with a connection of its own. It starts with the first question; if it
 * dies, those who wait are told and the next question starts another.
 */
export function createCoverageThread(databaseUrl: string): CoverageThread {
  let worker: Worker | null = null
  let count = 0
  const waiting = new Map<number, PromiseWithResolvers<Coverage>>()

  function start(): Worker {
    const started = new Worker(new URL('./coverage-worker.ts', import.meta.url), {
      workerData: { databaseUrl },
    })
    started.on('message', (reply: Reply) => {
      const asked = waiting.get(reply.number)
      waiting.delete(reply.number)
      if ('coverage' in reply)
        asked?.resolve(reply.coverage)
      else
        asked?.reject(reply.error)
    })
    started.on('error', lose)
    started.on('exit', () => lose(new Error('the coverage thread ended')))
    started.unref()
    return started

    function lose(error: unknown): void {
      if (worker !== started)
        return
      worker = null
      for (const { reject } of waiting.values())
        reject(error)
      waiting.clear()
    }
  }

  return {
    ask(request) {
      const number = ++count
      const asked = Promise.withResolvers<Coverage>()
      waiting.set(number, asked)
      worker ??= start()
      worker.postMessage({ number, request })
      return asked.promise
    },
    async stop() {
      await worker?.terminate()
    },
  }
}
