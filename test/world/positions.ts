import type { Sql } from '../../db/connect.ts'
import type { PositionReport } from '../../db/queries/positions.ts'
import type { PositionDesk } from '../../server/positions/position-desk.ts'
import { createLog } from '../../server/log.ts'
import { knownRoster } from '../../server/positions/roster.ts'
import { createFixTaker } from '../../server/positions/take-fixes.ts'

/** What a server knows of positions, without its sockets. */
export function testPositions(sql: Sql, now: () => number = Date.now): PositionDesk & { latest: Map<string, PositionReport> } {
  const latest = new Map<string, PositionReport>()
  const live = {
    positionOf: (officer: string) => latest.get(officer),
    reportPositions: (reports: PositionReport[]) => reports.forEach(report => latest.set(report.id, report)),
    forgetPosition: (officer: string) => void latest.delete(officer),
  }
  const roster = knownRoster(sql)
  return {
    roster,
    live,
    latest,
    fixes: createFixTaker({
      sql,
      log: createLog('silent'),
      roster,
      live,
      now,
    }),
  }
}
