import type { WalkerRow } from '../../db/queries/assignments.ts'
import type { PositionReport } from '../../db/queries/positions.ts'
import type { CaseContextWithSql } from '../cases/case-context.ts'
import type { Log } from '../log.ts'
import { nearMetres, readWalkers } from '../../db/queries/assignments.ts'
import { metresBetween } from '../positions/judge-fix.ts'
import { program } from './program.ts'
import { takeStep } from './take-step.ts'

export interface ArrivalNotice {
  /** Positions that have just been taken. Resolves when the arrivals among them are on record. */
  seen: (reports: readonly PositionReport[]) => Promise<void>
  /** Something changed about who walks where: the next position reads anew. */
  forget: () => void
}

/** What changes is told by the log; should that not get through, this is the limit. Milliseconds. */
const keepMs = 10_000

/** The arrival of a worker goes on record with the position that shows it. The timers look too, for what is missed here. */
export function noticeArrivals(context: CaseContextWithSql, log: Log): ArrivalNotice {
  let kept: { walkers: Promise<Map<string, WalkerRow[]>>, until: number } | null = null

  function current(): Promise<Map<string, WalkerRow[]>> {
    if (!kept || kept.until < performance.now()) {
      const walkers = readWalkers(context.sql).then(rows => Map.groupBy(rows, ({ officer }) => officer))
      const mine = kept = { walkers, until: performance.now() + keepMs }
      walkers.catch(() => kept === mine && (kept = null))
    }
    return kept.walkers
  }

  async function noteNear({ id }: WalkerRow): Promise<void> {
    const stepped = await context.sql.begin(tx => takeStep(tx, context, {
      id,
      step: 'near',
      input: {},
      actor: program,
    }))
    if ('done' in stepped)
      log.debug({ assignment: id }, 'seen at its case')
  }

  return {
    async seen(reports) {
      try {
        const walkers = await current()
        const arrived = reports.flatMap(report => walkers.get(report.id)?.filter(walker => isThere(report, walker)) ?? [])
        if (arrived.length === 0)
          return
        // Each is noted once, whatever comes while that is written.
        const noted = new Set(arrived)
        for (const [officer, rows] of walkers)
          walkers.set(officer, rows.filter(row => !noted.has(row)))
        for (const walker of arrived)
          await noteNear(walker)
      }
      catch (error) {
        kept = null
        log.debug({ err: error }, 'arrivals not noted; the timers look again')
      }
    },
    forget() {
      kept = null
    },
  }
}

function isThere({ lng, lat, seenAt }: PositionReport, { location: [caseLng, caseLat], accepted_at }: WalkerRow): boolean {
  return seenAt >= accepted_at.getTime() && metresBetween({ lng, lat }, { lng: caseLng, lat: caseLat }) <= nearMetres
}
