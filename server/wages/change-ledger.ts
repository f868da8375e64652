import type { Institution, PartyInput, WageMonth } from '#contract/wages.ts'
import type { Sql, Tx } from '../../db/connect.ts'
import type { LedgerHead } from '../../db/queries/wage-ledger.ts'
import type { PersonalData } from '../privacy/personal-data.ts'
import type { FieldFault } from './chain.ts'
import { randomUUID } from 'node:crypto'
import { companiesOf } from '../../db/queries/companies.ts'
import { lockWorksites } from '../../db/queries/import/worksites.ts'
import { findLedger, putInstitutions, raiseLedgerVersion, replaceMonths, replaceParties } from '../../db/queries/wage-ledger.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { faultsOfChain } from './chain.ts'
import { spellingOf } from './company-spelling.ts'
import { faultsOfInstitutions } from './institution-faults.ts'
import { faultsOfMonths } from './month-faults.ts'
import { settleWorksites } from './settle-worksite.ts'

export interface LedgerWriter { sql: Sql, personal: PersonalData, now: () => Date }

export type LedgerPart
  = { parties: readonly PartyInput[] }
    | { months: readonly WageMonth[] }
    | { institutions: readonly Institution[] }

export type ChangedLedger = { changed: LedgerHead } | { notFound: true } | { stale: LedgerHead } | { faults: FieldFault[] }

/**
 * Replaces one part of a site's ledger, whole or not at all, and lets the map follow in the same transaction. `version` is that
 * which the writer has read: what somebody else changed since is not overwritten.
 */
export async function changeLedger({ sql, personal, now }: LedgerWriter, { worksite, scope, version, part }: { worksite: string, scope: string | null, version: number, part: LedgerPart }): Promise<ChangedLedger> {
  const at = now()
  const faults = faultsOf(part, textOfDay(chinaDayOf(at)))
  const changed = await sql.begin(async (tx): Promise<ChangedLedger> => {
    await lockWorksites(tx, [worksite])
    const head = await findLedger(tx, worksite, scope)
    if (!head)
      return { notFound: true }
    if (head.version !== version)
      return { stale: head }
    if (faults.length > 0)
      return { faults }
    await write(tx, head, part, personal)
    await raiseLedgerVersion(tx, head)
    await appendBySubdistrict(tx, await settleWorksites(tx, [worksite], at, true))
    return {
      changed: { ...head, version: version + 1 },
    }
  })
  return changed as ChangedLedger
}

function faultsOf(part: LedgerPart, today: string): FieldFault[] {
  if ('parties' in part)
    return faultsOfChain(part.parties, today)
  return 'months' in part
    ? faultsOfMonths(part.months, today)
    : faultsOfInstitutions(part.institutions, today)
}

async function write(tx: Tx, head: LedgerHead, part: LedgerPart, personal: PersonalData): Promise<void> {
  if ('months' in part)
    return await replaceMonths(tx, head, part.months)
  if ('institutions' in part)
    return await putInstitutions(tx, head, part.institutions)
  const named = new Map(part.parties.map(({ company }) => [
    spellingOf(company),
    company,
  ]))
  const ids = await companiesOf(tx, head.subdistrict, [...named].map(([spelling, name]) => ({
    id: randomUUID(),
    name,
    spelling,
  })))
  await replaceParties(tx, head, part.parties.map(({ company, signer, ...party }) => ({
    ...party,
    companyId: ids.get(spellingOf(company))!,
    companySubdistrict: head.subdistrict,
    signer: signer === null
      ? null
      : personal.seal(signer),
    signerHash: signer === null
      ? null
      : personal.nameHash(signer),
  })))
}
