import type { Sql } from '../../db/connect.ts'
import type { Places } from '../places/placement.ts'
import type { PersonalData } from '../privacy/personal-data.ts'
import type { CaseRules } from './terms.ts'
import type { WorkingCalendar } from './working-calendar.ts'

/** What writing a case needs to know. */
export interface CaseContext {
  places: Places
  personal: PersonalData
  rules: CaseRules
  calendar: WorkingCalendar
  now: () => Date
}

export interface CaseContextWithSql extends CaseContext {
  sql: Sql
}
