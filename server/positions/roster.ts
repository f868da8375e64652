import type { Sql } from '../../db/connect.ts'
import type { Box } from '../../db/queries/network.ts'
import type { FixOwner } from './judge-fix.ts'
import { createHash } from 'node:crypto'
import { readRoster, readSubdistrictBoxes } from '../../db/queries/shifts.ts'
import { readTrackerTokens } from '../../db/queries/trackers.ts'

export interface RosterEntry extends FixOwner {
  subdistrict: string
  /** codes of the community and the grid in which he works */
  regions: string[]
}

export interface Roster {
  officer: (id: string) => RosterEntry | null
  /** By the token that a device shows; null = no such device, or it was revoked. */
  tracker: (token: string) => { id: string, officer: string } | null
}

export interface KnownRoster {
  current: () => Promise<Roster>
  /** Something changed: the next who asks reads anew. */
  forget: () => void
}

/** What changes is told by the log and by NOTIFY, at once; should that not get through, this is the limit. Milliseconds. */
const keepMs = 10_000

/** Who is on duty, has agreed and may report with which device: read once for the thousands of positions of a few seconds. */
export function knownRoster(sql: Sql): KnownRoster {
  let kept: { roster: Promise<Roster>, until: number } | null = null
  return {
    current() {
      if (!kept || kept.until < performance.now()) {
        const roster = readAll(sql)
        const mine = kept = { roster, until: performance.now() + keepMs }
        roster.catch(() => kept === mine && (kept = null))
      }
      return kept.roster
    },
    forget() {
      kept = null
    },
  }
}

async function readAll(sql: Sql): Promise<Roster> {
  const [officers, boxes, tokens] = await Promise.all([
    readRoster(sql),
    readSubdistrictBoxes(sql),
    readTrackerTokens(sql),
  ])
  const boxOf = new Map<string, Box>(boxes.map(({ id, box }) => [id, box]))
  const byId = new Map(officers.map(({ id, subdistrict, community, grid, duty, duty_until, dismissed, consented }): [string, RosterEntry] => [
    id,
    {
      subdistrict,
      regions: [community, grid].filter(code => code !== null),
      duty,
      dutyUntil: duty_until?.getTime() ?? null,
      dismissed,
      consented,
      box: boxOf.get(subdistrict) ?? null,
    },
  ]))
  const byToken = new Map(tokens.map(({ token_hash, id, officer }) => [
    token_hash,
    { id, officer },
  ]))
  return {
    officer: id => byId.get(id) ?? null,
    tracker: token => byToken.get(hashOfToken(token)) ?? null,
  }
}

/** A token has 99 bits by chance: nothing to slow down a guess is needed. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
