import type { CaseContext } from '../cases/case-context.ts'
import type { Caller } from './caller.ts'
import type { HttpContext } from './http-context.ts'
import { createRoute, z } from '@hono/zod-openapi'
import { FrozenRowsQuery, FrozenWeek, FrozenWeeks, RateRows } from '#contract/figures.ts'
import { findFrozenWeek, listFrozenWeeks, pageOfFrozenRows, tallyFrozenRows } from '../../db/queries/frozen-weeks.ts'
import { scopeOf } from '../access/scope.ts'
import { seenWeek } from '../figures/seen-week.ts'
import { failures, json, newApi } from './api.ts'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

const Monday = z.iso.date().refine(day => new Date(`${day}T00:00:00Z`).getUTCDay() === 1, 'must be a Monday')
const params = z.object({ week: Monday })
const subdistrict = FrozenRowsQuery.pick({ subdistrict: true })

const listRoute = createRoute({
  method: 'get',
  path: '/figures/weeks',
  tags: ['cases'],
  summary: 'Weeks whose figures were frozen when they were over, the latest first',
  responses: {
    200: json(FrozenWeeks, 'Their Mondays and when they were frozen'),
  },
})

const weekRoute = createRoute({
  method: 'get',
  path: '/figures/weeks/{week}',
  tags: ['cases'],
  summary: 'The figures of a week as they were when it was frozen; later changes do not alter them',
  request: { params, query: subdistrict },
  responses: {
    200: json(FrozenWeek, 'Rates, stock of 连续不满意 and burn-down'),
    ...failures(404, 422),
  },
})

const rowsRoute = createRoute({
  method: 'get',
  path: '/figures/weeks/{week}/rows',
  tags: ['cases'],
  summary: 'The very cases behind a frozen rate',
  request: { params, query: FrozenRowsQuery },
  responses: {
    200: json(RateRows, 'What lowers the rate first, then what is not counted'),
    ...failures(404, 422),
  },
})

export function frozenWeekRoutes({ sql, cases }: Pick<HttpContext, 'sql'> & { cases: CaseContext }) {
  const home = (asked: string | undefined) => asked ?? cases.places.home ?? ''
  return newApi()
    .openapi(listRoute, async (c) => {
      const caller = callerOf(c)
      const weeks = await listFrozenWeeks(sql, scopeOf(caller.reach, caller))
      return c.json({
        weeks: weeks.map(week => ({
          ...week,
          frozenAt: week.frozenAt.toISOString(),
        })),
      }, 200)
    })
    .openapi(weekRoute, async (c) => {
      const { week } = c.req.valid('param')
      const town = home(c.req.valid('query').subdistrict)
      const community = communityOf(callerOf(c), town)
      const found = await findFrozenWeek(sql, town, week)
      if (!found)
        throw notFrozen()
      const tallies = community === null
        ? []
        : await tallyFrozenRows(sql, town, week, community)
      return c.json(seenWeek({ week, subdistrict: town, ...found }, community, tallies), 200)
    })
    .openapi(rowsRoute, async (c) => {
      const { week } = c.req.valid('param')
      const { subdistrict, region, ...choice } = c.req.valid('query')
      const town = home(subdistrict)
      const community = communityOf(callerOf(c), town)
      if (!await findFrozenWeek(sql, town, week))
        throw notFrozen()
      if (community !== null && region !== undefined && region !== community)
        return c.json({ rows: [], total: 0 }, 200)
      const { rows, total } = await pageOfFrozenRows(sql, town, week, { ...choice, community: community ?? region ?? null })
      return c.json({
        rows: rows.map(row => ({
          ...row,
          at: row.at.toISOString(),
        })),
        total,
      }, 200)
    })
}

/** The one community that the caller sees; null = the whole subdistrict. Weeks are kept by community, not by grid. */
function communityOf(caller: Caller, town: string): string | null {
  const scope = scopeOf(caller.reach, caller)
  if (scope === null || town.startsWith(scope))
    return null
  if (scope.startsWith(town) && scope.length <= 12)
    return scope
  throw new ProblemError('forbidden', { detail: 'Frozen weeks are kept by community, not by grid' })
}

function notFrozen(): ProblemError {
  return new ProblemError('not-found', { detail: 'This week is not frozen' })
}
