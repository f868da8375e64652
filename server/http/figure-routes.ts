import type { CaseContext } from '../cases/case-context.ts'
import type { Caller } from './caller.ts'
import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { BurnDown, CaseRates, Figures, FiguresQuery, PeriodQuery, RateRows, RateRowsQuery } from '#contract/figures.ts'
import { dissatisfiedHistories, pageOfRateRows, tallyRates } from '../../db/queries/case-rates.ts'
import { figuresByDay } from '../../db/queries/figures.ts'
import { openStock } from '../../db/queries/open-stock.ts'
import { scopeOf } from '../access/scope.ts'
import { burnDown } from '../figures/burn-down.ts'
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

const rowsRoute = createRoute({
  method: 'get',
  path: '/figures/satisfaction/rows',
  tags: ['cases'],
  summary: 'The very cases behind a rate: in both parts, in the denominator only, or not counted and why',
  request: { query: RateRowsQuery },
  responses: {
    200: json(RateRows, 'What lowers the rate first, then what is not counted'),
    ...failures(422),
  },
})

const burnDownRoute = createRoute({
  method: 'get',
  path: '/figures/burn-down',
  tags: ['cases'],
  summary: 'The open stock day by day (清仓见底): what it began with, what came, what ended, what is left',
  request: { query: PeriodQuery },
  responses: {
    200: json(BurnDown, 'Days as far as they have come'),
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
      const now = cases.now()
      const request = {
        by,
        ...chosen(callerOf(c), { from, to, region }, now),
      }
      const [tallies, histories] = await Promise.all([
        tallyRates(sql, request, cases.rules.contactHours),
        dissatisfiedHistories(sql, request, cases.rules.consecutiveFrom),
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
          rules: cases.rules,
        }),
      }, 200)
    })
    .openapi(rowsRoute, async (c) => {
      const { from, to, region, kind, ...choice } = c.req.valid('query')
      const request = {
        kind,
        ...chosen(callerOf(c), { from, to, region }, cases.now()),
      }
      const { rows, total } = await pageOfRateRows(sql, request, cases.rules.contactHours, choice)
      return c.json({
        rows: rows.map(({ case: id, at, verdict, community }) => ({
          case: id,
          at: at.toISOString(),
          ...verdict === 'hit' || verdict === 'miss'
            ? { part: verdict, reason: null }
            : { part: 'excluded' as const, reason: verdict },
          community,
        })),
        total,
      }, 200)
    })
    .openapi(burnDownRoute, async (c) => {
      const { from, to, region } = c.req.valid('query')
      const now = cases.now()
      return c.json(burnDown(await openStock(sql, chosen(callerOf(c), { from, to, region }, now)), { from, to, now }), 200)
    })
}

/** The period as far as it has come, and the part of the cases that is asked for and may be seen. */
function chosen(caller: Caller, { from, to, region }: { from: string, to: string, region: string | undefined }, now: Date) {
  const start = startOfDay(from)
  return {
    from: start,
    until: new Date(Math.max(start.getTime(), Math.min(startOfDay(to, 1).getTime(), now.getTime()))),
    within: [
      scopeOf(caller.reach, caller),
      region,
    ].filter(one => one !== null && one !== undefined),
  }
}

/** When that day, or one `daysLater`, begins in China. */
function startOfDay(day: string, daysLater = 0): Date {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + daysLater * 86_400_000)
}
