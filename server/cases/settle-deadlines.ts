import type { Tx } from '../../db/connect.ts'
import type { ClockStep, UnsettledDeadline } from '../../db/queries/case-clock.ts'
import type { CaseContext } from './case-context.ts'
import type { PlacedDraft } from './append-by-subdistrict.ts'
import type { CaseRules } from './terms.ts'
import type { CalendarAnswer, WorkingCalendar } from './working-calendar.ts'
import { lockUnsettledDeadlines, readClockSteps } from '../../db/queries/case-clock.ts'
import { caseFeature } from '../../db/queries/cases.ts'
import { patchCase } from '../../db/queries/write-cases.ts'
import { appendBySubdistrict } from './append-by-subdistrict.ts'
import { changeEvent } from './change-event.ts'
import { warningOf } from './clock.ts'
import { deadlineAfterPause, deadlineOf, deadlineOnDay } from './deadline.ts'
import { termClass } from './terms.ts'

const batch = 500

/**
 * Gives open cases the deadline or the warning that could not be counted when they came, because the holiday notice of a year
 * was not loaded: as soon as it is. Returns how many were settled; what still cannot be counted stays as it is.
 */
export async function settleDeadlines(tx: Tx, { rules, calendar }: Pick<CaseContext, 'rules' | 'calendar'>): Promise<number> {
  let settled = 0
  const events: PlacedDraft[] = []
  for (let rows: UnsettledDeadline[] = [], after = ''; rows.length === batch || after === ''; after = rows.at(-1)?.id ?? '~') {
    rows = await lockUnsettledDeadlines(tx, after, batch)
    for (const row of rows) {
      const dueAt = row.due_at ?? await countAnew(tx, row, rules, calendar)
      const warnAt = warningOf({
        dueAt,
        term: row.term,
        promised: row.promised || row.clock_paused_at !== null,
        reviewAt: row.review_at,
      }, { rules, calendar })
      if (dueAt === null || (warnAt === null && row.due_at !== null))
        continue
      const after = await patchCase(tx, row.id, { due_at: dueAt, due_missing_year: null, warn_at: warnAt })
      settled++
      if (row.due_at === null)
        events.push(changeEvent('case.dated', row, caseFeature(after), after.subdistrict, ['due_at']))
    }
  }
  await appendBySubdistrict(tx, events)
  return settled
}

async function countAnew(tx: Tx, row: UnsettledDeadline, rules: CaseRules, calendar: WorkingCalendar): Promise<Date | null> {
  const term = termClass(rules, row.term)
  if (!term)
    return null
  const due = deadlineFromHistory(row.reported_at, await readClockSteps(tx, row.id), rules, term, calendar)
  return 'answer' in due
    ? due.answer
    : null
}

/** The deadline as its whole life makes it: the term, what was granted, and every time that the clock stood still. */
export function deadlineFromHistory(
  reportedAt: Date,
  steps: readonly Pick<ClockStep, 'at' | 'action' | 'outcome' | 'plan_date' | 'from_status' | 'to_status'>[],
  rules: CaseRules,
  term: NonNullable<ReturnType<typeof termClass>>,
  calendar: WorkingCalendar,
): CalendarAnswer<Date> {
  let due = deadlineOf(term, reportedAt, calendar)
  let pausedAt: Date | null = null
  for (const { at, action, outcome, plan_date, from_status, to_status } of steps) {
    if ('missingYear' in due && action !== 'rule-extension')
      return due
    if (action === 'rule-extension' && outcome === 'granted' && plan_date !== null) {
      due = {
        answer: deadlineOnDay(plan_date),
      }
    }
    else if (from_status !== to_status && rules.pausingStatuses.includes(to_status)) {
      pausedAt = at
    }
    else if (pausedAt !== null && from_status !== to_status) {
      if ('answer' in due) {
        due = deadlineAfterPause({
          term,
          dueAt: due.answer,
          pausedAt,
          resumedAt: at,
        }, calendar)
      }
      pausedAt = null
    }
  }
  return due
}
