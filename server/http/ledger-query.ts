import type { LedgerCursor, LedgerRequest } from '../../db/queries/ledger.ts'
import type { Period } from '../../db/queries/ledger-filter.ts'
import { z } from 'zod'
import { CaseKind, CaseSource, CaseStatus, Urgency } from '#contract/case.ts'
import { LedgerAnswer, LedgerDue, LedgerSort } from '#contract/ledger.ts'
import { listQuery, RegionQuery } from './query.ts'

const day = z.iso.date().refine(text => text >= '1990-01-01' && text < '2100-01-01', 'lies too far away')
const short = z.string().trim().min(1).max(60)
const flag = z.literal('1').transform(() => true as const)

/** `-reportedAt` is the latest first. */
const SortQuery = z.string().transform((text, context) => {
  const { data } = LedgerSort.safeParse(text.replace(/^-/, ''))
  if (!data) {
    context.addIssue({ code: 'custom', message: `must be one of ${LedgerSort.options.join(', ')}, with - before it for the other direction` })
    return z.NEVER
  }
  return {
    sort: data,
    descending: text.startsWith('-'),
  }
})

const WordsQuery = z.string().trim().max(200).transform(text => text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)).refine(words => words.every(word => [...word].length >= 2), 'every word needs at least two letters').refine(words => words.length <= 8, 'at most eight words')

/** What filters the ledger; the page's address has the same names. Days are China's, `To` is included. */
export const LedgerFilterQuery = z.object({
  status: listQuery(CaseStatus).optional(),
  kind: listQuery(CaseKind).optional(),
  source: listQuery(CaseSource).optional(),
  urgency: listQuery(Urgency).optional(),
  region: RegionQuery.optional(),
  compound: z.coerce.number().int().safe().optional().describe('areas.id; below 0 where it is a relation'),
  zone: short.optional(),
  worksite: short.optional(),
  assignee: short.optional().describe('officer id; none = nobody has it'),
  due: LedgerDue.optional(),
  answer: LedgerAnswer.optional(),
  dissatisfied: z.coerce.number().int().min(1).max(99).optional().describe('call-backs in a row that ended dissatisfied, at least'),
  supervised: flag.optional(),
  unlocated: flag.optional(),
  reportedFrom: day.optional(),
  reportedTo: day.optional(),
  dueFrom: day.optional(),
  dueTo: day.optional(),
  closedFrom: day.optional(),
  closedTo: day.optional(),
  updatedFrom: day.optional(),
  updatedTo: day.optional(),
  q: WordsQuery.optional().describe('words that all occur in the text or address; or the beginning of a number'),
  caller: z.string().regex(/^[\w-]{20,60}$/).optional().describe('from POST /ledger/callers: the cases of one telephone'),
  sort: SortQuery.default({ sort: 'id', descending: true }),
})
export type LedgerFilterQuery = z.infer<typeof LedgerFilterQuery>

export function filterOf(query: LedgerFilterQuery, now: Date): LedgerRequest['filter'] {
  return {
    statuses: query.status,
    kinds: query.kind,
    sources: query.source,
    urgencies: query.urgency,
    region: query.region,
    compound: query.compound,
    zone: query.zone,
    worksite: query.worksite,
    assignee: query.assignee === 'none'
      ? null
      : query.assignee,
    due: query.due,
    answer: query.answer,
    dissatisfied: query.dissatisfied,
    supervised: query.supervised,
    unlocated: query.unlocated,
    reported: periodOf(query.reportedFrom, query.reportedTo),
    dueIn: periodOf(query.dueFrom, query.dueTo),
    closed: periodOf(query.closedFrom, query.closedTo),
    updated: periodOf(query.updatedFrom, query.updatedTo),
    words: query.q,
    phoneHash: query.caller,
    now,
  }
}

function periodOf(from: string | undefined, to: string | undefined): Period | undefined {
  if (from === undefined && to === undefined)
    return undefined
  const startOf = (text: string, daysLater = 0) => new Date(Date.parse(`${text}T00:00:00+08:00`) + daysLater * 86_400_000)
  return {
    from: from === undefined
      ? undefined
      : startOf(from),
    to: to === undefined
      ? undefined
      : startOf(to, 1),
  }
}

const Cursor = z.tuple([
  z.number().int().min(0).max(50),
  z.string().max(100).nullable(),
  z.string().max(60),
  z.boolean(),
])

/** Opaque to whoever passes it back. */
export const LedgerCursorQuery = z.string().max(400).transform((text, context): LedgerCursor => {
  const { data } = Cursor.safeParse(parsed(text))
  if (!data) {
    context.addIssue({ code: 'custom', message: 'is not a cursor of this server' })
    return z.NEVER
  }
  const [part, value, id, few] = data
  return { part, value, id, few }
})

export function ledgerCursorText(cursor: LedgerCursor | null): string | null {
  return cursor && Buffer.from(JSON.stringify([
    cursor.part,
    cursor.value,
    cursor.id,
    cursor.few,
  ])).toString('base64url')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  }
  catch {
    return null
  }
}
