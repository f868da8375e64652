import type { CaseRules } from './terms.ts'
import type { HolidayNotices, WorkingCalendar } from './working-calendar.ts'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { CaseKind, CaseStatus, Urgency } from '#contract/case.ts'
import { CannotStart } from '../cannot-start.ts'
import { chinaCalendar, packagedNotices } from './china-calendar.ts'
import { defaultCaseRules } from './terms.ts'
import { workingCalendar } from './working-calendar.ts'

/** The rules of a centre, and the working days that its terms are counted in. */
export interface Rulebook { rules: CaseRules, calendar: WorkingCalendar }

const Term = z.strictObject({
  id: z.string().min(1).max(20),
  name: z.strictObject({
    zh: z.string().min(1),
    en: z.string().min(1),
  }),
  hours: z.number().positive().optional(),
  workingDays: z.int().positive().max(250).optional(),
  warnHours: z.number().positive().optional(),
  source: z.string().min(1),
}).refine(({ hours, workingDays }) => (hours === undefined) !== (workingDays === undefined), 'needs either hours or workingDays')

/** A year's notice of the State Council: days off, weekend days that are worked (调休), and where it stands. */
const Notice = z.strictObject({
  source: z.string().min(1),
  holidays: z.array(z.iso.date()).min(1),
  workdays: z.array(z.iso.date()),
})

const share = z.number().min(0).max(1)
const hours = z.record(Urgency, z.number().positive())
/** All of it may be left out: what is not said stays as it comes with the program (server/cases/terms.ts). */
const RulesFile = z.strictObject({
  terms: z.array(Term).min(1).optional(),
  termOfUrgency: z.record(Urgency, z.string()).optional(),
  pausingStatuses: z.array(CaseStatus).optional(),
  contactHours: hours.optional(),
  contactSource: z.string().min(1).optional(),
  reviewDays: z.int().positive().max(366).optional(),
  ranking: z.boolean().optional(),
  consecutiveFrom: z.int().min(1).max(20).optional(),
  flood: z.strictObject({
    cases: z.int().min(2),
    hours: z.number().positive(),
  }).optional(),
  weights: z.strictObject({
    response: z.number().min(0).max(1),
    solved: z.number().min(0).max(1),
    satisfied: z.number().min(0).max(1),
    source: z.string().min(1),
  }).refine(({ response, solved, satisfied }) => Math.abs(response + solved + satisfied - 1) < 1e-9, 'must be 1 in sum').optional(),
  dispatch: z.strictObject({
    weights: z.strictObject({
      walk: share,
      grid: share,
      community: share,
      load: share,
      skill: share,
    }).refine(weights => Math.abs(Object.values(weights).reduce((sum, one) => sum + one, 0) - 1) < 1e-9, 'must be 1 in sum').optional(),
    halfMinutes: z.number().positive().optional(),
    halfCases: z.number().positive().optional(),
    mostMinutes: z.number().positive().max(240).optional(),
    mostCases: z.int().min(1).optional(),
    positionMinutes: z.number().positive().optional(),
    walkSpeed: z.number().min(0.3).max(3).optional(),
    skillWords: z.partialRecord(CaseKind, z.array(z.string().min(1))).optional(),
    answerMinutes: z.record(Urgency, z.number().min(1).max(240)).optional(),
    planWeights: z.record(Urgency, z.number().min(1).max(1000)).optional(),
  }).optional(),
  holidays: z.record(z.string().regex(/^20\d\d$/, 'must be a year'), Notice).default({}),
})

export const defaultRulebook: Rulebook = {
  rules: defaultCaseRules,
  calendar: chinaCalendar,
}

/** The rulebook of a JSON file; without one that of the program. Throws CannotStart with a line that says what is wrong. */
export function readRulebook(file: string | null): Rulebook {
  if (file === null)
    return defaultRulebook
  let said: unknown
  try {
    said = JSON.parse(readFileSync(file, 'utf8'))
  }
  catch (error) {
    throw wrong(file, (error as Error).message)
  }
  return parseRulebook(said, file)
}

export function parseRulebook(said: unknown, file = 'CASE_RULES'): Rulebook {
  const { data, error } = RulesFile.safeParse(said)
  if (error)
    throw wrong(file, error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`).join('; '))
  const { holidays, dispatch, ...own } = data
  const rules = {
    ...defaultCaseRules,
    ...own,
    dispatch: {
      ...defaultCaseRules.dispatch,
      ...dispatch,
    },
  } as CaseRules
  const unknown = Object.values(rules.termOfUrgency).find(id => !rules.terms.some(term => term.id === id))
  if (unknown !== undefined)
    throw wrong(file, `termOfUrgency: no term has the id ${unknown}`)
  for (const [year, notice] of Object.entries(holidays)) {
    const fault = faultOf(year, notice)
    if (fault)
      throw wrong(file, `holidays.${year}: ${fault}`)
  }
  return {
    rules,
    calendar: workingCalendar(withYears(holidays)),
  }
}

/** A year that is given in the file takes the place of the program's: a notice may be changed in the middle of a year. */
function withYears(years: z.infer<typeof RulesFile>['holidays']): HolidayNotices {
  const kept = (days: Iterable<string>) => [...days].filter(day => !(day.slice(0, 4) in years))
  const given = Object.values(years)
  return {
    holidays: [
      ...kept(packagedNotices.holidays),
      ...given.flatMap(({ holidays }) => holidays),
    ],
    workdays: [
      ...kept(packagedNotices.workdays),
      ...given.flatMap(({ workdays }) => workdays),
    ],
  }
}

function faultOf(year: string, { holidays, workdays }: z.infer<typeof Notice>): string | null {
  const astray = [
    ...holidays,
    ...workdays,
  ].find(day => !day.startsWith(year))
  if (astray)
    return `${astray} lies in another year`
  if (!holidays.includes(`${year}-01-01`))
    return 'New Year\'s Day is missing; is the notice complete?'
  const weekday = workdays.find(day => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()))
  if (weekday)
    return `${weekday} is no Saturday or Sunday: it is worked anyway`
  const both = workdays.find(day => holidays.includes(day))
  return both
    ? `${both} is both a day off and a working day`
    : null
}

function wrong(file: string, what: string): CannotStart {
  return new CannotStart(`规则文件 CASE_RULES 有误 · The file of rules ${file} is wrong: ${what}`)
}
