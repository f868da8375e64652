import { z } from 'zod'
import { CaseTopic } from './topic.ts'
import { collectionOf, Datum, featureOf, Point } from './geometry.ts'

export const CaseKind = z.enum([
  'renovation',
  'wages',
  'elder-care',
  'property',
  'utilities',
  'sanitation',
  'noise',
  'traffic',
  'safety',
  'medical',
  'education',
  'culture',
  'enterprise',
  'other',
]).meta({ id: 'CaseKind' })
export type CaseKind = z.infer<typeof CaseKind>

export const CaseSource = z.enum([
  'hotline',
  'qr',
  'grid',
  'visit',
  'meeting',
  'inspection',
  'wechat',
  'enterprise',
]).meta({ id: 'CaseSource' })
export type CaseSource = z.infer<typeof CaseSource>

/**
 * Where a case stands: 受理, 已派单, 已签收, 退单申请中, 办理中, 延期申请中, 已办结待回访, 重办, 挂账, 已销号, 已归档, 已并单.
 * 督办 is a mark (`supervised`), not a status.
 */
export const CaseStatus = z.enum([
  'registered',
  'dispatched',
  'accepted',
  'return-requested',
  'in-progress',
  'extension-requested',
  'resolved',
  'reopened',
  'suspended',
  'closed',
  'archived',
  'merged',
]).meta({ id: 'CaseStatus' })
export type CaseStatus = z.infer<typeof CaseStatus>

/** What a screen colours by: nobody has it yet / being worked on / waits for the call-back / over. */
export const CaseStage = z.enum(['waiting', 'working', 'review', 'done']).meta({ id: 'CaseStage' })
export type CaseStage = z.infer<typeof CaseStage>

export const stageOfStatus: Record<CaseStatus, CaseStage> = {
  'registered': 'waiting',
  'reopened': 'waiting',
  'return-requested': 'waiting',
  'dispatched': 'working',
  'accepted': 'working',
  'in-progress': 'working',
  'extension-requested': 'working',
  'suspended': 'working',
  'resolved': 'review',
  'closed': 'done',
  'archived': 'done',
  'merged': 'done',
}

/** emergency = danger to life (gas, fire, collapse); urgent = water, power, gas, heat, extreme weather. */
export const Urgency = z.enum(['emergency', 'urgent', 'normal']).meta({ id: 'Urgency' })
export type Urgency = z.infer<typeof Urgency>

/** 黄牌 = one working day is left (or the warning time of a term in hours, or the review of a case on account is due); 红牌 = overdue. */
export const CaseCard = z.enum(['yellow', 'red']).meta({ id: 'CaseCard' })
export type CaseCard = z.infer<typeof CaseCard>

/** A moment as ISO 8601 with offset or Z. */
export const Instant = z.iso.datetime({ offset: true })

/** A position in whatever datum the sender has. */
export const LocationInput = z.object({
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  datum: Datum.default('wgs84'),
}).meta({ id: 'LocationInput' })
export type LocationInput = z.infer<typeof LocationInput>

/** What `POST /api/v1/cases` takes; only `content` is required. */
export const CaseInput = z.object({
  content: z.string().trim().min(1).max(4000),
  kind: CaseKind.default('other'),
  source: CaseSource.default('hotline'),
  urgency: Urgency.default('normal'),
  address: z.string().trim().max(300).optional(),
  location: LocationInput.optional(),
  reportedAt: Instant.optional(),
  contact: z.object({
    name: z.string().trim().max(60).optional(),
    phone: z.string().trim().max(40).optional(),
  }).optional(),
  photos: z.array(z.string().min(1).max(60)).max(6).optional().describe('ids that POST /uploads gave the same account'),
}).meta({ id: 'CaseInput' })
export type CaseInput = z.infer<typeof CaseInput>

/** A case as screens see it. Codes in `community` and `grid` are region codes; absent when not located in one. */
export const Case = z.object({
  id: z.string(),
  kind: CaseKind,
  source: CaseSource,
  status: CaseStatus,
  urgency: Urgency,
  topic: CaseTopic.describe('what it is about, from the fixed list: server/cases/topic.ts fills it from the text; what a wall shows instead of the text'),
  content: z.string(),
  address: z.string().nullable(),
  community: z.string().nullable(),
  grid: z.string().nullable(),
  zone: z.string().nullable().describe('renovation zone in which it lies'),
  worksite: z.string().nullable(),
  assignee: z.string().nullable().describe('officer id'),
  reportedAt: Instant,
  dueAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  supervised: z.boolean(),
  satisfied: z.boolean().nullable().describe('answer of the last valid call-back'),
  calledBackAt: Instant.nullable().optional().describe('when that call-back took place: today\'s satisfaction is told from it'),
  dissatisfiedInRow: z.number().int().describe('call-backs in a row that ended dissatisfied (连续不满意)'),
  mergedInto: z.string().nullable(),
  mergedCount: z.number().int().optional().describe('cases that answer to this one (并单): it stands for 1 + so many complainants; absent = 0'),
  card: CaseCard.nullable().optional().describe('set by the clock on the server, told as case.warned and case.overdue'),
  closeProposed: z.boolean().optional().describe('the closing was asked for; it waits for the second key'),
  version: z.number().int(),
}).meta({ id: 'Case' })
export type Case = z.infer<typeof Case>

export const CaseFeature = featureOf(Case, Point.nullable()).meta({ id: 'CaseFeature' })
export type CaseFeature = z.infer<typeof CaseFeature>
export const CaseCollection = collectionOf(CaseFeature).extend({
  nextCursor: z.string().nullable(),
}).meta({ id: 'CaseCollection' })

export const CaseAction = z.enum([
  'locate',
  'dispatch',
  'accept',
  'request-return',
  'rule-return',
  'start',
  'request-extension',
  'rule-extension',
  'resolve',
  'call-back',
  'supervise',
  'suspend',
  'resume',
  'close',
  'archive',
  'merge',
  'contact',
  'review',
  'propose-close',
  'split',
  'recall',
  'add-evidence',
]).meta({ id: 'CaseAction' })
export type CaseAction = z.infer<typeof CaseAction>

/** Proof that the matter is solved. A list may mix kinds, so that photos can join the texts. */
export const Evidence = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    text: z.string().trim().min(1).max(4000),
  }),
  z.object({
    kind: z.literal('photo'),
    upload: z.string().min(1).max(60).describe('id of an uploaded photo'),
  }),
]).meta({ id: 'Evidence' })
export type Evidence = z.infer<typeof Evidence>

/**
 * What `POST /api/v1/cases/{id}/actions/{action}` takes. Which of these an action needs is in its row of
 * server/cases/transitions.ts; what an action does not use is ignored.
 */
export const CaseActionInput = z.object({
  version: z.number().int().positive().optional().describe('the version that the sender saw; 409 when the case has changed since. If-Match says the same'),
  reason: z.string().trim().min(1).max(2000).optional(),
  evidence: z.array(Evidence).min(1).max(20).optional(),
  planDate: z.iso.date().optional().describe('YYYY-MM-DD in China: the day by which it is promised'),
  assignee: z.string().trim().min(1).max(60).optional().describe('officer id'),
  granted: z.boolean().optional().describe('the ruling on a return or an extension'),
  satisfied: z.boolean().nullable().optional().describe('answer of the call-back; null = nobody was reached'),
  solved: z.boolean().optional().describe('second answer of the call-back: whether the matter is solved; false brings the case back as dissatisfaction does'),
  into: z.string().trim().min(1).max(40).optional().describe('id of the case that this one is merged into'),
  location: LocationInput.optional(),
  address: z.string().trim().min(1).max(300).optional(),
}).meta({ id: 'CaseActionInput' })
export type CaseActionInput = z.infer<typeof CaseActionInput>
