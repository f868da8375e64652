import type { AssignmentState } from '#contract/dispatch.ts'
import type { CaseAction, CaseActionInput, CaseFeature } from '#contract/case.ts'
import type { Actor } from '../../server/cases/case-state.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AssignmentStep } from '#contract/dispatch.ts'
import { actOnCase } from '../../server/cases/act-on-case.ts'
import { doStep, makeOffer } from '../../server/dispatch/act-on-assignment.ts'
import { caseStatusesOf, openStates } from '../../server/dispatch/assignment-steps.ts'
import { runAssignmentTimers } from '../../server/dispatch/assignment-timers.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { town, west } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
let clock = Date.parse('2026-11-24T09:00:00+08:00')
const cases = caseContext(db.sql, {
  now: () => new Date(clock),
})
const http = testHttp(db.sql, { cases })
const dispatch = {
  ...cases,
  streets: http.context.streets,
  positionOf: http.context.positions.live.positionOf,
}
const officers = ['w1', 'w2', 'w3']
const desk: Actor = { id: 'user-duty', role: 'duty' }

beforeAll(async () => {
  for (const id of officers) {
    await db.sql`insert into officers (subdistrict, id, name, duty) values (${town}, ${id}, ${id}, 'on')`
    await db.sql`insert into users (id, name, email, "emailVerified", role, officer) values (${`u-${id}`}, ${id}, ${id}, false, 'grid', ${id})`
  }
})

const workerOf = (officer: string) => ({ id: officer, role: 'grid' as const, officer })

const officer = fc.constantFrom(...officers)
const caseNr = fc.nat(1)
/** What may happen to one of two cases, by whomever, whether it is possible then or not. */
const deed = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('offer' as const),
      caseNr,
      officer,
      despite: fc.boolean(),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('step' as const),
      caseNr,
      officer,
      step: fc.constantFrom(...AssignmentStep.options, 'accept', 'done', 'arrive', 'en-route'),
      by: fc.constantFrom('desk', 'sent', 'sent', 'sent', 'anybody'),
    }),
  },
  {
    weight: 16,
    arbitrary: fc.record({
      do: fc.constant('step' as const),
      caseNr,
      officer,
      step: fc.constantFrom<AssignmentStep>('accept', 'en-route', 'arrive'),
      by: fc.constant('sent'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('act' as const),
      caseNr,
      officer,
      action: fc.constantFrom<CaseAction>('dispatch', 'accept', 'start', 'resolve', 'merge', 'suspend', 'resume', 'recall', 'request-return', 'split'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      minutes: fc.constantFrom(1, 6, 20),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('bar' as const),
      officer,
      banned: fc.boolean(),
    }),
  },
)
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never

function offered(officer: string): Deed {
  return {
    do: 'offer',
    caseNr: 0,
    officer,
    despite: true,
  }
}
function stepped(step: AssignmentStep, by: 'sent' | 'desk' = 'sent'): Deed {
  return {
    do: 'step',
    caseNr: 0,
    officer: 'w1',
    step,
    by,
  }
}
const waited = (minutes: 1 | 6 | 20): Deed => ({ do: 'wait', minutes })

/** Always tried too, so that every state is met whatever chance brings. */
const wholeWay: Deed[] = [
  offered('w1'),
  stepped('accept'),
  stepped('en-route'),
  stepped('arrive'),
  stepped('done'),
]
const otherEnds: Deed[] = [
  offered('w1'),
  stepped('decline'),
  waited(1),
  offered('w2'),
  waited(20),
  offered('w3'),
  stepped('recall', 'desk'),
  waited(1),
  offered('w1'),
  {
    do: 'act',
    caseNr: 0,
    officer: 'w1',
    action: 'suspend',
  },
]

interface Row { id: string, case_id: string, officer: string, state: AssignmentState, ended_at: Date | null, version: number }
function rowsOf(ids: string[]) {
  return db.sql<Row[]>`
  select id, case_id, officer, state, ended_at, version from assignments where case_id = any(${ids}) order by offered_at, id`
}

async function does(one: Deed, ids: string[]): Promise<void> {
  if (one.do === 'wait') {
    clock += one.minutes * 60_000
    await runAssignmentTimers(dispatch, cases.now())
    return
  }
  if (one.do === 'bar') {
    await db.sql`update users set banned = ${one.banned} where officer = ${one.officer}`
    await runAssignmentTimers(dispatch, cases.now())
    return
  }
  const id = ids[one.caseNr]!
  if (one.do === 'offer') {
    await makeOffer(cases, {
      caseId: id,
      actor: desk,
      officer: one.officer,
      ...one.despite && {
        despite: ['asked-before'],
      },
    })
    return
  }
  if (one.do === 'act') {
    const input: CaseActionInput = {
      reason: '因故',
      evidence: [
        { kind: 'text', text: '好了' },
      ],
      planDate: '2026-12-20',
      assignee: one.officer,
      into: ids[1 - one.caseNr]!,
    }
    await actOnCase(cases, {
      id,
      action: one.action,
      input,
      actor: desk,
    })
    return
  }
  const [latest] = (await rowsOf([id])).slice(-1)
  if (!latest)
    return
  await doStep(cases, {
    id: latest.id,
    step: one.step,
    input: {
      reason: '因故',
      officer: one.officer,
      evidence: [
        { kind: 'text', text: '好了' },
      ],
    },
    actor: one.by === 'desk'
      ? desk
      : workerOf(one.by === 'sent'
          ? latest.officer
          : one.officer),
  })
}

it('whatever happens in whatever order: nobody is sent twice, nothing is stuck, case and assignment say the same', { timeout: 120_000 }, async () => {
  const seen = new Set<string>()
  await fc.assert(fc.asyncProperty(fc.array(deed, { minLength: 8, maxLength: 24 }), async (deeds) => {
    await db.sql`update users set banned = false`
    const ids = await Promise.all([0, 1].map(async () => {
      const response = await http.post('/api/v1/cases', {
        content: '路灯不亮',
        location: { lng: west[0], lat: west[1] },
      })
      return (await response.json() as CaseFeature).id
    }))
    const endedAs = new Map<string, AssignmentState>()
    for (const one of deeds) {
      await does(one, ids)
      const rows = await rowsOf(ids)
      const states = new Map((await db.sql<{ id: string, status: string, assignee: string | null }[]>`
        select id, status, assignee from cases where id = any(${ids})`).map(row => [row.id, row]))

      for (const id of ids)
        expect(rows.filter(row => row.case_id === id && row.ended_at === null).length, 'sent at once').toBeLessThanOrEqual(1)
      for (const row of rows) {
        seen.add(row.state)
        expect(row.ended_at === null, `${row.state} is an end or none`).toBe(openStates.includes(row.state))
        if (row.ended_at !== null) {
          expect(endedAs.get(row.id) ?? row.state, 'what has ended stays ended').toBe(row.state)
          endedAs.set(row.id, row.state)
          continue
        }
        const { status, assignee } = states.get(row.case_id)!
        expect(assignee, 'the case knows who was sent').toBe(row.officer)
        expect(caseStatusesOf[row.state as keyof typeof caseStatusesOf], `case of an assignment that is ${row.state}`).toContain(status)
      }
    }

    // Nothing is stuck: an hour later no offer is open, and what is open the desk can end; then the case is free for another.
    clock += 3_600_000
    await runAssignmentTimers(dispatch, cases.now())
    const open = (await rowsOf(ids)).filter(row => row.ended_at === null)
    expect(open.map(row => row.state)).not.toContain('offered')
    await db.sql`update users set banned = false`
    for (const { id, case_id } of open) {
      expect(await doStep(cases, {
        id,
        step: 'recall',
        input: { reason: '收工' },
        actor: desk,
      })).toEqual({ id })
      expect(await makeOffer(cases, {
        caseId: case_id,
        actor: desk,
        officer: 'w1',
        despite: ['asked-before'],
      })).toHaveProperty('id')
    }
  }), {
    numRuns: 40,
    examples: [
      [wholeWay],
      [otherEnds],
    ],
  })
  expect([...seen].sort(), 'every state was met').toEqual([
    'accepted',
    'arrived',
    'declined',
    'done',
    'en-route',
    'expired',
    'offered',
    'overtaken',
    'recalled',
  ])
})

it('the log tells of every version of an assignment once, in order', async () => {
  const gaps = await db.sql`
    select assignments.id, version, told
    from assignments
    cross join lateral (
      select array_agg((data -> 'feature' -> 'properties' ->> 'version')::integer order by seq) as told
      from events where events.id = assignments.id
    ) as events
    where told is distinct from (select array_agg(nr) from generate_series(1, version) as nr)`
  expect(gaps).toEqual([])
})
