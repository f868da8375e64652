import type { CaseInput, CaseStatus } from '#contract/case.ts'
import type { NewCase } from '../../db/queries/write-cases.ts'
import type { CaseContext } from './case-context.ts'
import type { SealedContact } from './contact.ts'
import assert from 'node:assert/strict'
import { cardAt, isTimed, warningOf } from './clock.ts'
import { deadlineOf } from './deadline.ts'
import { placeByWords, placeCase } from './place-case.ts'
import { termClass } from './terms.ts'
import { topicOf } from './topic.ts'

/** What a source system says of a case beyond what a caller says. */
export interface ImportedCase extends CaseInput {
  /** Its number there; absent = told apart by what it says. */
  sourceRef?: string | undefined
  status?: CaseStatus | undefined
  /** ISO 8601 */
  closedAt?: string | undefined
  satisfied?: boolean | undefined
  /** Whether the caller found the matter solved, where it was asked. */
  solved?: boolean | undefined
  assignee?: string | undefined
}

/** A case that has no number yet, apart from whom to call back. */
export type UnnumberedCase = Omit<NewCase, 'id' | keyof SealedContact>

/** Located, classified and given a deadline. */
export function newCase(input: ImportedCase, { places, rules, calendar, now }: Omit<CaseContext, 'personal'>): UnnumberedCase {
  const place = placeByWords(placeCase(input.location, places), input, places)
  const reportedAt = input.reportedAt
    ? new Date(input.reportedAt)
    : now()
  const term = termClass(rules, rules.termOfUrgency[input.urgency])
  assert(term, `rules: the term class of ${input.urgency} is not among the terms`)
  const due = deadlineOf(term, reportedAt, calendar)
  const closedAt = input.closedAt
    ? new Date(input.closedAt)
    : null
  const dueAt = 'answer' in due
    ? due.answer
    : null
  const status = input.status ?? 'registered'
  const warnAt = warningOf({
    dueAt,
    term: term.id,
    promised: false,
    reviewAt: null,
  }, { rules, calendar })
  return {
    subdistrict: place.subdistrict,
    source_ref: input.sourceRef ?? null,
    kind: input.kind,
    source: input.source,
    status,
    urgency: input.urgency,
    topic: topicOf(input.kind, input.content),
    content: input.content,
    address: input.address || null,
    location: place.location,
    original_location: place.originalLocation,
    original_datum: place.originalDatum,
    located_by: place.locatedBy,
    location_confidence: place.confidence,
    community: place.community,
    grid: place.grid,
    compound: place.compound,
    building: place.building,
    zone: place.zone,
    worksite: place.worksite,
    assignee: input.assignee ?? null,
    reported_at: reportedAt,
    term: term.id,
    // Better no deadline than a guessed one: the year's holiday notice is not known yet.
    due_at: dueAt,
    due_missing_year: 'missingYear' in due
      ? due.missingYear
      : null,
    warn_at: warnAt,
    // What comes late comes with its card.
    card: isTimed(status)
      ? cardAt(now(), { warnAt, dueAt })
      : null,
    resolved_at: status === 'resolved' || status === 'closed' || status === 'archived'
      ? closedAt ?? (status === 'resolved'
        ? now()
        : null)
      : null,
    closed_at: closedAt,
    satisfied: input.satisfied ?? null,
    solved: input.solved ?? null,
  }
}
