import type { ChildProcess } from 'node:child_process'
import type { Sql } from '../../db/connect.ts'
import type { Usage } from './measured.ts'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { appendEvents } from '../../db/queries/events.ts'

export type Kind = 'ours' | 'plain' | 'ws'

/** What the followers have had since they were last asked: events, bytes, and the milliseconds from before the write to every tenth of them. */
export interface Heard { events: number, bytes: number, latencies: number[] }

/** One of the compared programs in a process of its own, with its followers in another. */
export interface Side {
  kind: Kind
  rssAConnection: number
  /** Writes events durably to the log; the peers are told once it is done. */
  emit: (size: number) => Promise<void>
  /** What the server used since it was last asked. */
  usage: () => Promise<Usage>
  heard: () => Promise<Heard>
  close: () => Promise<void>
}

export async function openSide(kind: Kind, count: number, sql: Sql, databaseUrl: string): Promise<Side> {
  const server = kind === 'ours'
    ? child('ours', databaseUrl)
    : child('peer', kind)
  const { port } = await told<{ port: number }>(server)
  const usage = async () => {
    server.send({ ask: 'usage' })
    return (await told<{ usage: Usage }>(server)).usage
  }
  const before = (await usage()).rss
  const followers = child('followers', kind, String(port), String(count))
  await told(followers)
  const rssAConnection = ((await usage()).rss - before) / count

  let number = 0
  return {
    kind,
    usage,
    rssAConnection,
    async emit(size) {
      const events = Array.from({ length: size }, () => ({
        id: `GD2611240${String(number++ % 1000).padStart(3, '0')}`,
        set: {
          status: 'dispatched',
          t: clock(),
        },
      }))
      await sql.begin(tx => appendEvents(tx, '990101001', events.map(event => ({ type: 'case.dispatched', ...event }))))
      if (kind !== 'ours') {
        server.send({
          emit: events.map(event => ({
            ...event,
            type: 'case.dispatched',
            at: Date.now(),
            seq: number,
            note: 'as long as a plain event of a case is, with its names and so on',
          })),
        })
      }
    },
    async heard() {
      followers.send({ ask: 'report' })
      return (await told<{ report: Heard }>(followers)).report
    },
    async close() {
      for (const process of [followers, server]) {
        process.disconnect()
        await once(process, 'exit')
      }
    },
  }
}

/** Milliseconds, the same in every process of this machine, short enough to add little to an event. */
export function clock(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 10 % 1e7) / 10
}

function child(name: string, ...args: string[]): ChildProcess {
  return fork(join(import.meta.dirname, `${name}.ts`), args)
}

async function told<T>(from: ChildProcess): Promise<T> {
  const [message] = await once(from, 'message')
  return message as T
}
