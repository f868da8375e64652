import type { CaseAction, CaseActionInput, CaseFeature } from '#contract/case.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { Tx } from '../../db/connect.ts'
import type { LockedCase } from '../../db/queries/case-states.ts'
import type { Claim } from '../../db/queries/idempotency.ts'
import type { CasePatch } from '../../db/queries/write-cases.ts'
import type { PlacedDraft } from './append-by-subdistrict.ts'
import type { CaseChanged } from '../dispatch/follow-case.ts'
import type { CaseContextWithSql } from './case-context.ts'
import type { Actor, CaseState } from './case-state.ts'
import type { Refusal } from './decide.ts'
import { teachAlias } from '../../db/queries/addresses.ts'
import { changesSince, countMerged, insertStep, lockCase, moveMergedCases } from '../../db/queries/case-states.ts'
import { caseFeature } from '../../db/queries/cases.ts'
import { claimKeys, storeAnswers } from '../../db/queries/idempotency.ts'
import { officerExists } from '../../db/queries/officers.ts'
import { attachUploads } from '../../db/queries/uploads.ts'
import { patchCase } from '../../db/queries/write-cases.ts'
import { followCase } from '../dispatch/follow-case.ts'
import { aliasToTeach } from '../places/address/worth-teaching.ts'
import { appendBySubdistrict } from './append-by-subdistrict.ts'
import { changeEvent } from './change-event.ts'
import { decide } from './decide.ts'
import { placeCase, regionsOf } from './place-case.ts'

export interface CaseActionRequest {
  id: string
  action: CaseAction
  input: CaseActionInput
  actor: Actor
  claim?: Claim | undefined
  /** What else is written with it; else an open assignment of the case follows it. Its events come after the case's. */
  alongside?: ((tx: Tx, changed: CaseChanged) => Promise<PlacedDraft[]>) | undefined
}

export interface CaseHistoryEntry { at: string, type: string, set: Record<string, unknown> }

/** stale: the case is no longer the one that the sender saw; `changes` tells what happened since. */
export type Acted
  = | { done: CaseFeature }
    | { refused: Refusal }
    | { notFound: true }
    | { keyReused: true }
    | { stale: CaseFeature, changes: CaseHistoryEntry[] }

/** Does one thing to one case, with its step and its event, or says why not and changes nothing. */
export async function actOnCase(context: CaseContextWithSql, request: CaseActionRequest): Promise<Acted> {
  const acted = await context.sql.begin(async (tx): Promise<Acted> => {
    const [outcome] = await claimKeys(tx, request.claim
      ? [request.claim]
      : [])
    if (outcome && !outcome.claimed) {
      return outcome.hash === request.claim!.hash
        ? outcome.answer as Acted
        : { keyReused: true }
    }
    const acted = await act(tx, context, request)
    // A refusal is remembered too: sent again, the same request must not succeed behind the sender's back.
    if (request.claim) {
      await storeAnswers(tx, [
        {
          claim: request.claim,
          status: 'done' in acted
            ? 200
            : 409,
          response: acted,
        },
      ])
    }
    return acted
  })
  return acted as Acted
}

/** The same within a transaction of the caller's; its events are appended here, so call it last. */
export async function act(tx: Tx, context: CaseContextWithSql, { id, action, input, actor, alongside = followCase }: CaseActionRequest): Promise<Acted> {
  const now = context.now()
  const { locked, other } = await lockCase(tx, id, input.into)
  if (!locked)
    return { notFound: true }
  if (input.version !== undefined && input.version !== locked.version) {
    return {
      stale: caseFeature(locked),
      changes: (await changesSince(tx, id, input.version)).map(change => ({
        ...change,
        at: change.at.toISOString(),
      })),
    }
  }

  const decision = decide(stateOf(locked), action, input, {
    actor,
    regions: regionsOf(locked),
    now,
    rules: context.rules,
    calendar: context.calendar,
    target: input.into === undefined || !other
      ? null
      : { status: other.status, self: other.id === id },
  })
  if ('refused' in decision)
    return decision

  if (action === 'dispatch' && !await officerExists(tx, input.assignee!)) {
    return {
      refused: {
        reason: 'missing',
        errors: [
          { path: 'assignee', message: 'there is no such officer' },
        ],
      },
    }
  }
  const place = action === 'locate'
    ? placePatch(input, context)
    : {}
  if (place.location === null) {
    return {
      refused: {
        reason: 'missing',
        errors: [
          { path: 'location', message: 'lies outside every known subdistrict' },
        ],
      },
    }
  }

  const { transition, set } = decision.ok
  const patch: CasePatch = {
    ...columnsOf(set),
    ...place,
  }
  const missing = await attachPhotos(tx, input, {
    subdistrict: place.subdistrict ?? locked.subdistrict,
    caseId: id,
    purpose: 'evidence',
    uploadedBy: actor.account ?? actor.id,
  })
  if (missing.length > 0) {
    return {
      refused: { reason: 'missing', errors: missing },
    }
  }
  const after = await patchCase(tx, id, patch)
  if (place.location) {
    await teach(tx, {
      said: locked.address ?? input.address,
      subdistrict: after.subdistrict,
      id,
      location: place.location,
      actor,
    })
  }
  const moved = transition.action === 'merge'
    ? await moveMergedCases(tx, id, input.into!)
    : []
  // How many answer to a case is written beside it: one pin shows it.
  const heads = set.mergedInto === undefined
    ? []
    : await countMerged(tx, [id, locked.merged_into, set.mergedInto].filter(head => head !== null))
  const recounted = heads.find(head => head.id === id)
  const events: PlacedDraft[] = [
    changeEvent(transition.event, locked, caseFeature(recounted ?? after), after.subdistrict, [
      ...Object.keys(patch),
      ...recounted
        ? ['merged_count']
        : [],
    ]),
    ...moved.map(row => changeEvent('case.merged', row, caseFeature(row), row.subdistrict, ['merged_into'])),
    ...heads.filter(head => head.id !== id).map(row => changeEvent('case.gathered', row, caseFeature(row), row.subdistrict, ['merged_count'])),
    ...await alongside(tx, {
      action,
      before: locked,
      after,
      resolvedBy: set.resolvedBy ?? locked.resolved_by,
      actor,
      now,
      reason: input.reason ?? null,
    }),
  ]
  const { from: seq } = await appendBySubdistrict(tx, events)
  await insertStep(tx, {
    subdistrict: after.subdistrict,
    case_id: id,
    seq,
    at: now,
    action,
    outcome: transition.outcome ?? null,
    actor: actor.id,
    from_status: locked.status,
    to_status: after.status,
    reason: input.reason ?? null,
    evidence: input.evidence ?? null,
    plan_date: input.planDate ?? null,
    satisfied: input.satisfied ?? null,
    solved: input.solved ?? null,
    due_at: set.dueAt === undefined
      ? locked.due_at
      : set.dueAt,
  })
  return {
    done: caseFeature(recounted ?? after),
  }
}

/** What the caller said of the place is a name for it from now on; the next one who says so is found. */
async function teach(tx: Tx, { said, subdistrict, id, location, actor }: { said: string | undefined, subdistrict: string, id: string, location: LngLat, actor: Actor }): Promise<void> {
  const alias = said && aliasToTeach(said)
  if (!alias)
    return
  await teachAlias(tx, {
    subdistrict,
    case_id: id,
    alias,
    said,
    location,
    taught_by: actor.account ?? actor.id,
  })
}

/** Photos of the evidence become part of the case; those that are not there, or belong to another one, are named. */
async function attachPhotos(tx: Tx, { evidence }: CaseActionInput, to: Parameters<typeof attachUploads>[2]): Promise<{ path: string, message: string }[]> {
  const photos = (evidence ?? []).flatMap((item, index) => item.kind === 'photo'
    ? [
        { index, id: item.upload },
      ]
    : [])
  if (photos.length === 0)
    return []
  const { missing } = await attachUploads(tx, photos.map(({ id }) => id), to)
  return photos.filter(({ id }) => missing.includes(id)).map(({ index }) => ({
    path: `evidence.${index}.upload`,
    message: 'there is no such upload of yours that is still free',
  }))
}

/** A row as the rules look at it. */
export function stateOf(row: LockedCase): CaseState {
  return {
    status: row.status,
    term: row.term,
    dueAt: row.due_at,
    clockPausedAt: row.clock_paused_at,
    dueBeforePause: row.due_before_pause,
    closedAt: row.closed_at,
    assignee: row.assignee,
    supervised: row.supervised,
    satisfied: row.satisfied,
    calledBackAt: row.called_back_at,
    dissatisfiedInRow: row.dissatisfied_in_row,
    mergedInto: row.merged_into,
    returnRuled: row.return_ruled,
    resolvedBy: row.resolved_by,
    resolvedAt: row.resolved_at,
    contactedAt: row.contacted_at,
    solved: row.solved,
    closeProposedBy: row.close_proposed_by,
    promised: row.promised,
    dueMissingYear: row.due_missing_year,
    warnAt: row.warn_at,
    card: row.card,
    planDate: row.plan_date,
    reviewAt: row.review_at,
    headStatus: row.head_status,
    complainantsToCall: row.complainants_to_call,
  }
}

function columnsOf(set: Partial<CaseState>): CasePatch {
  const columns: CasePatch = {
    status: set.status,
    due_at: set.dueAt,
    clock_paused_at: set.clockPausedAt,
    due_before_pause: set.dueBeforePause,
    closed_at: set.closedAt,
    assignee: set.assignee,
    supervised: set.supervised,
    satisfied: set.satisfied,
    called_back_at: set.calledBackAt,
    dissatisfied_in_row: set.dissatisfiedInRow,
    merged_into: set.mergedInto,
    return_ruled: set.returnRuled,
    resolved_by: set.resolvedBy,
    resolved_at: set.resolvedAt,
    contacted_at: set.contactedAt,
    solved: set.solved,
    close_proposed_by: set.closeProposedBy,
    promised: set.promised,
    due_missing_year: set.dueMissingYear,
    warn_at: set.warnAt,
    card: set.card,
    plan_date: set.planDate,
    review_at: set.reviewAt,
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

/** Placed by hand: the pin moves, what the source once said stays beside it. */
function placePatch(input: CaseActionInput, { places }: CaseContextWithSql): CasePatch {
  const { subdistrict, location, community, grid, compound, building, zone, worksite } = placeCase(input.location, places)
  return {
    subdistrict,
    location,
    located_by: 'hand',
    location_confidence: null,
    community,
    grid,
    compound,
    building,
    zone,
    worksite,
    ...(input.address !== undefined && { address: input.address }),
  }
}
