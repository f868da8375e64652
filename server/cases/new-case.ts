import type { CaseInput, CaseStatus } from '#contract/case.ts'
import type { NewCase } from '../../db/queries/write-cases.ts'
import type { CaseContext } from './case-context.ts'
import assert from 'node:assert/strict'
import { deadlineOf } from './deadline.ts'
import { placeCase } from './place-case.ts'
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
  assignee?: string | undefined
}

/** A case that has no number yet. */
export type UnnumberedCase = Omit<NewCase, 'id'>

/** Located, classified, given a deadline, its contact sealed. */
export function newCase(input: ImportedCase, { places, personal, rules, calendar, now }: CaseContext): UnnumberedCase {
  const place = placeCase(input.location, places)
  const reportedAt = input.reportedAt
    ? new Date(input.reportedAt)
    : now()
  const term = termClass(rules, rules.termOfUrgency[input.urgency])
  assert(term, `rules: the term class of ${input.urgency} is not among the terms`)
  const due = deadlineOf(term, reportedAt, calendar)
  const { name, phone } = input.contact ?? {}
  return {
    subdistrict: place.subdistrict,
    source_ref: input.sourceRef ?? null,
    kind: input.kind,
    source: input.source,
    status: input.status ?? 'registered',
    urgency: input.urgency,
    topic: topicOf(input.kind, input.content),
    content: input.content,
    address: input.address || null,
    location: place.location,
    original_location: place.originalLocation,
    original_datum: place.originalDatum,
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
    due_at: 'answer' in due
      ? due.answer
      : null,
    closed_at: input.closedAt
      ? new Date(input.closedAt)
      : null,
    satisfied: input.satisfied ?? null,
    contact_name: name
      ? personal.seal(name)
      : null,
    contact_phone: phone
      ? personal.seal(phone)
      : null,
    contact_phone_hash: phone
      ? personal.phoneHash(phone)
      : null,
  }
}
