import type { InstitutionName, WageLedger } from '#contract/wages.ts'
import type { SqlOrTx } from '../../db/connect.ts'
import type { LedgerHead } from '../../db/queries/wage-ledger.ts'
import type { PersonalData } from '../privacy/personal-data.ts'
import { InstitutionName as Institutions } from '#contract/wages.ts'
import { readInstitutions, readMonths, readParties } from '../../db/queries/wage-ledger.ts'
import { readWageRules } from '../../db/queries/wage-rules.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { signsOf } from './chain-signs.ts'
import { findWarnings, worstOf } from './find-warnings.ts'
import { surnameOf } from './mask-signer.ts'
import { obligationsOf } from './obligations.ts'
import { owedOf } from './owed.ts'
import { rulesInForce } from './warning-rules.ts'

export interface Reader { sql: SqlOrTx, personal: PersonalData, now: Date, masked: boolean }

/** The wages of one site with all that follows from them. `masked`: of who signed, the surname. */
export async function showLedger({ sql, personal, now, masked }: Reader, head: LedgerHead): Promise<WageLedger> {
  const today = textOfDay(chinaDayOf(now))
  const rows = await readParties(sql, head)
  const months = await readMonths(sql, head)
  const kept = new Map((await readInstitutions(sql, head)).map(entry => [entry.institution, entry]))
  const rules = rulesInForce(await readWageRules(sql, head.subdistrict))
  const parties = rows.map(({ knownId, signer, ...row }) => ({
    ...row,
    companyId: knownId,
    signer: signer && personal.open(signer),
  }))
  const owed = owedOf(months, today)
  const warnings = findWarnings(months, rules, today)
  return {
    worksite: head.worksite,
    name: head.name,
    version: head.version,
    asOf: now.toISOString(),
    personsMasked: masked,
    parties: parties.map(party => ({
      ...party,
      signer: masked
        ? surnameOf(party.signer)
        : party.signer,
    })),
    months,
    institutions: Institutions.options.map((institution: InstitutionName) => kept.get(institution) ?? {
      institution,
      state: 'unknown' as const,
      evidence: null,
      checkedOn: null,
    }),
    owed,
    warning: worstOf(warnings),
    warnings,
    rules,
    obligations: owed.yuan > 0
      ? obligationsOf(parties)
      : [],
    signs: signsOf(parties),
  }
}
