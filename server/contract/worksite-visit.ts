import { z } from 'zod'
import { WageWarning } from './places.ts'
import { Day, People, text } from './wages.ts'

export const VisitState = z.enum(['planned', 'done', 'cancelled']).meta({ id: 'VisitState' })
export type VisitState = z.infer<typeof VisitState>

export const WorksiteVisit = z.object({
  id: z.string(),
  worksite: z.string(),
  worksiteName: z.string(),
  community: z.string().nullable(),
  warning: WageWarning,
  owedYuan: z.number(),
  plannedOn: z.string(),
  visitor: z.string().describe('the surname only for roles that may not see persons'),
  purpose: z.string().nullable(),
  state: VisitState,
  overdueDays: z.number().int().min(0),
  moves: z.array(z.object({
    plannedOn: z.string(),
    visitor: z.string(),
    reason: z.string(),
    on: z.string(),
  })).describe('what was planned before, the oldest first'),
  doneOn: z.string().nullable(),
  finding: z.string().nullable(),
  peopleMet: z.number().int().nullable(),
  documents: z.array(z.string()),
  reason: z.string().nullable().describe('why it was cancelled'),
  plannedBy: z.string().nullable().describe('null for roles that may not see persons'),
}).meta({ id: 'WorksiteVisit' })
export type WorksiteVisit = z.infer<typeof WorksiteVisit>

export const PlannedVisit = z.object({
  worksite: text(100),
  plannedOn: Day,
  visitor: text(40),
  purpose: text(120).nullable(),
}).meta({ id: 'PlannedVisit' })
export type PlannedVisit = z.infer<typeof PlannedVisit>

export const VisitPlanInput = z.object({
  visits: z.array(PlannedVisit).min(1).max(200).describe('all of them are planned, or none'),
}).meta({ id: 'VisitPlanInput' })

export const VisitAction = z.enum(['done', 'move', 'cancel']).meta({ id: 'VisitAction' })
export type VisitAction = z.infer<typeof VisitAction>

export const VisitActionInput = z.object({
  on: Day.optional().describe('done: the day of the visit; move: the new day'),
  visitor: text(40).optional().describe('move: somebody else'),
  finding: text(500).optional().describe('needed for done'),
  peopleMet: People.optional(),
  documents: z.array(z.string().max(60)).max(12).optional().describe('uploads.id'),
  reason: text(300).optional().describe('needed for move and cancel'),
}).meta({ id: 'VisitActionInput' })
export type VisitActionInput = z.infer<typeof VisitActionInput>
