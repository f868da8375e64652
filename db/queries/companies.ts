import type { Company } from '#contract/wages.ts'
import type { SqlOrTx, Tx } from '../connect.ts'

/** The ids of companies by spelling; those that nobody named before are added. */
export async function companiesOf(tx: Tx, subdistrict: string, named: readonly { id: string, name: string, spelling: string }[]): Promise<Map<string, string>> {
  if (named.length === 0)
    return new Map()
  await tx`
    insert into companies ${tx(named.map(company => ({ subdistrict, ...company })))}
    on conflict (subdistrict, spelling) do nothing`
  const rows = await tx<{ id: string, spelling: string }[]>`
    select id, spelling from companies
    where subdistrict = ${subdistrict} and spelling = any(${named.map(({ spelling }) => spelling)}::text[])`
  return new Map(rows.map(({ id, spelling }) => [spelling, id]))
}

/** With how many sites each is a party of; what was merged into another counts there too. `scope`: of sites that the asker may see. */
export async function listCompanies(sql: SqlOrTx, scope: string | null): Promise<Company[]> {
  return await sql<Company[]>`
    with known as (
      select own.subdistrict, own.id, own.name, merge.into_company
      from companies as own
      left join company_merges as merge on merge.subdistrict = own.subdistrict and merge.company = own.id and undone_at is null
    )
    select known.id, known.name, known.into_company as "mergedInto", count(distinct party.worksite)::integer as worksites
    from known
    join known as other on other.subdistrict = known.subdistrict and known.id in (other.id, other.into_company)
    join worksite_parties as party on party.company_subdistrict = other.subdistrict and party.company = other.id
    join worksites on worksites.subdistrict = party.subdistrict and worksites.id = party.worksite
    ${scope === null
      ? sql``
      : sql`where (worksites.community = ${scope} or starts_with(worksites.subdistrict, ${scope}))`}
    group by known.id, known.name, known.into_company
    order by worksites desc, known.name`
}

export interface CompanyRow { subdistrict: string, id: string, mergedInto: string | null, hasMerged: boolean }

/** Locked: of two who merge crosswise the second sees what the first did. */
export async function lockCompanies(tx: Tx, ids: readonly string[]): Promise<CompanyRow[]> {
  await tx`select id from companies where id = any(${ids}::text[]) order by id for update`
  return await tx<CompanyRow[]>`
    select subdistrict, id,
      (select into_company from company_merges as merge
        where merge.subdistrict = companies.subdistrict and company = companies.id and undone_at is null) as "mergedInto",
      exists (select from company_merges as merge
        where merge.subdistrict = companies.subdistrict and into_company = companies.id and undone_at is null) as "hasMerged"
    from companies
    where id = any(${ids}::text[])`
}

export async function insertMerge(tx: Tx, merge: { subdistrict: string, id: string, company: string, into_company: string, merged_by: string, merged_at: Date }): Promise<void> {
  await tx`insert into company_merges ${tx(merge)}`
}

/** Whether there was one in force. */
export async function undoMerge(tx: Tx, company: string, by: string, at: Date): Promise<boolean> {
  const rows = await tx`
    update company_merges
    set undone_by = ${by}, undone_at = ${at}
    where company = ${company} and undone_at is null
    returning id`
  return rows.length > 0
}

/** Sites in which the companies are parties: what depends on whose they are is told anew. */
export async function worksitesOfCompanies(sql: SqlOrTx, ids: readonly string[]): Promise<string[]> {
  const rows = await sql<{ worksite: string }[]>`
    select distinct worksite from worksite_parties where company = any(${ids}::text[]) order by worksite`
  return rows.map(({ worksite }) => worksite)
}
