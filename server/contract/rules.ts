import { z } from 'zod'
import { CaseTransition } from './case-work.ts'

/** The rules of the centre as they are in force, each with where it comes from: shown wherever a figure or a deadline is explained. */
export const RulesInForce = z.object({
  terms: z.array(z.object({
    id: z.string(),
    name: z.object({
      zh: z.string(),
      en: z.string(),
    }),
    hours: z.number().optional(),
    workingDays: z.number().int().optional(),
    source: z.string(),
  })),
  contactSource: z.string(),
  ranking: z.boolean().describe('false: communities come by their code and none is marked'),
  consecutiveFrom: z.number().int().describe('连续不满意: so many call-backs in a row ended dissatisfied'),
  weights: z.object({
    response: z.number(),
    solved: z.number(),
    satisfied: z.number(),
    source: z.string(),
  }).nullable().describe('how the centre makes one figure of the three rates; null: it does not'),
  holidayYears: z.array(z.number().int()).describe('years whose holiday notice is loaded; beyond them no deadline in working days is computed'),
  transitions: z.array(CaseTransition).describe('the life of a case: server/cases/transitions.ts'),
}).meta({ id: 'RulesInForce' })
export type RulesInForce = z.infer<typeof RulesInForce>
