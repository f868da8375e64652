import type { ImportChange } from '#contract/import.ts'
import type { Tx } from '../../db/connect.ts'
import type { KnownCase } from '../../db/queries/imported-cases.ts'
import type { CasePatch } from '../../db/queries/write-cases.ts'
import type { PlacedDraft } from './append-by-subdistrict.ts'
import type { CaseContext } from './case-context.ts'
import type { SealedContact } from './contact.ts'
import type { ImportedCase, UnnumberedCase } from './new-case.ts'
import { createHash } from 'node:crypto'
import { caseFeature } from '../../db/queries/cases.ts'
import { lockKnownCases } from '../../db/queries/imported-cases.ts'
import { insertCases, patchCase } from '../../db/queries/write-cases.ts'
import { changeEvent } from './change-event.ts'
import { contactPatch, sealContact } from './contact.ts'
import { describePatch } from './describe-patch.ts'
import { newCase } from './new-case.ts'
import { numberCases } from './number-cases.ts'

export interface UpsertedCases {
  created: number
  updated: number
  unchanged: number
  /** Cases of this batch, new or changed, that have no place. */
  unlocated: number
  /** For the caller to append, last in its transaction. */
  events: PlacedDraft[]
}

/**
 * Brings cases in line with the system that they came from; met again by `source` and `sourceRef`. What people did here
 * stays: a case placed by hand is not moved while its source still says the same, and the status is the source's only as
 * long as nobody has worked on the case.
 */
export async function upsertCases(tx: Tx, context: CaseContext, rows: ImportedCase[], onChange?: (change: ImportChange) => void): Promise<UpsertedCases> {
  // Of two rows with one number the later one counts.
  const latest = new Map(rows.map((row) => {
    const sourceRef = row.sourceRef ?? contentRef(row)
    return [
      refOf(row.source, sourceRef),
      { ...row, sourceRef },
    ]
  }))
  const wanted = [
    ...latest.values(),
  ]
  const known = new Map((await lockKnownCases(tx, wanted)).map(row => [
    refOf(row.source, row.source_ref),
    row,
  ]))

  const fresh: (UnnumberedCase & SealedContact)[] = []
  const result: UpsertedCases = {
    created: 0,
    updated: 0,
    unchanged: rows.length - wanted.length,
    unlocated: 0,
    events: [],
  }
  for (const row of wanted) {
    const before = known.get(refOf(row.source, row.sourceRef))
    const now = newCase(row, context)
    if (!before) {
      fresh.push({
        ...now,
        ...sealContact(row.contact, context.personal),
      })
      result.unlocated += Number(now.location === null)
      onChange?.({
        what: 'created',
        ref: row.sourceRef,
        id: null,
        content: now.content,
        fields: [],
      })
      continue
    }
    const patch = patchOf(before, now, row, context)
    if (Object.keys(patch).length === 0) {
      result.unchanged++
      continue
    }
    onChange?.({
      what: 'updated',
      ref: row.sourceRef,
      id: before.id,
      content: before.content,
      fields: describePatch(before, patch),
    })
    const after = await patchCase(tx, before.id, patch)
    result.updated++
    result.unlocated += Number(after.location === null)
    result.events.push(changeEvent('case.corrected', before, caseFeature(after), after.subdistrict, Object.keys(patch)))
  }
  const added = await numberCases(tx, fresh)
  await insertCases(tx, added.cases)
  result.created = fresh.length
  result.events.unshift(...added.events)
  return result
}

/** What the source says now and did not say before. */
function patchOf(before: KnownCase, now: UnnumberedCase, row: ImportedCase, { personal }: CaseContext): CasePatch {
  const patch: CasePatch = {}
  if (before.kind !== now.kind)
    Object.assign(patch, { kind: now.kind, topic: now.topic })
  if (before.content !== now.content)
    Object.assign(patch, { content: now.content, topic: now.topic })
  if (before.address !== now.address)
    patch.address = now.address
  // A deadline that was moved or stopped here is not the source's any more.
  const deadline = before.worked_on
    ? {}
    : {
        term: now.term,
        due_at: now.due_at,
        due_missing_year: now.due_missing_year,
        warn_at: now.warn_at,
        card: now.card,
      }
  if (row.reportedAt && before.reported_at.getTime() !== now.reported_at.getTime())
    Object.assign(patch, { reported_at: now.reported_at, ...deadline })
  if (before.urgency !== now.urgency)
    Object.assign(patch, { urgency: now.urgency, ...deadline })
  if (String(before.original_location) !== String(now.original_location) || before.original_datum !== now.original_datum) {
    const { subdistrict, location, original_location, original_datum, located_by, location_confidence, community, grid, compound, building, zone, worksite } = now
    Object.assign(patch, {
      subdistrict,
      location,
      original_location,
      original_datum,
      located_by,
      location_confidence,
      community,
      grid,
      compound,
      building,
      zone,
      worksite,
    })
  }
  if (!before.worked_on) {
    if (before.status !== now.status)
      Object.assign(patch, { status: now.status, card: now.card, resolved_at: now.resolved_at })
    if (before.closed_at?.getTime() !== now.closed_at?.getTime())
      Object.assign(patch, { closed_at: now.closed_at, resolved_at: now.resolved_at })
    if (before.satisfied !== now.satisfied)
      patch.satisfied = now.satisfied
    if (before.solved !== now.solved)
      patch.solved = now.solved
    if (before.assignee !== now.assignee)
      patch.assignee = now.assignee
  }
  return row.contact
    ? {
        ...patch,
        ...contactPatch(before, row.contact, personal),
      }
    : patch
}

/** A row without a number is the same row when it says the same. */
export function contentRef(row: ImportedCase): string {
  const said = [
    row.content,
    row.address,
    row.reportedAt,
    row.location?.lng,
    row.location?.lat,
  ]
  return `row:${createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 22)}`
}

function refOf(source: string, sourceRef: string): string {
  return `${source} ${sourceRef}`
}
