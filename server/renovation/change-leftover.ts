import type { Evidence } from '#contract/case.ts'
import type { LeftoverAction, LeftoverActionInput, LeftoverInput } from '#contract/renovation.ts'
import type { LeftoverRow } from '../../db/queries/zone-leftovers.ts'
import type { FieldFault } from '../wages/chain.ts'
import type { ZoneDone, ZoneWork } from './change-zone.ts'
import { randomUUID } from 'node:crypto'
import { findLeftover, writeLeftover } from '../../db/queries/zone-leftovers.ts'
import { attachToZone } from './attach-to-zone.ts'
import { leftoverTransitions, refusalOf, workedByAfter } from './leftover-actions.ts'

type Words = LeftoverInput['leftover']

export async function addLeftover({ tx, head, item, today }: ZoneWork, words: Words): Promise<ZoneDone> {
  if (words.dueOn < today) {
    return {
      faults: [
        { path: 'leftover.dueOn', message: `${words.dueOn} has passed already` },
      ],
    }
  }
  const row: LeftoverRow = {
    id: randomUUID(),
    zone: item.id,
    ...words,
    state: 'open',
    openedOn: today,
    evidence: null,
    workedBy: [],
    proposedBy: null,
    proposedAt: null,
    checkedBy: null,
    closedAt: null,
  }
  await writeLeftover(tx, head, row)
  return {
    part: 'leftover.add',
    before: null,
    after: { id: row.id, ...words },
  }
}

export async function editLeftover({ tx, head }: ZoneWork, id: string, words: Words): Promise<ZoneDone> {
  const row = await findLeftover(tx, head, id)
  if (!row)
    return { missing: 'leftover issue' }
  if (row.state === 'closed')
    return { obstacle: 'It is off the account; reopen it first.' }
  if (words.dueOn < row.openedOn) {
    return {
      faults: [
        { path: 'leftover.dueOn', message: `lies before the day on which it was found (${row.openedOn})` },
      ],
    }
  }
  await writeLeftover(tx, head, {
    ...row,
    ...words,
  })
  return {
    part: 'leftover.edit',
    before: wordsOf(row),
    after: { id, ...words },
  }
}

export async function actOnLeftover(work: ZoneWork, { id, action, input }: { id: string, action: LeftoverAction, input: Pick<LeftoverActionInput, 'evidence' | 'reason'> }): Promise<ZoneDone> {
  const { tx, head, item, at, by } = work
  const row = await findLeftover(tx, head, id)
  if (!row)
    return { missing: 'leftover issue' }
  const refusal = refusalOf(action, row, by)
  if (refusal !== null)
    return { obstacle: refusal }
  const faults = faultsOf(action, input)
  if (faults.length > 0)
    return { faults }
  const evidence = action === 'propose'
    ? input.evidence!
    : row.evidence
  if (action === 'propose') {
    const missing = await attachToZone(work, photosOf(evidence!))
    if (missing.length > 0) {
      return {
        faults: missing.map(upload => ({
          path: `evidence.${evidence!.findIndex(entry => entry.kind === 'photo' && entry.upload === upload)}`,
          message: `there is no upload ${upload} of yours`,
        })),
      }
    }
  }
  const after: LeftoverRow = {
    ...row,
    zone: item.id,
    state: leftoverTransitions[action].to,
    evidence,
    workedBy: workedByAfter(action, row.workedBy, by.id),
    ...action === 'propose' && { proposedBy: by.id, proposedAt: at },
    ...action === 'confirm' && { checkedBy: by.id, closedAt: at },
    ...action === 'reopen' && {
      proposedBy: null,
      proposedAt: null,
      checkedBy: null,
      closedAt: null,
    },
  }
  await writeLeftover(tx, head, after)
  return {
    part: `leftover.${action}`,
    before: { id, title: row.title, state: row.state },
    after: {
      id,
      title: row.title,
      state: after.state,
      ...input.reason !== undefined && { reason: input.reason },
      ...action === 'propose' && { evidence },
    },
  }
}

function faultsOf(action: LeftoverAction, { evidence, reason }: Pick<LeftoverActionInput, 'evidence' | 'reason'>): FieldFault[] {
  if (action === 'propose' && !evidence?.length) {
    return [
      { path: 'evidence', message: 'what proves that it is done must be given' },
    ]
  }
  return (action === 'send-back' || action === 'reopen') && reason === undefined
    ? [
        { path: 'reason', message: 'must be given' },
      ]
    : []
}

function photosOf(evidence: readonly Evidence[]): string[] {
  return evidence.flatMap(entry => entry.kind === 'photo'
    ? [entry.upload]
    : [])
}

function wordsOf({ id, title, owner, dueOn }: LeftoverRow) {
  return {
    id,
    title,
    owner,
    dueOn,
  }
}
