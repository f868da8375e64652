import type { CaseAction, CaseActionInput, CaseKind, CaseStatus, Urgency } from '#contract/case.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { Actor } from '../../cases/case-state.ts'
import type { Random } from '../random.ts'
import { demoDesk } from '../cases/course-steps.ts'
import { reasons, reports } from '../cases/phrases.ts'
import { hourInChina, shareOfHour } from '../cases/rhythm.ts'
import { dayFrom } from '../overlays/days.ts'

/** An open case as the simulated day sees it. Times are milliseconds since 1970. */
export interface DayCase {
  id: string
  status: CaseStatus
  kind: CaseKind
  urgency: Urgency
  assignee: string | null
  community: string | null
  grid: string | null
  location: LngLat | null
  satisfied: boolean | null
  dissatisfiedInRow: number
  /** The first of the two keys was turned. */
  closeProposed: boolean
  /** null where no deadline is known. */
  dueAt: number | null
  /** When something last happened to it. */
  changedAt: number
}

export interface DayState {
  cases: readonly DayCase[]
  /** When anything last happened at all. */
  lastEventAt: number
  /** Open cases that the town hovers about. */
  target: number
}

/** What happens next; whoever carries it out says who gets a case (`dispatch`) and where it lies (`locate`). */
export type DayEvent
  = | { do: 'register' }
    | { do: 'act', case: DayCase, action: CaseAction, input: CaseActionInput, actor: Actor }

/** However quiet the night: a wall that stands still looks broken. */
export const QUIET_SECONDS = 18
const CASES_A_DAY = 130
/** Steps that a case goes through between coming and closing. */
const STEPS_A_CASE = 7.5

/**
 * What happens in the `seconds` until `now`. Cases come by the rhythm of the hour and are worked on in the same measure;
 * what is urgent or has waited longest goes on first. The more is open, the fewer come and the more is done, so that the
 * stock stays about its target. When nothing has happened for a while, somebody reports a small thing.
 */
export function nextEvents(state: DayState, now: Date, seconds: number, random: Random): DayEvent[] {
  const surplus = (state.cases.length - state.target) / state.target
  const casesPerSecond = CASES_A_DAY * shareOfHour(now) / 3600
  const happens = (perSecond: number) => random.chance(1 - Math.exp(-perSecond * seconds))
  const events: DayEvent[] = []
  if (happens(casesPerSecond * within(1 - 3 * surplus, 0.1, 4)))
    events.push({ do: 'register' })
  if (happens(casesPerSecond * STEPS_A_CASE * within(1 + 3 * surplus, 0.2, 4))) {
    const next = chooseCase(state.cases, now, random)
    if (next)
      events.push(stepOf(next, state, now, random))
  }
  if (events.length === 0 && now.getTime() - state.lastEventAt >= QUIET_SECONDS * 1000)
    events.push(signOfLife(state.cases, now, random))
  return events
}

function within(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}

/** Something small that leaves the numbers as they are: a place told more exactly, by day also a call that nobody takes. */
function signOfLife(cases: readonly DayCase[], now: Date, random: Random): DayEvent {
  const hour = hourInChina(now)
  const located = cases.filter(item => item.location && item.assignee && (item.status === 'accepted' || item.status === 'in-progress'))
  const done = hour >= 8 && hour < 20
    ? cases.filter(item => item.status === 'resolved' && item.satisfied === null)
    : []
  if (done.length > 0 && random.chance(0.3)) {
    return {
      do: 'act',
      case: random.pick(done),
      action: 'call-back',
      input: { satisfied: null },
      actor: demoDesk,
    }
  }
  if (located.length === 0)
    return { do: 'register' }
  const item = random.pick(located)
  return {
    do: 'act',
    case: item,
    action: 'locate',
    input: {},
    actor: { id: item.assignee!, role: 'grid' },
  }
}

/** Minutes that a case usually stays in a status. */
const usualMinutes: Partial<Record<CaseStatus, number>> = {
  'registered': 9,
  'reopened': 240,
  'return-requested': 25,
  'dispatched': 12,
  'accepted': 35,
  'in-progress': 260,
  'extension-requested': 60,
  'suspended': 4000,
  'resolved': 150,
}
const urgencyFactor: Record<Urgency, number> = { emergency: 12, urgent: 3, normal: 1 }

function chooseCase(cases: readonly DayCase[], now: Date, random: Random): DayCase | undefined {
  const ripe = cases.flatMap((item) => {
    const minutes = (now.getTime() - item.changedAt) / 60_000
    const patience = isFarOverdue(item, now)
      ? 1
      : isStubborn(item.id)
        ? 0.04
        : item.dissatisfiedInRow > 1
          ? 0.07
          : 1
    const ripeness = minutes / (usualMinutes[item.status] ?? 60) * urgencyFactor[item.urgency] * patience
    return minutes < 0.5
      ? []
      : [
          [item, Math.min(6, ripeness) ** 2] as const,
        ]
  })
  return ripe.length > 0
    ? random.weighted(ripe)
    : undefined
}

/** Then somebody steps in, and it goes its usual way at last. */
const OVERDUE_MS = 5 * 3_600_000

function isFarOverdue({ dueAt }: DayCase, now: Date): boolean {
  return dueAt !== null && now.getTime() - dueAt > OVERDUE_MS
}

/** One case in nineteen drags on, as everywhere: these run over their deadline. */
export function isStubborn(id: string): boolean {
  let sum = 0
  for (const character of id)
    sum = (sum * 31 + character.charCodeAt(0)) % 1_000_003
  return sum % 19 === 0
}

function stepOf(item: DayCase, { cases }: DayState, now: Date, random: Random): DayEvent {
  const handler: Actor = {
    id: item.assignee ?? demoDesk.id,
    role: item.assignee ? 'grid' : 'duty',
  }
  const desk = (action: CaseAction, input: CaseActionInput = {}): DayEvent => ({
    do: 'act',
    case: item,
    action,
    input,
    actor: demoDesk,
  })
  const hand = (action: CaseAction, input: CaseActionInput = {}): DayEvent => ({
    do: 'act',
    case: item,
    action,
    input,
    actor: handler,
  })
  const plan = () => dayFrom(now, random.integer(4, 20))
  const luck = random.next()
  switch (item.status) {
    case 'registered':
      return item.location === null && luck < 0.7
        ? desk('locate')
        : desk('dispatch')
    case 'reopened':
      return desk('dispatch')
    case 'dispatched':
      return luck < 0.025
        ? hand('request-return', {
            reason: random.pick(reasons.return),
          })
        : hand('accept')
    case 'return-requested':
      return luck < 0.5
        ? desk('rule-return', {
            granted: true,
            reason: random.pick(reasons.rulingGranted),
          })
        : desk('rule-return', {
            granted: false,
            reason: random.pick(reasons.rulingDenied),
          })
    case 'accepted':
      return luck < 0.03 && item.urgency === 'normal'
        ? hand('request-extension', {
            reason: random.pick(reasons.extension),
            planDate: plan(),
          })
        : hand('start')
    case 'in-progress':
      return luck < 0.012
        ? hand('suspend', {
            reason: random.pick(reasons.suspension),
            planDate: plan(),
          })
        : hand('resolve', {
            evidence: [
              {
                kind: 'text',
                text: random.pick(reports),
              },
            ],
          })
    case 'extension-requested':
      return desk('rule-extension', {
        granted: true,
        planDate: plan(),
      })
    case 'suspended':
      return hand('resume')
    default:
      return item.satisfied
        ? item.closeProposed
          ? desk('close')
          : hand('propose-close')
        : desk('call-back', answer(item, cases, now, luck))
  }
}

/** So many drag on unsolved to the residents' satisfaction (连续不满意) in a town that has its troubles. */
const UNHAPPY_STOCK = 22

/** Most are satisfied. Who was not before is hard to please, unless the town has more of these than it should. */
function answer(item: DayCase, cases: readonly DayCase[], now: Date, luck: number): CaseActionInput {
  if (luck < 0.06)
    return { satisfied: null }
  const satisfied = isPleased(item, cases, now, luck)
  return { satisfied, solved: satisfied || luck > 0.095 }
}

function isPleased(item: DayCase, cases: readonly DayCase[], now: Date, luck: number): boolean {
  const unhappy = cases.filter(other => other.dissatisfiedInRow >= 2).length
  if (item.dissatisfiedInRow === 0 || isFarOverdue(item, now))
    return luck > 0.11
  return luck > (unhappy < UNHAPPY_STOCK
    ? 0.8
    : 0.3)
}
