import type { CaseContext } from '../cases/case-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { PlaceProposals, PlaceQuestion } from '#contract/case-work.ts'
import { body, failures, json, newApi } from './api.ts'
import { auditedBySelf } from './audit-trail.ts'

const proposalsRoute = createRoute({
  method: 'post',
  path: '/place-proposals',
  tags: ['cases'],
  summary: 'Where the words may mean, best first; nothing is written',
  request: {
    body: body(PlaceQuestion),
  },
  responses: {
    200: json(PlaceProposals, 'Five at most'),
    ...failures(422),
  },
})

/** For whoever places a case: the address book's best guesses, also those too unsure to be taken without a person. */
export function casePlaceRoutes({ places }: Pick<CaseContext, 'places'>) {
  return newApi().openapi(proposalsRoute, (c) => {
    auditedBySelf(c) // a look at what is there, asked while somebody types
    const proposals = places.propose(c.req.valid('json')).map(({ location, label, precision, confidence, by, taught }) => ({
      label,
      precision,
      at: location,
      community: places.locate(location).community,
      confidence,
      by,
      taught,
    }))
    return c.json({ proposals }, 200, { 'Cache-Control': 'no-store' })
  })
}
