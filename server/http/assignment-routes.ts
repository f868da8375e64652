import type { AssignmentAnswer } from '../dispatch/act-on-assignment.ts'
import type { DispatchContext } from '../dispatch/suggest-for-case.ts'
import type { Caller } from './caller.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { AssignmentChanges, AssignmentList, AssignmentShown, AssignmentStep, AssignmentStepInput, DispatchPlanInput, DispatchPlans, OfferInput, Suggestions } from '#contract/dispatch.ts'
import { readCaseState } from '../../db/queries/case-states.ts'
import { findAssignment } from '../../db/queries/assignments.ts'
import { scopeOf } from '../access/scope.ts'
import { doStep, makeOffer } from '../dispatch/act-on-assignment.ts'
import { assignmentChanges, showAssignments } from '../dispatch/show-assignments.ts'
import { planDispatch } from '../dispatch/plan-dispatch.ts'
import { suggestForCase } from '../dispatch/suggest-for-case.ts'
import { assignmentProblem } from './assignment-problem.ts'
import { audited } from './audit-trail.ts'
import { actorOf, callerOf, stepActorOf } from './caller.ts'
import { body, failures, json, newApi } from './api.ts'
import { ProblemError } from './problem.ts'
import { claimOf, RetryHeaders } from './retry-key.ts'

const id = z.string().max(60)

const offerRoute = createRoute({
  method: 'post',
  path: '/cases/{id}/assignments',
  tags: ['dispatch'],
  summary: 'Sends an officer to a case; he answers within a time or it runs out',
  request: {
    params: z.object({ id }),
    headers: RetryHeaders,
    body: body(OfferInput),
  },
  responses: {
    201: json(AssignmentShown, 'The offer'),
    ...failures(404, 409, 422),
  },
})

const suggestionsRoute = createRoute({
  method: 'get',
  path: '/cases/{id}/suggestions',
  tags: ['dispatch'],
  summary: 'Who can be sent to a case, best first, with the grounds in words; and why not the others',
  request: {
    params: z.object({ id }),
  },
  responses: {
    200: json(Suggestions, 'Every officer of the subdistrict is in one of the two lists'),
    ...failures(404),
  },
})

const plansRoute = createRoute({
  method: 'post',
  path: '/dispatch/plans',
  tags: ['dispatch'],
  summary: 'Who to send where when many cases wait: the best way of all beside going down the list. Sends nobody',
  request: {
    body: body(DispatchPlanInput),
  },
  responses: {
    200: json(DispatchPlans, 'Two plans for the same cases'),
    ...failures(422),
  },
})

const listRoute = createRoute({
  method: 'get',
  path: '/assignments',
  tags: ['dispatch'],
  summary: 'Who is sent where; a grid worker gets his own, with what he needs of the case',
  request: {
    query: z.object({
      case: id.optional().describe('of this case only'),
      officer: id.optional(),
      state: z.enum(['open', 'all']).default('open').describe('all: ended ones too, the last 200'),
    }),
  },
  responses: {
    200: json(AssignmentList, 'Newest offer first'),
    ...failures(422),
  },
})

const changesRoute = createRoute({
  method: 'get',
  path: '/assignments/{id}/steps',
  tags: ['dispatch'],
  summary: 'What happened to an assignment',
  request: {
    params: z.object({ id }),
  },
  responses: {
    200: json(AssignmentChanges, 'Oldest first'),
    ...failures(404),
  },
})

const stepRoute = createRoute({
  method: 'post',
  path: '/assignments/{id}/steps/{step}',
  tags: ['dispatch'],
  summary: 'Accepts, declines, sets out, arrives, reports done, asks for help; recalls and reassigns',
  request: {
    params: z.object({ id, step: AssignmentStep }),
    headers: RetryHeaders,
    body: body(AssignmentStepInput),
  },
  responses: {
    200: json(AssignmentShown, 'The assignment afterwards; of a reassignment the new one'),
    ...failures(404, 409, 422),
  },
})

const fresh = { 'Cache-Control': 'no-store' }

export function assignmentRoutes(context: DispatchContext) {
  const { sql } = context

  async function shown(answer: AssignmentAnswer, caller: Caller): Promise<AssignmentShown> {
    if (!('id' in answer))
      throw await assignmentProblem(sql, answer)
    const [assignment] = await showAssignments(sql, { id: answer.id, scope: null, ended: true }, stepActorOf(caller))
    return assignment!
  }

  async function proposedFor(caseId: string) {
    const item = await readCaseState(sql, caseId)
    return item
      ? await suggestForCase(context, item)
      : undefined
  }

  return newApi()
    .openapi(suggestionsRoute, async (c) => {
      const suggestions = await proposedFor(c.req.valid('param').id)
      if (!suggestions)
        throw new ProblemError('not-found', { detail: 'There is no such case.' })
      return c.json(suggestions, 200, fresh)
    })
    .openapi(offerRoute, async (c) => {
      const caller = callerOf(c)
      const caseId = c.req.valid('param').id
      const input = c.req.valid('json')
      const assignment = await shown(await makeOffer(context, {
        ...input,
        caseId,
        actor: actorOf(caller),
        proposed: await proposedFor(caseId),
      }, claimOf(c.req.valid('header')['idempotency-key'], caller.userId, ['offer', caseId, input])), caller)
      audited(c, {
        action: 'assignment.offer',
        target: caseId,
        after: { assignment: assignment.id, officer: assignment.officer },
      })
      return c.json(assignment, 201, fresh)
    })
    .openapi(plansRoute, async c => c.json(await planDispatch(context, c.req.valid('json')), 200, fresh))
    .openapi(listRoute, async (c) => {
      const caller = callerOf(c)
      const { case: caseId, officer, state } = c.req.valid('query')
      return c.json({
        now: context.now().toISOString(),
        assignments: await showAssignments(sql, {
          scope: scopeOf(caller.reach, caller),
          caseId,
          officer,
          ended: state === 'all',
        }, stepActorOf(caller)),
      }, 200, fresh)
    })
    .openapi(changesRoute, async (c) => {
      const caller = callerOf(c)
      const { id } = c.req.valid('param')
      if (!await findAssignment(sql, id, scopeOf(caller.reach, caller)))
        throw noAssignment()
      return c.json({ steps: await assignmentChanges(sql, id) }, 200, fresh)
    })
    .openapi(stepRoute, async (c) => {
      const caller = callerOf(c)
      const { id, step } = c.req.valid('param')
      const input = c.req.valid('json')
      const known = await findAssignment(sql, id, scopeOf(caller.reach, caller))
      if (!known)
        throw noAssignment()
      const assignment = await shown(await doStep(context, {
        id,
        step,
        input,
        actor: stepActorOf(caller),
        proposed: step === 'reassign' || step === 'decline'
          ? await proposedFor(known.case_id)
          : undefined,
      }, claimOf(c.req.valid('header')['idempotency-key'], caller.userId, ['step', id, step, input])), caller)
      audited(c, {
        action: `assignment.${step}`,
        target: assignment.case,
        after: { assignment: assignment.id, state: assignment.state },
      })
      return c.json(assignment, 200, fresh)
    })
}

function noAssignment(): ProblemError {
  return new ProblemError('not-found', { detail: 'There is no such assignment.' })
}
