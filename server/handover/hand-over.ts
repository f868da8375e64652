import type { Handover, HandoverNote } from '#contract/handover.ts'
import type { Sql, Tx } from '../../db/connect.ts'
import { casesOfIds } from '../../db/queries/cases.ts'
import { appendEvents } from '../../db/queries/events.ts'
import { endNote, findHandover, handoverFeature, insertHandover, insertNote, readOpenWork, takeHandover, withdrawHandover } from '../../db/queries/handover.ts'

export type By = HandoverNote['by']
export type HandoverRefusal = 'not-found' | 'no-case' | 'pending' | 'own' | 'taken' | 'not-own'

/** The desk is the centre's, not one subdistrict's. */
const nowhere = ''

export async function addNote(sql: Sql, { said, caseId, by, at }: { said: string, caseId: string | null, by: By, at: Date }): Promise<HandoverNote | 'no-case'> {
  return await sql.begin(async (tx) => {
    if (caseId !== null && !(await casesOfIds(tx, [caseId])).has(caseId))
      return 'no-case'
    const note = await insertNote(tx, { said, caseId, by, at })
    await tell(tx, 'noted', note)
    return note
  })
}

export async function settleNote(sql: Sql, id: string, by: By, at: Date): Promise<boolean> {
  return await sql.begin(async (tx) => {
    const done = await endNote(tx, id, by, at)
    if (done)
      await forget(tx, 'settled', id)
    return done
  })
}

/** 交班: from now on the shift waits for the next officer; until then it stays with whoever hands it over. */
export async function offerShift(sql: Sql, { remark, by, at }: { remark: string | null, by: By, at: Date }): Promise<Handover | 'pending'> {
  return await sql.begin(async (tx) => {
    const handover = await insertHandover(tx, { remark, by, at })
    if (!handover)
      return 'pending'
    await tell(tx, 'offered', handover)
    return handover
  })
}

/** 接班: what is open at this very moment is written down as taken over. Nobody takes over from himself. */
export async function takeShift(sql: Sql, id: string, by: By, at: Date): Promise<Handover | HandoverRefusal> {
  return await sql.begin(async (tx) => {
    const handover = await findHandover(tx, id)
    if (!handover)
      return 'not-found'
    if (handover.by.id === by.id)
      return 'own'
    const taken = await takeHandover(tx, id, { by, at, taken: await readOpenWork(tx, at) })
    if (!taken)
      return 'taken'
    await tell(tx, 'taken', taken)
    return taken
  })
}

/** Who handed over goes on himself. */
export async function withdrawShift(sql: Sql, id: string, by: By): Promise<true | HandoverRefusal> {
  return await sql.begin(async (tx) => {
    const handover = await findHandover(tx, id)
    if (!handover)
      return 'not-found'
    if (handover.by.id !== by.id)
      return 'not-own'
    if (!await withdrawHandover(tx, id))
      return 'taken'
    await forget(tx, 'withdrawn', id)
    return true
  })
}

async function tell(tx: Tx, verb: 'noted' | 'offered' | 'taken', item: HandoverNote | Handover): Promise<void> {
  await appendEvents(tx, nowhere, [
    {
      type: `handover.${verb}`,
      id: item.id,
      feature: handoverFeature(item),
    },
  ])
}

async function forget(tx: Tx, verb: 'settled' | 'withdrawn', id: string): Promise<void> {
  await appendEvents(tx, nowhere, [
    { type: `handover.${verb}`, id, gone: true },
  ])
}
