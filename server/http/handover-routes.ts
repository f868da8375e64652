import type { Context } from 'hono'
import type { HttpContext } from './http-context.ts'
import type { By, HandoverRefusal } from '../handover/hand-over.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Handover, HandoverInput, HandoverNote, HandoverNoteInput, Handovers } from '#contract/handover.ts'
import { listHandovers } from '../../db/queries/handover.ts'
import { addNote, offerShift, settleNote, takeShift, withdrawShift } from '../handover/hand-over.ts'
import { body, failures, json, newApi } from './api.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

const tags = ['handover']
const params = z.object({
  id: z.uuid(),
})

const listRoute = createRoute({
  method: 'get',
  path: '/handovers',
  tags,
  summary: 'Who handed the desk over to whom, and what was open then',
  responses: {
    200: json(Handovers, 'The last 50'),
  },
})

const noteRoute = createRoute({
  method: 'post',
  path: '/handover-notes',
  tags,
  summary: 'Notes something for the next shift',
  request: {
    body: body(HandoverNoteInput),
  },
  responses: {
    201: json(HandoverNote, 'Open until somebody has seen to it'),
    ...failures(422),
  },
})

const settleRoute = createRoute({
  method: 'delete',
  path: '/handover-notes/{id}',
  tags,
  summary: 'Says that a note has been seen to',
  request: { params },
  responses: {
    204: { description: 'It is open no longer' },
    ...failures(404),
  },
})

const offerRoute = createRoute({
  method: 'post',
  path: '/handovers',
  tags,
  summary: 'Hands the desk over: it waits for the next officer',
  request: {
    body: body(HandoverInput),
  },
  responses: {
    201: json(Handover, 'It waits to be taken'),
    ...failures(409, 422),
  },
})

const takeRoute = createRoute({
  method: 'post',
  path: '/handovers/{id}/taking',
  tags,
  summary: 'Takes the desk over with what is open now',
  request: { params },
  responses: {
    200: json(Handover, 'With what was open at this moment'),
    ...failures(404, 409),
  },
})

const withdrawRoute = createRoute({
  method: 'delete',
  path: '/handovers/{id}',
  tags,
  summary: 'Takes one\'s own handover back before anybody took it',
  request: { params },
  responses: {
    204: { description: 'The shift goes on' },
    ...failures(404, 409),
  },
})

/** 交接班: notes for the next shift, and who took the desk over with what. */
export function handoverRoutes({ sql, cases }: Pick<HttpContext, 'sql' | 'cases'>) {
  return newApi()
    .openapi(listRoute, async c => c.json({ handovers: await listHandovers(sql, 50) }, 200))
    .openapi(noteRoute, async (c) => {
      const note = done(await addNote(sql, {
        ...c.req.valid('json'),
        by: byOf(c),
        at: cases.now(),
      }))
      audited(c, {
        action: 'handover.note',
        target: note.caseId,
        after: { note: note.id },
      })
      return c.json(note, 201)
    })
    .openapi(settleRoute, async (c) => {
      const { id } = c.req.valid('param')
      if (!await settleNote(sql, id, byOf(c), cases.now()))
        throw problemOf('not-found')
      audited(c, { action: 'handover.settle', target: id })
      return c.body(null, 204)
    })
    .openapi(offerRoute, async (c) => {
      const handover = done(await offerShift(sql, {
        ...c.req.valid('json'),
        by: byOf(c),
        at: cases.now(),
      }))
      audited(c, { action: 'handover.offer', target: handover.id })
      return c.json(handover, 201)
    })
    .openapi(takeRoute, async (c) => {
      const handover = done(await takeShift(sql, c.req.valid('param').id, byOf(c), cases.now()))
      audited(c, {
        action: 'handover.take',
        target: handover.id,
        after: { from: handover.by.name },
      })
      return c.json(handover, 200)
    })
    .openapi(withdrawRoute, async (c) => {
      const { id } = c.req.valid('param')
      done(await withdrawShift(sql, id, byOf(c)))
      audited(c, { action: 'handover.withdraw', target: id })
      return c.body(null, 204)
    })
}

function byOf(c: Context): By {
  const { userId, name } = callerOf(c)
  return { id: userId, name }
}

const conflicts = {
  'pending': 'A handover waits already to be taken.',
  'own': 'Nobody takes over from himself.',
  'taken': 'It has been taken already, or taken back.',
  'not-own': 'Only who handed over takes it back.',
}

function done<T>(answer: T | HandoverRefusal): Exclude<T, HandoverRefusal> {
  if (typeof answer === 'string')
    throw problemOf(answer as HandoverRefusal)
  return answer as Exclude<T, HandoverRefusal>
}

function problemOf(refused: HandoverRefusal): ProblemError {
  if (refused === 'not-found')
    return new ProblemError('not-found', { detail: 'There is no such note or handover.' })
  if (refused === 'no-case') {
    return new ProblemError('invalid', {
      errors: [
        { path: 'caseId', message: 'there is no such case' },
      ],
    })
  }
  return new ProblemError('conflict', {
    detail: conflicts[refused],
    members: { reason: refused },
  })
}
