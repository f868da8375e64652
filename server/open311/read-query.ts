import type { PublicCaseFilter } from '../../db/queries/open311.ts'
import { z } from 'zod'
import { CaseKind, Instant } from '#contract/case.ts'

const dayMs = 86_400_000
const mostDays = 90
const mostRequests = 1000

const listOf = <T extends z.ZodType<unknown, string>>(item: T) => z.string().max(4000).transform(text => text.split(',').map(part => part.trim()).filter(Boolean)).pipe(z.array(item))

/** Also documents the parameters. jurisdiction_id is checked by the route. */
export const RequestsQuery = z.object({
  jurisdiction_id: z.string().max(60).optional(),
  service_request_id: listOf(z.string().max(60)).optional(),
  service_code: listOf(CaseKind).optional(),
  start_date: Instant.optional(),
  end_date: Instant.optional(),
  status: listOf(z.enum(['open', 'closed'])).optional(),
  lat: z.coerce.number().min(-90).max(90).optional(),
  long: z.coerce.number().min(-180).max(180).optional(),
  radius: z.coerce.number().positive().max(100_000).optional().describe('metres; with lat and long'),
  page: z.coerce.number().int().min(1).max(1000).default(1),
  page_size: z.coerce.number().int().min(1).max(mostRequests).default(mostRequests),
}).refine(({ lat, long, radius }) => [lat, long, radius].every(part => part === undefined) || [lat, long, radius].every(part => part !== undefined), {
  message: 'lat, long and radius come together',
  path: ['radius'],
})

/** "Default query limit is a span of 90 days or first 1000 requests returned, whichever is smallest"; asked by numbers, all of them. */
export function filterOf(query: z.infer<typeof RequestsQuery>, now: Date): PublicCaseFilter {
  const { service_request_id: ids, service_code: kinds, start_date, end_date, status, lat, long, radius, page, page_size } = query
  const paging = { limit: page_size, offset: (page - 1) * page_size }
  if (ids)
    return { ids, ...paging }
  const end = end_date
    ? new Date(end_date)
    : start_date
      ? new Date(Math.min(now.getTime(), Date.parse(start_date) + mostDays * dayMs))
      : now
  const earliest = new Date(end.getTime() - mostDays * dayMs)
  const start = start_date
    ? new Date(Math.max(Date.parse(start_date), earliest.getTime()))
    : earliest
  return {
    kinds,
    from: start,
    to: end,
    isClosed: status === undefined || new Set(status).size === 2
      ? undefined
      : status[0] === 'closed',
    around: lat === undefined || long === undefined || radius === undefined
      ? undefined
      : { lng: long, lat, metres: radius },
    ...paging,
  }
}
