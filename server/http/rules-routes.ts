import type { CaseContext } from '../cases/case-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { RulesInForce } from '#contract/rules.ts'
import { transitions } from '../cases/transitions.ts'
import { json, newApi } from './api.ts'

const rulesRoute = createRoute({
  method: 'get',
  path: '/rules',
  tags: ['cases'],
  summary: 'The rules in force: terms with their sources, whether communities are ranked, which years\' holidays are known',
  responses: {
    200: json(RulesInForce, 'As the centre has configured them'),
  },
})

export function rulesRoutes({ cases: { rules, calendar } }: { cases: Pick<CaseContext, 'rules' | 'calendar'> }) {
  return newApi().openapi(rulesRoute, c => c.json({
    terms: rules.terms.map(({ id, name, hours, workingDays, source }) => ({ id, name, hours, workingDays, source })),
    contactSource: rules.contactSource,
    ranking: rules.ranking,
    consecutiveFrom: rules.consecutiveFrom,
    weights: rules.weights,
    holidayYears: calendar.years,
    transitions: transitions.map(({ action, outcome = null, name, from, to, needs = [], who, clock = null }) => ({
      action,
      outcome,
      name,
      from: [...from],
      to,
      needs: [...needs],
      who: who as Record<string, string>,
      clock,
    })),
  }, 200))
}
