import type { Sql } from '../../db/connect.ts'
import type { PositionReport } from '../../db/queries/positions.ts'
import type { Log } from '../log.ts'
import type { Room } from './fan-out.ts'
import type { Follower } from './follower.ts'
import type { View } from './view.ts'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { notifyPositions, savePositions } from '../../db/queries/positions.ts'
import { ownScope } from '../access/scope.ts'
import { Packet } from './packet.ts'

export interface PositionsOptions {
  sql: Sql
  log: Log
  rooms: () => Iterable<Room>
  onSent?: (rows: number, members: number) => void
  /** One message a view in this time at most. Milliseconds. */
  everyMs?: number
  /** The table gets the latest this often. Milliseconds. */
  saveEveryMs?: number
  /** A newcomer is not told what is older. Milliseconds. */
  forgetAfterMs?: number
}

export interface Positions {
  /** Officers were seen: every screen of every process learns it within about a second. Only the latest of each counts. */
  report: (reports: PositionReport[]) => void
  /** The officer's latest, by whichever process it was told. */
  of: (officer: string) => PositionReport | undefined
  /** He is off duty, or does not want to be seen any more: a newcomer is not told. */
  forget: (officer: string) => void
  /** What another process was told. */
  hear: (payload: string) => void
  /** The latest known, for one who has just come. */
  welcome: (follower: Follower) => void
  /** seconds since an officer was last seen; undefined when none was */
  age: () => number | undefined
  stop: () => Promise<void>
}

const Payload = z.object({
  sender: z.string(),
  reports: z.array(z.object({
    id: z.string(),
    lng: z.number(),
    lat: z.number(),
    seenAt: z.number(),
    subdistrict: z.string(),
    regions: z.array(z.string()),
    accuracy: z.number().nullish().transform(said => said ?? null),
    device: z.string().default('unknown'),
  })),
})

/** The volatile lane: latest wins, gathered for three quarters of a second (so that 95 of 100 are at the screen within one), and not sent to a screen that is still busy with the last message. */
export function createPositions(options: PositionsOptions): Positions {
  const { sql, log, rooms, onSent, everyMs = 750, saveEveryMs = 60_000, forgetAfterMs = 900_000 } = options
  const self = randomUUID().slice(0, 8)
  const latest = new Map<string, PositionReport>()
  const toSend = new Set<string>()
  const toTell = new Set<string>()
  const toSave = new Set<string>()
  let heardAt: number | undefined
  let telling: Promise<void> = Promise.resolve()
  const timers = [
    setInterval(tick, everyMs),
    setInterval(save, saveEveryMs),
  ]

  function take(report: PositionReport): boolean {
    const known = latest.get(report.id)
    if (known && known.seenAt >= report.seenAt)
      return false
    latest.set(report.id, report)
    toSend.add(report.id)
    heardAt = performance.now()
    return true
  }

  function tick() {
    if (toSend.size > 0)
      sendAll(taken(toSend))
    if (toTell.size > 0)
      telling = telling.then(() => notifyPositions(sql, self, taken(toTell))).catch(error => log.debug({ err: error }, 'positions not told'))
  }

  function sendAll(reports: PositionReport[]) {
    const packets = new Map<string, Packet | null>()
    for (const { view, members } of rooms()) {
      const key = `${view.region ?? ''}|${view.scopes.officers ?? ''}|${view.layers.includes('officers')}`
      if (!packets.has(key))
        packets.set(key, packetFor(view, reports))
      const packet = packets.get(key)
      if (!packet)
        continue
      for (const { outbox } of members)
        outbox.sendVolatile(packet)
      onSent?.(reports.length, members.size)
    }
  }

  async function save(): Promise<void> {
    if (toSave.size > 0)
      await savePositions(sql, taken(toSave)).catch(error => log.debug({ err: error }, 'positions not saved'))
  }

  /** Empties the set. */
  function taken(ids: Set<string>): PositionReport[] {
    const reports = [...ids].map(id => latest.get(id)).filter(report => report !== undefined)
    ids.clear()
    return reports
  }

  return {
    report(reports) {
      for (const report of reports.filter(take)) {
        toTell.add(report.id)
        toSave.add(report.id)
      }
    },
    of: officer => latest.get(officer),
    forget(officer) {
      latest.delete(officer)
      for (const waiting of [toSend, toTell, toSave])
        waiting.delete(officer)
    },
    hear(payload) {
      const heard = Payload.safeParse(JSON.parse(payload))
      if (heard.success && heard.data.sender !== self)
        heard.data.reports.forEach(take)
    },
    welcome({ view, outbox }) {
      const since = Date.now() - forgetAfterMs
      const packet = view && packetFor(view, [
        ...latest.values(),
      ].filter(({ seenAt }) => seenAt > since))
      if (packet)
        outbox.send(packet)
    },
    age: () => heardAt === undefined
      ? undefined
      : (performance.now() - heardAt) / 1000,
    async stop() {
      timers.forEach(clearInterval)
      await telling
      await save()
    },
  }
}

function packetFor(view: View, reports: PositionReport[]): Packet | null {
  const rows = view.layers.includes('officers')
    ? reports
        .filter(report => isWithin(report, view.region) && isWithin(report, view.scopes.officers ?? null))
        .map(({ id, lng, lat, seenAt }) => [
          id,
          rounded(lng),
          rounded(lat),
          seenAt,
        ])
    : []
  return rows.length > 0
    ? new Packet('positions', JSON.stringify({
        at: Date.now(),
        rows,
      }))
    : null
}

/** `part`: a region or a scope of server/access/scope.ts; null = everywhere. */
function isWithin({ id, regions, subdistrict }: PositionReport, part: string | null): boolean {
  return part === null || regions.includes(part) || subdistrict.startsWith(part) || part === ownScope(id)
}

/** 6 decimals of a degree are 11 cm. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}
