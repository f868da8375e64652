import type { CaseAction, CaseActionInput } from '#contract/case.ts'
import type { Actor } from '../../cases/case-state.ts'
import type { Random } from '../random.ts'
import type { BacklogCase, Course } from './backlog.ts'
import { defaultCaseRules } from '../../cases/terms.ts'
import { dayFrom } from '../overlays/days.ts'
import { reasons, reports } from './phrases.ts'
import { startOfDayInChina } from './rhythm.ts'

export interface CourseStep {
  action: CaseAction
  input: CaseActionInput
  actor: Actor
  at: Date
}

/** Who sends out, calls back and closes in the demo; never the one who did the work. */
export const demoDesk: Actor = { id: 'demo-duty', role: 'duty' }

const HOUR = 3_600_000

/** What happens before anybody works on it. */
const firstTouch: readonly CaseAction[] = ['dispatch', 'accept', 'contact']

/**
 * The ordinary actions that bring a case from where the file leaves it (registered) to where the backlog has it, spread over
 * the time since it came. Nothing for cases that are over or wait to be sent out.
 */
export function stepsOf({ course, urgency, reportedAt, closedAt }: BacklogCase, officer: string, now: Date, random: Random): CourseStep[] {
  if (closedAt || course.to === 'registered')
    return []
  const handler: Actor = { id: officer, role: 'grid' }
  const list: Omit<CourseStep, 'at'>[] = []
  const desk = (action: CaseAction, input: CaseActionInput = {}) => void list.push({ action, input, actor: demoDesk })
  const hand = (action: CaseAction, input: CaseActionInput = {}) => void list.push({ action, input, actor: handler })
  const work = () => {
    desk('dispatch', { assignee: officer })
    hand('accept')
    hand('contact')
    hand('start')
  }
  const resolve = () => hand('resolve', {
    evidence: [
      {
        kind: 'text',
        text: random.pick(reports),
      },
    ],
  })
  const plan = () => ({
    reason: random.pick(reasons.extension),
    planDate: dayFrom(now, random.integer(12, 40)),
  })

  switch (course.to) {
    case 'dispatched':
      desk('dispatch', { assignee: officer })
      break
    case 'accepted':
      desk('dispatch', { assignee: officer })
      hand('accept')
      if (random.chance(0.8))
        hand('contact')
      break
    case 'in-progress':
      work()
      break
    case 'resolved':
      work()
      resolve()
      break
    case 'suspended':
      work()
      hand('suspend', {
        ...plan(),
        reason: random.pick(reasons.suspension),
      })
      break
    case 'extension-requested':
      work()
      hand('request-extension', plan())
      break
    case 'return-requested':
      desk('dispatch', { assignee: officer })
      hand('request-return', {
        reason: random.pick(reasons.return),
      })
      break
    case 'dissatisfied':
      for (let i = 0; i < course.times; i++) {
        work()
        resolve()
        desk('call-back', {
          satisfied: false,
          solved: random.chance(0.2),
        })
      }
      if (course.times > 2) {
        desk('supervise', {
          reason: random.pick(reasons.supervision),
        })
      }
      break
    case 'closed-today':
      work()
      resolve()
      desk('call-back', { satisfied: true, solved: true })
      hand('propose-close')
      desk('close')
      break
  }
  const begin = reportedAt.getTime()
  const span = endOf(course, reportedAt, now, random).getTime() - begin
  // The resident hears from somebody within the hours that there are for it, mostly; the rest takes its time.
  const hours = defaultCaseRules.contactHours[urgency] * (random.chance(0.88)
    ? random.between(0.15, 0.9)
    : random.between(1.1, 2))
  const contactSpan = Math.min(0.6 * span, hours * HOUR)
  const first = 1 + Math.max(...firstTouch.map(action => list.findIndex(step => step.action === action)))
  return list.map((step, i) => ({
    ...step,
    at: new Date(begin + (i < first
      ? contactSpan * (i + 1) / first
      : contactSpan + (span - contactSpan) * ((i + 1 - first) / (list.length - first)) ** 0.8)),
  }))
}

/** When the last step was taken. */
function endOf(course: Course, reportedAt: Date, now: Date, random: Random): Date {
  const age = now.getTime() - reportedAt.getTime()
  if (course.to === 'dissatisfied') {
    // Most of these calls were made on the days before; today's satisfaction is told from today's calls.
    const lastNight = startOfDayInChina(now).getTime() - random.between(3.5, 12) * HOUR
    const sometime = reportedAt.getTime() + age * random.between(0.5, 0.9)
    return new Date(random.chance(0.05)
      ? sometime
      : Math.max(reportedAt.getTime() + 0.2 * HOUR, Math.min(lastNight, sometime)))
  }
  return new Date(now.getTime() - random.between(0.02, course.to === 'closed-today'
    ? 0.3
    : 1) * Math.min(HOUR, age))
}
