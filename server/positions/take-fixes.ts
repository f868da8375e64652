import type { FixOutcome } from '#contract/positions.ts'
import type { Sql } from '../../db/connect.ts'
import type { PositionReport } from '../../db/queries/positions.ts'
import type { TrackerHeard } from '../../db/queries/trackers.ts'
import type { Log } from '../log.ts'
import type { Fix, Suspicion } from './judge-fix.ts'
import type { KnownRoster } from './roster.ts'
import { noteTrackersHeard } from '../../db/queries/trackers.ts'
import { defaultFixSettings } from './fix-settings.ts'
import { demoDevice, judgeFix } from './judge-fix.ts'
import { createTrackWriter } from './track-writer.ts'

/** The latest positions that this process knows, those told to others too. */
export interface LatestPositions {
  positionOf: (officer: string) => PositionReport | undefined
  reportPositions: (reports: PositionReport[]) => void
  forgetPosition: (officer: string) => void
}

export interface FixTakerOptions {
  sql: Sql
  log: Log
  roster: KnownRoster
  live: LatestPositions
  /** What was taken, for who waits for somebody to be somewhere; not waited for. */
  onTaken?: (reports: PositionReport[]) => void
  now?: () => number
}

export interface FixTaker {
  /** One outcome a fix, in their order. What is taken is on its way to every screen, and to the track within seconds. */
  take: (fixes: readonly Fix[]) => Promise<FixOutcome[]>
  /** What became of the last fix of a tracker, for who looks after it. */
  note: (tracker: string, outcome: FixOutcome) => void
  /** Writes those notes now instead of within a minute. */
  noteNow: () => Promise<void>
  /** Writes what waits. */
  flush: () => Promise<void>
  /** What waits of an officer is not written. */
  drop: (officer: string) => void
  stop: () => Promise<void>
}

const noteEveryMs = 60_000
/** What is new about a tracker, as its first word or that it is refused now, is noted so soon: somebody may be setting it up. */
const noteNewsMs = 2000

/** The door for every position, whoever brings it: judged, shown, kept. */
export function createFixTaker({ sql, log, roster, live, onTaken, now = Date.now }: FixTakerOptions): FixTaker {
  const tracks = createTrackWriter(sql, log)
  const suspicions = new Map<string, Suspicion>()
  const heard = new Map<string, TrackerHeard>()
  const noted = new Map<string, string>()
  const timer = setInterval(() => void noteHeard(), noteEveryMs).unref()
  let soon: NodeJS.Timeout | undefined

  async function noteHeard(): Promise<void> {
    const said = [
      ...heard.values(),
    ]
    heard.clear()
    clearTimeout(soon)
    soon = undefined
    if (said.length > 0)
      await noteTrackersHeard(sql, said).catch(error => log.debug({ err: error }, 'trackers not noted'))
  }

  return {
    async take(fixes) {
      const { officer: find } = await roster.current()
      const outcomes: FixOutcome[] = []
      const taken: PositionReport[] = []
      // Of a batch the oldest first, so that each is judged by the one before.
      const order = fixes.length === 1
        ? [0]
        : fixes.map((_, at) => at).sort((a, b) => fixes[a]!.seenAt - fixes[b]!.seenAt)
      for (const at of order) {
        const fix = fixes[at]!
        const owner = find(fix.officer)
        const known = live.positionOf(fix.officer)
        // Whoever is there himself is not where the demo's walker would be, be that a moment newer.
        const isWalker = known?.device === demoDevice && fix.device !== demoDevice
        const judged = judgeFix(fix, {
          owner,
          known: isWalker
            ? null
            : knownOf(known),
          suspicion: suspicions.get(fix.officer) ?? null,
          now: now(),
          settings: defaultFixSettings,
        })
        if ('refused' in judged) {
          if (judged.suspicion)
            suspicions.set(fix.officer, judged.suspicion)
          outcomes[at] = {
            outcome: 'refused',
            reason: judged.refused,
            path: judged.path,
            message: judged.message,
          }
          continue
        }
        outcomes[at] = {
          outcome: 'taken' in judged
            ? 'taken'
            : 'known',
        }
        if ('known' in judged)
          continue
        suspicions.delete(fix.officer)
        if (isWalker)
          live.forgetPosition(fix.officer)
        const { subdistrict, regions } = owner!
        const { officer: id, lng, lat, seenAt, accuracy, device } = fix
        const report = {
          id,
          lng,
          lat,
          seenAt,
          accuracy,
          device,
          subdistrict,
          regions,
        }
        live.reportPositions([report])
        taken.push(report)
        tracks.add({ ...fix, subdistrict })
      }
      if (taken.length > 0)
        onTaken?.(taken)
      return outcomes
    },
    note(tracker, { outcome, reason }) {
      const said = reason ?? outcome
      heard.set(tracker, {
        id: tracker,
        at: now(),
        heard: said,
      })
      if (noted.get(tracker) !== said) {
        noted.set(tracker, said)
        soon ??= setTimeout(() => void noteHeard(), noteNewsMs).unref()
      }
    },
    noteNow: noteHeard,
    flush: tracks.flush,
    drop: tracks.drop,
    async stop() {
      clearInterval(timer)
      await tracks.stop()
      await noteHeard()
    },
  }
}

function knownOf(report: PositionReport | undefined) {
  return report
    ? { ...report, accuracy: report.accuracy ?? null, device: report.device ?? 'unknown' }
    : null
}
