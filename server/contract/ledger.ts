import { z } from 'zod'
import { CaseAction, CaseActionInput, CaseFeature, CaseStatus, Instant } from './case.ts'

/** What the ledger can be ordered by. */
export const LedgerSort = z.enum([
  'id',
  'reportedAt',
  'dueAt',
  'closedAt',
  'updatedAt',
  'status',
  'kind',
  'source',
  'urgency',
  'community',
  'assignee',
  'dissatisfied',
]).meta({ id: 'LedgerSort' })
export type LedgerSort = z.infer<typeof LedgerSort>

/** overdue: past its deadline and not reported done · soon: the deadline comes within 24 hours. */
export const LedgerDue = z.enum(['overdue', 'soon']).meta({ id: 'LedgerDue' })
export type LedgerDue = z.infer<typeof LedgerDue>

/** Answer of the last valid call-back; none = nobody answered yet. */
export const LedgerAnswer = z.enum(['satisfied', 'dissatisfied', 'none']).meta({ id: 'LedgerAnswer' })
export type LedgerAnswer = z.infer<typeof LedgerAnswer>

/** A page of the ledger. Counting stops at a bound: `total` is exact up to it, and "at least" beyond. */
export const LedgerPage = z.object({
  asOf: Instant,
  total: z.number().int().nullable().describe('how many cases fit; null on pages after the first'),
  totalIsExact: z.boolean().describe('false: there are more than `total`, nobody counted how many'),
  features: z.array(CaseFeature),
  nextCursor: z.string().nullable(),
}).meta({ id: 'LedgerPage' })
export type LedgerPage = z.infer<typeof LedgerPage>

/** A filter with its order under a name. `query` is what stands in the page's address. */
export const LedgerViewInput = z.object({
  name: z.string().trim().min(1).max(40),
  query: z.string().max(1000).regex(/^[\w\-.~%&=+,:*!'()]*$/, 'must be a query string'),
  shared: z.boolean().default(false).describe('everybody who may read the ledger sees it'),
}).meta({ id: 'LedgerViewInput' })
export type LedgerViewInput = z.input<typeof LedgerViewInput>

export const LedgerView = z.object({
  id: z.string(),
  name: z.string(),
  query: z.string(),
  shared: z.boolean(),
  mine: z.boolean().describe('only who made it may change or remove it'),
  updatedAt: Instant,
}).meta({ id: 'LedgerView' })
export type LedgerView = z.infer<typeof LedgerView>

/** A complainant's number by which cases are found: told for a telephone number, tells nothing about it. */
export const LedgerCaller = z.object({
  caller: z.string(),
}).meta({ id: 'LedgerCaller' })

/** A complainant, for who calls him back. */
export const CaseContact = z.object({
  name: z.string().nullable(),
  phone: z.string().nullable(),
}).meta({ id: 'CaseContact' })
export type CaseContact = z.infer<typeof CaseContact>

/** What is taken out of the ledger as a file, and what for: the reason is on record with who took it. */
export const LedgerExportInput = z.object({
  format: z.enum(['csv', 'xlsx']),
  reason: z.string().trim().min(2).max(200),
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
  ids: z.array(z.string().min(1).max(60)).min(1).max(1000).optional().describe('these only, as far as they fit the filter'),
}).meta({ id: 'LedgerExportInput' })
export type LedgerExportInput = z.input<typeof LedgerExportInput>

/** One action to many cases. Each is decided by itself: what one is refused, another still gets. */
export const LedgerBulkInput = z.object({
  action: CaseAction,
  input: CaseActionInput.omit({ version: true }).default({}),
  cases: z.array(z.object({
    id: z.string().min(1).max(60),
    version: z.number().int().positive().describe('the version that the sender saw'),
  })).min(1).max(200).refine(cases => new Set(cases.map(({ id }) => id)).size === cases.length, 'names a case twice'),
}).meta({ id: 'LedgerBulkInput' })
export type LedgerBulkInput = z.input<typeof LedgerBulkInput>

/** What became of one of them. */
export const LedgerBulkResult = z.object({
  id: z.string(),
  done: z.object({
    status: CaseStatus,
    version: z.number().int(),
  }).nullable(),
  refused: z.object({
    reason: z.enum([
      'not-found',
      'stale',
      'not-allowed',
      'missing',
      'illegal-transition',
      'not-yet',
      'key-reused',
    ]),
    guard: z.string().nullable().describe('name of the rule that refuses: server/cases/guards.ts'),
    detail: z.string(),
  }).nullable(),
}).meta({ id: 'LedgerBulkResult' })
export type LedgerBulkResult = z.infer<typeof LedgerBulkResult>
