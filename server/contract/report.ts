import { z } from 'zod'
import { CaseKind, Instant, LocationInput } from './case.ts'
import { LngLat } from './geometry.ts'
import { CaseTopic } from './topic.ts'

/** What a resident sends from the page behind a QR code (码上提). Only `content` is required. */
export const ReportInput = z.object({
  content: z.string().trim().min(1).max(2000),
  kind: CaseKind.default('other'),
  compound: z.number().int().safe().optional().describe('the compound whose poster was scanned'),
  address: z.string().trim().max(300).optional(),
  location: LocationInput.optional(),
  contact: z.object({
    name: z.string().trim().max(60).optional(),
    phone: z.string().trim().max(40).optional(),
  }).optional(),
  photos: z.array(z.string().min(1).max(60)).max(3).default([]).describe('ids that POST /reports/photos gave'),
  consent: z.boolean().default(false).describe('agrees that name and phone are kept, to be called back: without it they are refused'),
  trap: z.string().max(200).optional().describe('must be empty: people do not see the field'),
}).meta({ id: 'ReportInput' })
export type ReportInput = z.infer<typeof ReportInput>

export const ReportReceipt = z.object({
  number: z.string(),
  code: z.string().describe('with the number, shows where the report stands; it cannot be had again'),
  reportedAt: Instant,
  dueAt: Instant.nullable(),
  kind: CaseKind,
  topic: CaseTopic,
  photos: z.number().int().describe('photos that are with it; one that expired before is not'),
}).meta({ id: 'ReportReceipt' })
export type ReportReceipt = z.infer<typeof ReportReceipt>

/** Where a report stands, in the words of who made it: 已收到, 已交办, 办理中, 已办结待回访, 重新办理, 已列入计划, 已了结. */
export const ReportState = z.enum([
  'received',
  'assigned',
  'working',
  'answered',
  'again',
  'planned',
  'done',
]).meta({ id: 'ReportState' })
export type ReportState = z.infer<typeof ReportState>

/** Nothing in it points at a person: not the text, the exact place, the contact or who works on it. */
export const ReportStatus = z.object({
  number: z.string(),
  kind: CaseKind,
  topic: CaseTopic,
  state: ReportState,
  responsible: z.string().describe('the unit that has it'),
  joined: z.boolean().describe('handled together with reports of others on the same matter'),
  reportedAt: Instant,
  dueAt: Instant.nullable(),
  planDate: z.iso.date().nullable(),
  steps: z.array(z.object({
    state: ReportState,
    at: Instant,
  })),
}).meta({ id: 'ReportStatus' })
export type ReportStatus = z.infer<typeof ReportStatus>

/** What the page shows before anything is typed. */
export const ReportStart = z.object({
  centre: z.string().nullable().describe('name of the subdistrict'),
  demo: z.boolean(),
  compound: z.object({
    id: z.number(),
    name: z.string(),
    community: z.string().nullable(),
    at: LngLat,
  }).nullable(),
}).meta({ id: 'ReportStart' })
export type ReportStart = z.infer<typeof ReportStart>
