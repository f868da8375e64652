import type { CaseContextWithSql } from '../../server/cases/case-context.ts'
import type { Sql } from '../../db/connect.ts'
import { randomBytes } from 'node:crypto'
import { chinaCalendar } from '../../server/cases/china-calendar.ts'
import { defaultCaseRules } from '../../server/cases/terms.ts'
import { personalData } from '../../server/privacy/personal-data.ts'
import { twoCommunities } from './places.ts'

/** Everything that cases need, in the town of two communities, at a moment that stands still unless told. */
export function caseContext(sql: Sql, said: Partial<CaseContextWithSql> = {}): CaseContextWithSql {
  return {
    sql,
    places: twoCommunities,
    personal: personalData(randomBytes(32)),
    rules: defaultCaseRules,
    calendar: chinaCalendar,
    now: () => new Date('2026-11-24T12:00:00+08:00'),
    ...said,
  }
}
