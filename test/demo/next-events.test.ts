import type { CaseStatus } from '#contract/case.ts'
import type { DayCase, DayEvent } from '../../server/demo/day/next-events.ts'
import { describe, expect, it } from 'vitest'
import { transitions } from '../../server/cases/transitions.ts'
import { nextEvents, QUIET_SECONDS } from '../../server/demo/day/next-events.ts'
import { createRandom } from '../../server/demo/random.ts'

const morning = new Date('2026-11-24T10:00:00+08:00')
const night = new Date('2026-11-24T03:00:00+08:00')

function openCase(id: string, status: CaseStatus, change: Partial<DayCase> = {}): DayCase {
  return {
    id,
    status,
    kind: 'property',
    urgency: 'normal',
    assignee: 'WG1',
    community: null,
    grid: null,
    location: [117.05, 36.66],
    satisfied: null,
    dissatisfiedInRow: 0,
    closeProposed: false,
    dueAt: null,
    changedAt: morning.getTime() - 3_600_000,
    ...change,
  }
}

/** Lives through some hours with a table of statuses instead of a database. */
function liveThrough(hours: number, from: Date, begin: DayCase[], target: number) {
  const random = createRandom('day')
  const cases = new Map(begin.map(item => [item.id, item]))
  let lastEventAt = from.getTime()
  const gaps: number[] = []
  const events: DayEvent[] = []
  for (let second = 1; second <= hours * 3600; second++) {
    const now = new Date(from.getTime() + second * 1000)
    for (const event of nextEvents({
      cases: [
        ...cases.values(),
      ],
      lastEventAt,
      target,
    }, now, 1, random)) {
      gaps.push((now.getTime() - lastEventAt) / 1000)
      lastEventAt = now.getTime()
      events.push(event)
      if (event.do === 'register') {
        const id = `new-${events.length}`
        cases.set(id, openCase(id, 'registered', {
          changedAt: now.getTime(),
          assignee: null,
        }))
        continue
      }
      const outcome = outcomeOf(event)
      const row = transitions.find(t => t.action === event.action && t.outcome === outcome && t.from.includes(event.case.status))
      expect(row, `${event.action} ${outcome ?? ''} from ${event.case.status}`).toBeDefined()
      const status = row!.to === 'unchanged'
        ? event.case.status
        : row!.to
      if (status === 'closed') {
        cases.delete(event.case.id)
      }
      else {
        cases.set(event.case.id, {
          ...event.case,
          status,
          changedAt: now.getTime(),
          assignee: event.action === 'dispatch'
            ? 'WG1'
            : event.case.assignee,
          closeProposed: event.action === 'propose-close',
          satisfied: event.action === 'call-back'
            ? event.input.satisfied ?? null
            : event.case.satisfied,
        })
      }
    }
  }
  return {
    cases: [
      ...cases.values(),
    ],
    gaps,
    events,
  }
}

function outcomeOf({ action, input }: Extract<DayEvent, { do: 'act' }>) {
  if (action === 'call-back') {
    return input.satisfied === null
      ? 'unreached'
      : input.satisfied ? 'satisfied' : 'dissatisfied'
  }
  return action.startsWith('rule-')
    ? (input.granted ? 'granted' : 'denied')
    : undefined
}

const statuses: CaseStatus[] = [
  'registered',
  'dispatched',
  'accepted',
  'in-progress',
  'in-progress',
  'resolved',
  'reopened',
  'suspended',
]
const town = Array.from({ length: 130 }, (_, i) => openCase(`c${i}`, statuses[i % statuses.length]!))

describe('the simulated day', () => {
  it('every step that it takes is one that the rules allow, and the stock stays about its target', () => {
    const { cases } = liveThrough(30, morning, town, 130)
    expect(cases.length).toBeGreaterThan(105)
    expect(cases.length).toBeLessThan(155)
  })

  it('something happens every 20 seconds, also in the dead of night', () => {
    const { gaps } = liveThrough(2, night, town, 130)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(QUIET_SECONDS + 1)
  })

  it('more cases come in the morning than at night', () => {
    const coming = (from: Date) => liveThrough(2, from, town, 130).events.filter(event => event.do === 'register').length
    expect(coming(morning)).toBeGreaterThan(3 * coming(night))
  })

  it('with nobody\'s case open, somebody reports one', () => {
    expect(nextEvents({ cases: [], lastEventAt: night.getTime() - 60_000, target: 130 }, night, 1, createRandom('x'))).toEqual([
      { do: 'register' },
    ])
  })

  it('the same state, time and chance have the same outcome', () => {
    const ask = () => nextEvents({ cases: town, lastEventAt: 0, target: 130 }, morning, 5, createRandom('same'))
    expect(ask()).toEqual(ask())
  })

  it('whoever did the work does not call back on it', () => {
    const { events } = liveThrough(6, morning, town, 130)
    const calls = events.filter(event => event.do === 'act').filter(event => event.action === 'call-back')
    expect(calls.length).toBeGreaterThan(5)
    expect(calls.filter(call => call.actor.id === call.case.assignee)).toEqual([])
  })
})
