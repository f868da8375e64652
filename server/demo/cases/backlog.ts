import type { CaseStatus } from '#contract/case.ts'
import type { Random } from '../random.ts'
import type { CasePlaces } from './case-places.ts'
import type { CaseWish, ComposedCase } from './compose-case.ts'
import { chinaCalendar } from '../../cases/china-calendar.ts'
import { deadlineOf } from '../../cases/deadline.ts'
import { defaultCaseRules, termClass } from '../../cases/terms.ts'
import { composeCase } from './compose-case.ts'
import { standingCases } from './standing-cases.ts'
import { shareOfDaySoFar, startOfDayInChina, timeOfDay } from './rhythm.ts'

/** What the work on a case has come to: the steps that lead there are taken through the ordinary actions. */
export type Course
  = | { to: 'registered' | 'dispatched' | 'accepted' | 'in-progress' | 'resolved' }
    | { to: 'suspended' | 'extension-requested' | 'return-requested' }
    /** Called back so often in a row without satisfaction, and open again. */
    | { to: 'dissatisfied', times: number }
    /** Closed today after a satisfied call-back. */
    | { to: 'closed-today' }

export interface BacklogCase extends ComposedCase {
  ref: string
  reportedAt: Date
  /** As the file says it; what goes beyond is in `course`. */
  status: CaseStatus
  closedAt: Date | null
  satisfied: boolean | null
  solved: boolean | null
  course: Course
}

const HISTORY_CASES = 1500
const CASES_A_DAY = 48
const DAY = 86_400_000
const HOUR = 3_600_000

/**
 * The cases that the demo begins with: about 1,500 of the past year that are over, and about 140 open ones in all
 * statuses. Deadlines follow from when they came: 24 hours when urgent, else five working days; a few are overdue.
 */
export function composeBacklog(places: CasePlaces, now: Date, prefix: string, random: Random): BacklogCase[] {
  const cases: BacklogCase[] = []
  const add = (reportedAt: Date, wish: CaseWish, rest: Pick<BacklogCase, 'course'> & Partial<BacklogCase>) => {
    cases.push({
      ...composeCase(places, random, wish),
      ref: prefix + String(cases.length + 1).padStart(5, '0'),
      reportedAt,
      status: 'registered',
      closedAt: null,
      satisfied: null,
      solved: null,
      ...rest,
    })
  }
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * HOUR)
  const urgency = (share: number) => random.chance(share)
    ? 'urgent'
    : 'normal'

  for (let i = 0; i < HISTORY_CASES; i++) {
    // More of them lately: the campaign is only a few months old.
    const day = startOfDayInChina(hoursAgo(24 * (2.2 + 362 * random.next() ** 1.7)))
    const reportedAt = new Date(day.getTime() + timeOfDay(random.next()))
    const closedAt = new Date(Math.min(hoursAgo(24).getTime(), reportedAt.getTime() + random.between(0.3, 6) * DAY))
    add(reportedAt, {
      located: true,
      urgency: urgency(0.12),
    }, {
      course: { to: 'registered' },
      status: random.chance(0.8)
        ? 'archived'
        : 'closed',
      closedAt,
      ...answers(random),
    })
  }
  const lastDay = dayDueToday(now)
  for (const [count, course, came, wish] of standingCases) {
    for (let i = 0; i < count; i++) {
      const at = came === 'due-today'
        ? new Date(lastDay.getTime() + timeOfDay(random.next()))
        : hoursAgo(random.between(...came))
      add(at, wish, { course })
    }
  }
  const soFar = shareOfDaySoFar(now)
  const midnight = startOfDayInChina(now).getTime()
  for (let i = 0; i < Math.round(CASES_A_DAY * soFar); i++) {
    const at = new Date(Math.min(now.getTime() - 60_000, midnight + timeOfDay(random.next() * soFar)))
    add(at, {
      located: true,
      urgency: urgency(0.15),
    }, {
      course: courseToday((now.getTime() - at.getTime()) / HOUR, random),
    })
  }
  // What came before and is settled by today's call-backs.
  for (let i = 0; i < Math.round(38 * soFar); i++) {
    add(hoursAgo(random.between(26, 92)), { located: true, urgency: 'normal' }, {
      course: { to: 'closed-today' },
    })
  }
  return cases
}

/** The day (its midnight in China) whose cases of five working days end today; on a weekend, the first that ends later. */
function dayDueToday(now: Date): Date {
  const term = termClass(defaultCaseRules, defaultCaseRules.termOfUrgency.normal)!
  for (let days = 20; days > 2; days--) {
    const day = startOfDayInChina(new Date(now.getTime() - days * DAY))
    const due = deadlineOf(term, day, chinaCalendar)
    if ('answer' in due && due.answer > now)
      return day
  }
  return startOfDayInChina(new Date(now.getTime() - 3 * DAY))
}

function courseToday(hours: number, random: Random): Course {
  if (hours < 0.4)
    return { to: 'registered' }
  return {
    to: random.weighted([
      ['registered', 2],
      ['dispatched', 3],
      ['accepted', 3],
      ['in-progress', 4],
      [
        'resolved',
        hours > 2
          ? 3
          : 0,
      ],
      [
        'closed-today',
        hours > 3
          ? 2.5
          : 0,
      ],
    ] as const),
  }
}

export const backlogHeader = [
  '工单编号',
  '诉求内容',
  '类别',
  '来源',
  '紧急程度',
  '状态',
  '地址',
  '受理时间',
  '办结时间',
  '是否满意',
  '是否解决',
  '联系人',
  '联系电话',
  '经度',
  '纬度',
] as const

function flagOf(answer: boolean | null): string | null {
  return answer === null
    ? null
    : answer
      ? '是'
      : '否'
}

/**
 * What callers answered to both questions: a few who were helped are not pleased with how, a few are content though it is not all
 * done. Some were only asked the first one, as long as the hotline's form had no second.
 */
function answers(random: Random): Pick<BacklogCase, 'satisfied' | 'solved'> {
  const solved = random.chance(0.9)
  return {
    satisfied: random.chance(solved
      ? 0.97
      : 0.6),
    solved: random.chance(0.04)
      ? null
      : solved,
  }
}

export function backlogRow(item: BacklogCase): (string | number | null)[] {
  return [
    item.ref,
    item.content,
    item.kind,
    item.source,
    item.urgency,
    item.status,
    item.address,
    item.reportedAt.toISOString(),
    item.closedAt?.toISOString() ?? null,
    flagOf(item.satisfied),
    flagOf(item.solved),
    item.contact?.name ?? null,
    item.contact?.phone ?? null,
    item.at?.[0] ?? null,
    item.at?.[1] ?? null,
  ]
}
