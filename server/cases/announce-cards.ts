import type { CaseCard } from '#contract/case.ts'
import type { Sql } from '../../db/connect.ts'
import { giveCards } from '../../db/queries/case-clock.ts'
import { caseFeature } from '../../db/queries/cases.ts'
import { appendBySubdistrict } from './append-by-subdistrict.ts'
import { changeEvent } from './change-event.ts'

const eventOf: Record<CaseCard, string> = { yellow: 'case.warned', red: 'case.overdue' }

/**
 * Tells every screen which cases are to be warned of (黄牌) or overdue (红牌) at `now`. The card and its event are written
 * together, so each is told once however many processes look, and what fell due while nobody was running is told by the next.
 * Returns how many were told.
 */
export async function announceCards(sql: Sql, now: Date, batch = 500): Promise<number> {
  let told = 0
  for (const card of ['red', 'yellow'] as const) {
    for (let given = batch; given === batch;) {
      given = await sql.begin(async (tx) => {
        const rows = await giveCards(tx, card, now, batch)
        await appendBySubdistrict(tx, rows.map(row => changeEvent(eventOf[card], row, caseFeature(row), row.subdistrict, ['card'])))
        return rows.length
      })
      told += given
    }
  }
  return told
}
