import type { Usage } from '../../bench/live/measured.ts'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** The live engine by itself in a process of its own, so that its memory is nobody else's. */
export interface LiveProcess {
  url: string
  usage: () => Promise<Usage>
  /** Value of a metric by its name with labels, as /metrics writes it; 0 when it is not there. */
  metric: (name: string) => Promise<number>
  stop: () => Promise<void>
}

export async function liveProcess(databaseUrl: string): Promise<LiveProcess> {
  const child = fork(join(import.meta.dirname, '../../bench/live/ours.ts'), [databaseUrl], {
    execArgv: ['--expose-gc'],
  })
  const told = async <T>() => (await once(child, 'message'))[0] as T
  const ask = async <T>(ask: string) => {
    child.send({ ask })
    return await told<T>()
  }
  const { port } = await told<{ port: number }>()
  return {
    url: `http://127.0.0.1:${port}`,
    usage: async () => (await ask<{ usage: Usage }>('usage')).usage,
    async metric(name) {
      const { metrics } = await ask<{ metrics: string }>('metrics')
      const line = metrics.split('\n').find(line => line.startsWith(`${name} `))
      return Number(line?.slice(name.length) ?? 0)
    },
    async stop() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
