import type { Sql } from '../../db/connect.ts'
import type { ShiftRow } from '../../db/queries/shifts.ts'
import type { PlacedDraft } from '../cases/append-by-subdistrict.ts'
import { lockEndedShifts, lockShift, setShift } from '../../db/queries/shifts.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'

/** Longer than a double shift nobody is on duty without saying so again. */
export const longestShiftHours = 16

/** Begins or ends an officer's shift; every screen learns it by the log. false: there is no such officer. */
export async function setDuty(sql: Sql, officer: string, duty: 'on' | 'off', until: Date | null): Promise<boolean> {
  return await sql.begin(async (tx) => {
    const before = await lockShift(tx, officer)
    if (!before)
      return false
    await setShift(tx, officer, duty, until)
    await appendBySubdistrict(tx, [
      dutyEvent(before, duty, until),
    ])
    return true
  })
}

/** Ends the shifts whose time is over: once, however many processes look. How many. */
export async function endShifts(sql: Sql, now: Date): Promise<number> {
  return await sql.begin(async (tx) => {
    const ended = await lockEndedShifts(tx, now)
    for (const { id } of ended)
      await setShift(tx, id, 'off', null)
    await appendBySubdistrict(tx, ended.map(row => dutyEvent(row, 'off', null)))
    return ended.length
  })
}

function dutyEvent({ id, subdistrict, community, grid }: ShiftRow, duty: 'on' | 'off', until: Date | null): PlacedDraft {
  return {
    subdistrict,
    draft: {
      type: 'officer.duty',
      id,
      regions: [subdistrict, community, grid].filter(code => code !== null),
      set: { duty, dutyUntil: until?.toISOString() ?? null },
    },
  }
}
