import { z } from 'zod'
import { CaseFeature, Evidence, Instant } from './case.ts'
import { featureOf, Point } from './geometry.ts'

/**
 * One officer sent to one case: 已派, 已接, 在途, 到场, 办结, 拒接, 超时未接, 撤回, 工单已另行了结. The last five are its end.
 * A case has one open assignment at most.
 */
export const AssignmentState = z.enum([
  'offered',
  'accepted',
  'en-route',
  'arrived',
  'done',
  'declined',
  'expired',
  'recalled',
  'overtaken',
]).meta({ id: 'AssignmentState' })
export type AssignmentState = z.infer<typeof AssignmentState>

/** What ended an assignment that was not done: why it was recalled, or what became of the case. */
export const AssignmentEnd = z.enum([
  'recalled',
  'reassigned',
  'dismissed',
  'resolved',
  'merged',
  'suspended',
  'returned',
  'given-to-other',
]).meta({ id: 'AssignmentEnd' })
export type AssignmentEnd = z.infer<typeof AssignmentEnd>

export const Assignment = z.object({
  id: z.string(),
  case: z.string().describe('case id'),
  officer: z.string().describe('officer id'),
  state: AssignmentState,
  offeredAt: Instant,
  answerBy: Instant.nullable().describe('unanswered at this moment it expires; null = it was answered'),
  acceptedAt: Instant.nullable(),
  setOutAt: Instant.nullable(),
  nearAt: Instant.nullable().describe('his position was first seen at the case: arrival is proposed, he confirms it'),
  arrivedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  end: AssignmentEnd.nullable().describe('why it ended, where the state alone does not say it'),
  reason: z.string().nullable().describe('what was said on declining, recalling or reassigning'),
  helpAt: Instant.nullable().describe('help is wanted since; null again when the desk has answered'),
  helpReason: z.string().nullable(),
  note: z.string().nullable().describe('what the desk gave along'),
  next: z.string().nullable().describe('declined or run out: who is proposed instead (officer id)'),
  version: z.number().int(),
}).meta({ id: 'Assignment' })
export type Assignment = z.infer<typeof Assignment>

/** As the live layer `assignments` carries it; where it is, its case says. */
export const AssignmentFeature = featureOf(Assignment, Point.nullable()).meta({ id: 'AssignmentFeature' })
export type AssignmentFeature = z.infer<typeof AssignmentFeature>

export const AssignmentStep = z.enum([
  'accept',
  'decline',
  'en-route',
  'arrive',
  'done',
  'help',
  'helped',
  'recall',
  'reassign',
]).meta({ id: 'AssignmentStep' })
export type AssignmentStep = z.infer<typeof AssignmentStep>

/** An assignment with its case as it is now, all that a phone needs to open it without a line. */
export const AssignmentShown = Assignment.extend({
  officerName: z.string(),
  task: CaseFeature.nullable().describe('the case as it is now; null for a worker whose assignment has ended: it is no longer his to see'),
  possible: z.array(AssignmentStep).describe('what the asker may do now'),
}).meta({ id: 'AssignmentShown' })
export type AssignmentShown = z.infer<typeof AssignmentShown>

/** GET /api/v1/assignments */
export const AssignmentList = z.object({
  now: Instant.describe('the server\'s clock: timers run by it'),
  assignments: z.array(AssignmentShown).describe('newest offer first'),
}).meta({ id: 'AssignmentList' })
export type AssignmentList = z.infer<typeof AssignmentList>

/** Why an offer is not made unless the sender says that he means it. */
export const OfferObstacle = z.enum(['off-duty', 'asked-before']).meta({ id: 'OfferObstacle' })
export type OfferObstacle = z.infer<typeof OfferObstacle>

/** POST /api/v1/cases/{id}/assignments */
export const OfferInput = z.object({
  officer: z.string().trim().min(1).max(60).describe('officer id'),
  note: z.string().trim().min(1).max(500).optional().describe('what he should know'),
  answerMinutes: z.number().min(1).max(240).optional().describe('how long he has to answer; by the urgency when absent'),
  despite: z.array(OfferObstacle).optional().describe('off-duty: although he is not on duty; asked-before: although he declined this case or did not answer'),
  version: z.number().int().positive().optional().describe('version of the case that the sender saw'),
}).meta({ id: 'OfferInput' })
export type OfferInput = z.infer<typeof OfferInput>

/** POST /api/v1/assignments/{id}/steps/{step} */
export const AssignmentStepInput = z.object({
  at: Instant.optional().describe('when it was done, if that was without a line; kept beside the time at which it came'),
  reason: z.string().trim().min(1).max(500).optional().describe('decline, help, recall and reassign need it'),
  evidence: z.array(Evidence).min(1).max(20).optional().describe('done needs it'),
  officer: z.string().trim().min(1).max(60).optional().describe('reassign: to whom'),
  note: z.string().trim().min(1).max(500).optional().describe('reassign: what he should know'),
  answerMinutes: z.number().min(1).max(240).optional(),
  despite: z.array(OfferObstacle).optional(),
}).meta({ id: 'AssignmentStepInput' })
export type AssignmentStepInput = z.infer<typeof AssignmentStepInput>

/** What happened to an assignment; told to whoever comes too late with a step (409, `changes`). */
export const AssignmentChange = z.object({
  at: Instant,
  saidAt: Instant.nullable().describe('when it was done, where that was without a line'),
  step: z.string().describe('offer, a step, or what the program did: expire, near, overtake'),
  actor: z.string(),
  actorName: z.string().nullable(),
  from: AssignmentState.nullable(),
  to: AssignmentState,
  reason: z.string().nullable(),
}).meta({ id: 'AssignmentChange' })
export type AssignmentChange = z.infer<typeof AssignmentChange>

/** GET /api/v1/assignments/{id}/steps */
export const AssignmentChanges = z.object({
  steps: z.array(AssignmentChange).describe('oldest first'),
}).meta({ id: 'AssignmentChanges' })

const Words = z.object({
  zh: z.string(),
  en: z.string(),
})

/** One ground for or against somebody: what it adds to the score, and in words. */
export const SuggestionPart = z.object({
  part: z.enum([
    'walk',
    'grid',
    'community',
    'load',
    'skill',
    'position',
    'record',
  ]),
  points: z.number().describe('its share of the score; 0 = told only'),
  words: Words,
}).meta({ id: 'SuggestionPart' })
export type SuggestionPart = z.infer<typeof SuggestionPart>

export const SuggestedOfficer = z.object({
  officer: z.string(),
  name: z.string(),
  score: z.number().min(0).max(1),
  minutes: z.number().nullable().describe('on foot through the streets from where he was last seen; null = it is not known'),
  parts: z.array(SuggestionPart),
  words: Words.describe('the parts in one line'),
}).meta({ id: 'SuggestedOfficer' })
export type SuggestedOfficer = z.infer<typeof SuggestedOfficer>

export const LeftOutReason = z.enum([
  'off-duty',
  'dismissed',
  'asked-before',
  'unreachable',
  'too-far',
  'overloaded',
]).meta({ id: 'LeftOutReason' })
export type LeftOutReason = z.infer<typeof LeftOutReason>

export const SuggestionWeights = z.object({
  walk: z.number(),
  grid: z.number(),
  community: z.number(),
  load: z.number(),
  skill: z.number(),
}).meta({ id: 'SuggestionWeights' })
export type SuggestionWeights = z.infer<typeof SuggestionWeights>

/** GET /api/v1/cases/{id}/suggestions */
export const Suggestions = z.object({
  suggested: z.array(SuggestedOfficer).describe('best first, all of them'),
  leftOut: z.array(z.object({
    officer: z.string(),
    name: z.string(),
    reason: LeftOutReason,
    words: Words,
  })).describe('everybody else, with the reason'),
  weights: SuggestionWeights.describe('this program\'s own, no rule fixes them: a person decides'),
}).meta({ id: 'Suggestions' })
export type Suggestions = z.infer<typeof Suggestions>

/** POST /api/v1/dispatch/plans */
export const DispatchPlanInput = z.object({
  cases: z.array(z.string().max(60)).min(1).max(60).describe('in the order in which somebody would go down the list'),
  perOfficer: z.number().int().min(1).max(5).default(1).describe('to so many of these cases one officer is sent at most'),
}).meta({ id: 'DispatchPlanInput' })
export type DispatchPlanInput = z.input<typeof DispatchPlanInput>

export const DispatchPlan = z.object({
  given: z.array(SuggestedOfficer.omit({ parts: true }).extend({
    case: z.string(),
  })),
  left: z.array(z.object({
    case: z.string(),
    reason: z.enum(['nobody', 'taken']).describe('nobody can be sent there at all; all who could be are sent elsewhere'),
  })),
  score: z.number().describe('sum of the scores'),
  minutes: z.number().describe('sum of the walks that are known'),
  unknownMinutes: z.number().int().describe('how many walks are not known'),
}).meta({ id: 'DispatchPlan' })
export type DispatchPlan = z.infer<typeof DispatchPlan>

export const DispatchPlans = z.object({
  best: DispatchPlan.describe('of all ways the one that gives most cases, and of those the one with the highest sum of scores, an emergency counting ten times and an urgent case three times'),
  inTurn: DispatchPlan.describe('each case in turn gets its best of those who are left'),
  notWaiting: z.array(z.string()).describe('unknown, or given out meanwhile'),
}).meta({ id: 'DispatchPlans' })
export type DispatchPlans = z.infer<typeof DispatchPlans>
