import type { Institution, PartyInput, PartyRole, WageMonth } from '#contract/wages.ts'
import type { SqlOrTx, Tx } from '../connect.ts'

export interface LedgerHead { subdistrict: string, worksite: string, name: string, version: number }

export interface PartyRow {
  id: string
  parent: string | null
  role: PartyRole
  company: string
  companyId: string
  /** the company that it was merged into, or itself */
  knownId: string
  knownAs: string
  contractNumber: string | null
  signedOn: string | null
  amountYuan: number | null
  qualified: boolean | null
  signer: Buffer | null
}

/** `scope`: the part that the asker may see. */
export async function findLedger(sql: SqlOrTx, worksite: string, scope: string | null): Promise<LedgerHead | null> {
  const [row] = await sql<LedgerHead[]>`
    select subdistrict, id as worksite, name, ledger_version as version
    from worksites
    where id = ${worksite} ${scope === null
      ? sql``
      : sql`and (community = ${scope} or starts_with(subdistrict, ${scope}))`}`
  return row ?? null
}

/** The next version; whoever waits for the same site goes on after this transaction. */
export async function raiseLedgerVersion(tx: Tx, { subdistrict, worksite }: LedgerHead): Promise<void> {
  await tx`
    update worksites
    set ledger_version = ledger_version + 1
    where subdistrict = ${subdistrict} and id = ${worksite}`
}

export async function readParties(sql: SqlOrTx, { subdistrict, worksite }: LedgerHead): Promise<PartyRow[]> {
  return await sql<PartyRow[]>`
    select substr(party.id, length(worksite) + 2) as id, parent, role, own.name as company, own.id as "companyId",
      coalesce(known.id, own.id) as "knownId", coalesce(known.name, own.name) as "knownAs", contract_number as "contractNumber",
      signed_on as "signedOn", amount_yuan as "amountYuan", qualified, signer
    from worksite_parties as party
    join companies as own on own.subdistrict = party.company_subdistrict and own.id = party.company
    left join company_merges as merge on merge.subdistrict = own.subdistrict and merge.company = own.id and undone_at is null
    left join companies as known on known.subdistrict = merge.subdistrict and known.id = merge.into_company
    where party.subdistrict = ${subdistrict} and worksite = ${worksite}
    order by nr`
}

export interface PartyWrite extends Omit<PartyInput, 'company' | 'signer'> { companyId: string, companySubdistrict: string, signer: Buffer | null, signerHash: string | null }

/** Instead of those that were there. A party's id is the site's own: the table's begins with the site. */
export async function replaceParties(tx: Tx, { subdistrict, worksite }: LedgerHead, parties: readonly PartyWrite[]): Promise<void> {
  await tx`delete from worksite_parties where subdistrict = ${subdistrict} and worksite = ${worksite}`
  if (parties.length === 0)
    return
  await tx`insert into worksite_parties ${tx(parties.map((party, nr) => ({
    subdistrict,
    id: `${worksite}/${party.id}`,
    worksite,
    parent: party.parent,
    nr,
    role: party.role,
    company: party.companyId,
    company_subdistrict: party.companySubdistrict,
    contract_number: party.contractNumber,
    signed_on: party.signedOn,
    amount_yuan: party.amountYuan,
    qualified: party.qualified,
    signer: party.signer,
    signer_hash: party.signerHash,
  })))}`
}

/** The newest first. */
export async function readMonths(sql: SqlOrTx, { subdistrict, worksite }: Pick<LedgerHead, 'subdistrict' | 'worksite'>): Promise<WageMonth[]> {
  return await sql<WageMonth[]>`
    select to_char(month, 'YYYY-MM') as month, attended, paid_people as "paidPeople", due_yuan as "dueYuan",
      paid_yuan as "paidYuan", paid_on as "paidOn"
    from worksite_months
    where subdistrict = ${subdistrict} and worksite = ${worksite}
    order by worksite_months.month desc`
}

export interface SiteKey { subdistrict: string, id: string }

/** What the ledgers of these sites say that the map shows: months, the newest first, and the first company of each role under its known name. */
export async function mapFactsOfSites(sql: SqlOrTx, sites: readonly SiteKey[]): Promise<{ months: WageMonth[], names: Partial<Record<PartyRole, string>> }[]> {
  return await sql<{ months: WageMonth[], names: Partial<Record<PartyRole, string>> }[]>`
    select coalesce(months, '[]') as months, coalesce(names, '{}') as names
    from unnest(${sites.map(({ subdistrict }) => subdistrict)}::text[], ${sites.map(({ id }) => id)}::text[]) with ordinality as site (subdistrict, id, nr)
    cross join lateral (
      select json_agg(json_build_object(
        'month', to_char(month, 'YYYY-MM'), 'attended', attended, 'paidPeople', paid_people, 'dueYuan', due_yuan, 'paidYuan', paid_yuan,
        'paidOn', paid_on) order by month desc) as months
      from worksite_months
      where worksite_months.subdistrict = site.subdistrict and worksite = site.id
    ) as ledger
    cross join lateral (
      select json_object_agg(role, name) as names
      from (
        select distinct on (role) role, coalesce(known.name, own.name) as name
        from worksite_parties as party
        join companies as own on own.subdistrict = party.company_subdistrict and own.id = party.company
        left join company_merges as merge on merge.subdistrict = own.subdistrict and merge.company = own.id and undone_at is null
        left join companies as known on known.subdistrict = merge.subdistrict and known.id = merge.into_company
        where party.subdistrict = site.subdistrict and worksite = site.id
        order by role, party.nr
      ) as first
    ) as chain
    order by site.nr`
}

export async function replaceMonths(tx: Tx, { subdistrict, worksite }: LedgerHead, months: readonly WageMonth[]): Promise<void> {
  await tx`delete from worksite_months where subdistrict = ${subdistrict} and worksite = ${worksite}`
  if (months.length === 0)
    return
  await tx`insert into worksite_months ${tx(months.map(({ month, attended, paidPeople, dueYuan, paidYuan, paidOn }) => ({
    subdistrict,
    worksite,
    month: `${month}-01`,
    attended,
    paid_people: paidPeople,
    due_yuan: dueYuan,
    paid_yuan: paidYuan,
    paid_on: paidOn,
  })))}`
}

export async function readInstitutions(sql: SqlOrTx, { subdistrict, worksite }: LedgerHead): Promise<Institution[]> {
  return await sql<Institution[]>`
    select institution, state, evidence, checked_on as "checkedOn"
    from worksite_institutions
    where subdistrict = ${subdistrict} and worksite = ${worksite}`
}

export async function putInstitutions(tx: Tx, { subdistrict, worksite }: LedgerHead, institutions: readonly Institution[]): Promise<void> {
  for (const { institution, state, evidence, checkedOn } of institutions) {
    await tx`
      insert into worksite_institutions (subdistrict, worksite, institution, state, evidence, checked_on)
      values (${subdistrict}, ${worksite}, ${institution}, ${state}, ${evidence}, ${checkedOn})
      on conflict (subdistrict, worksite, institution) do update
      set state = excluded.state, evidence = excluded.evidence, checked_on = excluded.checked_on`
  }
}

/** Ids of the sites whose months are known: whose warning is told from them. */
export async function worksitesWithMonths(sql: SqlOrTx): Promise<string[]> {
  const rows = await sql<{ worksite: string }[]>`select distinct worksite from worksite_months order by worksite`
  return rows.map(({ worksite }) => worksite)
}
