import type { CaseContext } from '../cases/case-context.ts'
import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { CaseRates, Figures, FiguresQuery, PeriodQuery } from '#contract/figures.ts'
import { dissatisfiedHistories, tallyRates } from '../../db/queries/case-rates.ts'
import { figuresByDay } from '../../db/queries/figures.ts'
import { scopeOf } from '../access/scope.ts'
import { caseRates } from '../figures/case-rates.ts'
import { stockChange } from '../figures/stock-change.ts'
import { failures, json, newApi } from './api.ts'
import { callerOf } from './caller.ts'

const figuresRoute = createRoute({
  method: 'get',
  path: '/figures',
  tags: ['cases'],
  summary: 'What happened on past days: reported, closed, called back, satisfied',
  request: { query: FiguresQuery },
  responses: {
    200: json(Figures, 'The days before today, oldest first'),
    ...failures(422),
  },
})

const satisfactionRoute = createRoute({
  method: 'get',
  path: '/figures/satisfaction',
  tags: ['cases'],
  summary: 'Rates of a period (响应率, 解决率, 满意率, 办结率, 按期办结率) with both parts and every exclusion, and the stock of 连续不满意',
  request: { query: PeriodQuery },
  responses: {
    200: json(CaseRates, 'Rates, in groups by community, kind, source or subdistrict'),
    ...failures(422),
  },
})

export function figureRoutes({ sql, cases }: Pick<HttpContext, 'sql'> & { cases: CaseContext }) {
  return newApi()
    .openapi(figuresRoute, async c => c.json({
      asOf: new Date().toISOString(),
      days: await figuresByDay(sql, c.req.valid('query').days),
    }, 200))
    .openapi(satisfactionRoute, async (c) => {
      const { from, to, by, region } = c.req.valid('query')
      const caller = callerOf(c)
      const now = cases.now()
      const start = startOfDay(from)
      const request = {
        from: start,
        until: new Date(Math.max(start.getTime(), Math.min(startOfDay(to, 1).getTime(), now.getTime()))),
        by,
        within: [
          scopeOf(caller.reach, caller),
          region,
        ].filter(one => one !== null && one !== undefined),
      }
      const [tallies, histories] = await Promise.all([
        tallyRates(sql, request, cases.rules.contactHours),
        dissatisfiedHistories(sql, request),
      ])
      return c.json({
        asOf: now.toISOString(),
        from,
        to,
        by,
        rates: caseRates(tallies, cases.rules),
        dissatisfied: stockChange(histories, {
          from: request.from.getTime(),
          until: request.until.getTime(),
        }),
      }, 200)
    })
}

/** When that day, or one `daysLater`, begins in China. */
function startOfDay(day: string, daysLater = 0): Date {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + daysLater * 86_400_000)
}
