import { z } from 'zod'
import { CaseAction, CaseCard, CaseFeature, CaseInput, CaseKind, CaseSource, CaseStatus, Evidence, Instant } from './case.ts'
import { LngLat } from './geometry.ts'

/** A term class as the pages show it: what it is and where it comes from. */
export const CaseTerm = z.object({
  id: z.string(),
  name: z.object({
    zh: z.string(),
    en: z.string(),
  }),
  hours: z.number().positive().optional(),
  workingDays: z.number().int().positive().optional(),
  warnHours: z.number().positive().optional().describe('yellow card so long before a deadline in hours; one working day before for terms in working days'),
  source: z.string().describe('law and article, or that there is no public rule'),
}).meta({ id: 'CaseTerm' })
export type CaseTerm = z.infer<typeof CaseTerm>

/** What may be given to an action; which of them it needs is in its row of the table. */
export const CaseNeed = z.enum([
  'reason',
  'evidence',
  'planDate',
  'assignee',
  'granted',
  'satisfied',
  'into',
  'location',
]).meta({ id: 'CaseNeed' })
export type CaseNeed = z.infer<typeof CaseNeed>

/** One row of the state machine, as data for pages: server/cases/transitions.ts. */
export const CaseTransition = z.object({
  action: CaseAction,
  outcome: z.string().nullable(),
  name: z.string(),
  from: z.array(CaseStatus),
  to: z.union([
    CaseStatus,
    z.literal('unchanged'),
  ]),
  needs: z.array(CaseNeed),
  who: z.record(z.string(), z.string()).describe('role → any | region | own'),
  clock: z.string().nullable().describe('pauses | resumes | moves | stops | restarts; null = it runs on'),
}).meta({ id: 'CaseTransition' })

/** One step of a case's life, for the time line. */
export const CaseStepShown = z.object({
  seq: z.number().int(),
  at: Instant,
  action: z.string(),
  actor: z.string().describe('account or officer id; system = the program'),
  actorName: z.string().nullable().describe('null = nobody of that id is known any more'),
  from: CaseStatus.nullable(),
  to: CaseStatus,
  reason: z.string().nullable(),
  evidence: z.array(Evidence).nullable(),
  planDate: z.string().nullable(),
  satisfied: z.boolean().nullable(),
  solved: z.boolean().nullable(),
  dueAt: Instant.nullable().describe('the deadline after this step'),
}).meta({ id: 'CaseStep' })
export type CaseStepShown = z.infer<typeof CaseStepShown>

/** What the asker may do to the case now. */
export const PossibleAction = z.object({
  action: CaseAction,
  outcome: z.string().nullable(),
  name: z.string(),
  to: CaseStatus,
  needs: z.array(CaseNeed),
  refusal: z.string().nullable().describe('why not yet, as that a call-back must come first; null = go ahead'),
  guard: z.string().nullable().describe('name of the rule that refuses: server/cases/guards.ts'),
}).meta({ id: 'PossibleAction' })
export type PossibleAction = z.infer<typeof PossibleAction>

/** A case that was merged into this one; each complainant is called back on his own. */
export const MergedCase = z.object({
  id: z.string(),
  status: CaseStatus,
  source: CaseSource,
  reportedAt: Instant,
  satisfied: z.boolean().nullable(),
  calledBackAt: Instant.nullable(),
}).meta({ id: 'MergedCase' })

/** A photo, paper or voice note of a case: GET /api/v1/uploads/{id}. */
export const CaseFile = z.object({
  id: z.string(),
  kind: z.enum(['image', 'document', 'audio']),
  purpose: z.enum(['evidence', 'report']).describe('report: came with the resident\'s own report'),
  at: Instant,
}).meta({ id: 'CaseFile' })
export type CaseFile = z.infer<typeof CaseFile>

/** All that a case page shows beside the case itself: GET /api/v1/cases/{id}/work. */
export const CaseWork = z.object({
  id: z.string(),
  version: z.number().int(),
  clock: z.object({
    state: z.enum([
      'running',
      'paused',
      'stopped',
      'unknown',
    ]).describe('unknown: the deadline lies in a year whose holiday notice is not loaded'),
    term: CaseTerm.nullable(),
    dueAt: Instant.nullable(),
    warnAt: Instant.nullable().describe('when the yellow card comes'),
    pausedAt: Instant.nullable(),
    missingYear: z.number().int().nullable().describe('year whose notice is missing'),
    card: CaseCard.nullable(),
    promised: z.boolean().describe('the deadline is a day that somebody promised, not one that the term counted'),
  }),
  contactDueAt: Instant,
  contactedAt: Instant.nullable(),
  resolvedAt: Instant.nullable(),
  resolvedBy: z.string().nullable(),
  closeProposedBy: z.string().nullable().describe('who turned the first key of the closing'),
  planDate: z.string().nullable().describe('on account: the dated plan'),
  reviewAt: z.string().nullable().describe('on account: the day on which it is looked at again'),
  returnRuled: z.boolean(),
  merged: z.array(MergedCase),
  steps: z.array(CaseStepShown),
  files: z.array(CaseFile),
  possible: z.array(PossibleAction),
}).meta({ id: 'CaseWork' })
export type CaseWork = z.infer<typeof CaseWork>

/** An open case that may be about the same matter, with the reasons. */
export const SimilarCase = z.object({
  id: z.string(),
  score: z.number().min(0).max(1),
  kind: CaseKind,
  status: CaseStatus,
  content: z.string(),
  address: z.string().nullable(),
  at: LngLat.nullable(),
  reportedAt: Instant,
  metres: z.number().nullable().describe('distance; null when one of both has no place'),
  minutes: z.number().describe('reported so long before or after'),
  textSimilarity: z.number().min(0).max(1).describe('share of common three-letter pieces (pg_trgm)'),
  sameTopic: z.boolean(),
  sameBuilding: z.boolean(),
  sameCaller: z.boolean().describe('from the same telephone: perhaps the same call, entered twice'),
  mergedCount: z.number().int(),
}).meta({ id: 'SimilarCase' })
export type SimilarCase = z.infer<typeof SimilarCase>

export const SimilarCases = z.object({
  similar: z.array(SimilarCase).describe('best first'),
  flood: z.boolean().describe('so many alike on one house in so short a time (case rules: flood) that they are one matter'),
}).meta({ id: 'SimilarCases' })
export type SimilarCases = z.infer<typeof SimilarCases>

/** A call that is being taken: what may be the same matter? POST /api/v1/cases/similar. */
export const SimilarQuestion = CaseInput.pick({
  content: true,
  kind: true,
  address: true,
  location: true,
  contact: true,
}).meta({ id: 'SimilarQuestion' })

/** What was said of a place. POST /api/v1/place-proposals: residents' words belong in no address of a request. */
export const PlaceQuestion = z.object({
  address: z.string().trim().max(300).optional(),
  content: z.string().trim().max(4000).optional(),
}).meta({ id: 'PlaceQuestion' })

/** A place that the words may mean. */
export const PlaceProposal = z.object({
  label: z.string(),
  precision: z.enum([
    'building',
    'compound',
    'landmark',
    'road',
  ]),
  at: LngLat,
  community: z.string().nullable(),
  confidence: z.number().min(0).max(1).describe('of a hundred with 0.9 some ninety are right'),
  by: z.enum(['address', 'content']).describe('told by the address, or by what the matter says of the place'),
  taught: z.boolean().describe('somebody once placed a case by hand that said so'),
}).meta({ id: 'PlaceProposal' })
export type PlaceProposal = z.infer<typeof PlaceProposal>

export const PlaceProposals = z.object({
  proposals: z.array(PlaceProposal).describe('best first; five at most'),
}).meta({ id: 'PlaceProposals' })

/** What POST /api/v1/cases answers. */
export const RegisteredCase = CaseFeature.extend({
  missingPhotos: z.array(z.string()).optional().describe('those that are not with it, as they expired or belong to another case; absent where all are'),
}).meta({ id: 'RegisteredCase' })
export type RegisteredCase = z.infer<typeof RegisteredCase>
