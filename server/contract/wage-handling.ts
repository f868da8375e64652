import { z } from 'zod'
import { Instant } from './case.ts'
import { HandlingState } from './places.ts'
import { Day, People, text, Yuan } from './wages.ts'

/**
 * 投诉登记 核查 责令限期支付 签收回执 支付凭证 移送 关联工单 回访 申请销案 退回 销案 重办.
 * Which comes when, who may and what it needs: server/wages/handling/handling-steps.ts.
 */
export const HandlingStepName = z.enum([
  'complain',
  'check',
  'order',
  'receipt',
  'pay',
  'transfer',
  'link',
  'call-back',
  'propose-close',
  'send-back',
  'close',
  'reopen',
]).meta({ id: 'HandlingStepName' })
export type HandlingStepName = z.infer<typeof HandlingStepName>

/** Articles of 保障农民工工资支付条例 by which somebody has to pay, as an order names one. */
export const OrderArticle = z.union([
  z.literal(29),
  z.literal(30),
  z.literal(36),
  z.literal(37),
]).meta({ id: 'OrderArticle' })
export type OrderArticle = z.infer<typeof OrderArticle>

/** 直接送达 留置送达 邮寄送达 公告送达. */
export const ServiceManner = z.enum([
  'in-person',
  'left',
  'mail',
  'notice',
]).meta({ id: 'ServiceManner' })
export type ServiceManner = z.infer<typeof ServiceManner>

const Said = z.object({
  note: text(500).optional(),
  skipReason: text(300).optional().describe('why the steps in between are left out; needed then, and only then'),
  cases: z.array(text(40)).max(50).optional().describe('of the kind wages, at this worksite or nowhere yet'),
  yuan: Yuan.optional().describe('claimed, found, ordered or paid'),
  people: People.optional().describe('who claim, were found, are to be paid, were paid or were reached'),
  addressee: text(40).optional().describe('a party of the chain; else addresseeName'),
  addresseeName: text(80).optional(),
  article: OrderArticle.optional(),
  payBy: Day.optional(),
  issuer: text(80).optional().describe('the authority that orders'),
  ofStep: z.number().int().min(1).max(10_000).optional().describe('number of the order or transfer that was received'),
  manner: ServiceManner.optional(),
  unit: text(80).optional().describe('to whom it is transferred'),
  confirmed: z.boolean().optional().describe('the workers have their money'),
  paper: text(120).optional().describe('number of a paper that is kept on file and not here, as a bank\'s receipt'),
})

export const HandlingStepInput = Said.extend({
  on: Day.describe('the day on which it was done'),
  receivedBy: text(40).optional().describe('who signed for the paper; the surname only for roles that may not see persons'),
  documents: z.array(z.string().max(60)).max(12).optional().describe('uploads.id'),
}).meta({ id: 'HandlingStepInput' })
export type HandlingStepInput = z.infer<typeof HandlingStepInput>

export const HandlingStep = HandlingStepInput.extend({
  nr: z.number().int().min(1),
  step: HandlingStepName,
  at: Instant.describe('when it was put down'),
  by: z.string().nullable().describe('null for roles that may not see persons'),
  from: HandlingState.nullable(),
  to: HandlingState,
  dueOn: z.string().nullable().describe('until when the next step has to come'),
  documents: z.array(z.string()),
}).meta({ id: 'HandlingStep' })
export type HandlingStep = z.infer<typeof HandlingStep>

export const HandlingTermName = z.enum(['check', 'order', 'call-back', 'close']).meta({ id: 'HandlingTermName' })
export type HandlingTermName = z.infer<typeof HandlingTermName>

export const HandlingTerm = z.object({
  term: HandlingTermName,
  workingDays: z.number().int().min(1).max(250),
  source: text(200),
}).meta({ id: 'HandlingTerm' })
export type HandlingTerm = z.infer<typeof HandlingTerm>

export const HandlingHead = z.object({
  id: z.string(),
  worksite: z.string(),
  worksiteName: z.string(),
  community: z.string().nullable(),
  state: HandlingState,
  version: z.number().int(),
  openedOn: z.string(),
  dueOn: z.string().nullable().describe('until when the next step has to come'),
  dueMissingYear: z.number().int().nullable().describe('year whose holiday notice is not loaded, so that it is not known'),
  overdueDays: z.number().int().min(0),
  claimedYuan: Yuan,
  claimedPeople: People,
  foundYuan: Yuan.nullable(),
  foundPeople: People.nullable(),
  paidYuan: Yuan.describe('of the proofs that still count'),
  paidPeople: People,
  confirmed: z.boolean(),
  closeProposed: z.boolean(),
  closedAs: z.enum(['paid', 'unfounded']).nullable(),
  closedOn: z.string().nullable(),
  cases: z.array(z.string()),
}).meta({ id: 'WageHandlingHead' })
export type HandlingHead = z.infer<typeof HandlingHead>

export const HandlingNeed = z.enum([
  'note',
  'cases',
  'yuan',
  'people',
  'addressee',
  'article',
  'payBy',
  'issuer',
  'ofStep',
  'receivedBy',
  'manner',
  'documents',
  'unit',
  'confirmed',
]).meta({ id: 'HandlingNeed' })
export type HandlingNeed = z.infer<typeof HandlingNeed>

export const WageHandling = HandlingHead.extend({
  asOf: Instant,
  personsMasked: z.boolean(),
  steps: z.array(HandlingStep).describe('in the order taken'),
  possible: z.array(z.object({
    step: HandlingStepName,
    needs: z.array(HandlingNeed),
    guard: z.string().nullable().describe('name of the rule that refuses (handling-guards.ts); null = go ahead'),
    refusal: z.string().nullable(),
  })).describe('what the asker can do next'),
  caseStates: z.array(z.object({
    id: z.string(),
    status: z.string(),
    reportedOn: z.string(),
  })),
  terms: z.array(HandlingTerm),
}).meta({ id: 'WageHandling' })
export type WageHandling = z.infer<typeof WageHandling>

export const NewHandlingInput = z.object({
  step: HandlingStepInput,
}).meta({ id: 'NewHandlingInput' })
export const NextStepInput = z.object({
  version: z.number().int().min(0).describe('of the handling, as it was read'),
  step: HandlingStepInput,
}).meta({ id: 'NextHandlingStepInput' })
