import type { WageWarning } from '#contract/places.ts'
import type { PartyRole } from '#contract/wages.ts'
import type { z } from 'zod'
import type { SqlOrTx, Tx } from '../connect.ts'

export interface KnownCompany {
  subdistrict: string
  id: string
  name: string
  /** its own id and those of other spellings */
  ids: string[]
  /** as they were written */
  otherSpellings: string[]
}

export interface ExposedSite {
  subdistrict: string
  worksite: string
  name: string
  community: string
  warning: z.infer<typeof WageWarning>
  owedYuan: number
  owedPeople: number
  owedSince: string | null
  dispute: boolean
}

export interface ExposedLink {
  id: string
  parent: string | null
  role: PartyRole
  companyId: string
  company: string
  contractNumber: string | null
  signedOn: string | null
  amountYuan: number | null
  qualified: boolean | null
  signerHash: string | null
}

/** Whose links: a company's under every spelling, or what one person signed. */
export type ExposedOne = Pick<KnownCompany, 'subdistrict' | 'ids'> | { signerHash: string }

/** Also asked by another spelling: what it was merged into answers. */
export async function findCompany(sql: SqlOrTx, id: string): Promise<KnownCompany | null> {
  const [row] = await sql<KnownCompany[]>`
    with known as (
      select own.subdistrict, coalesce(merge.into_company, own.id) as id
      from companies as own
      left join company_merges as merge on merge.subdistrict = own.subdistrict and merge.company = own.id and undone_at is null
      where own.id = ${id}
      limit 1
    ), other as (
      select other.id, other.name
      from known
      join company_merges as merge on merge.subdistrict = known.subdistrict and merge.into_company = known.id and undone_at is null
      join companies as other on other.subdistrict = merge.subdistrict and other.id = merge.company
    )
    select known.subdistrict, known.id, company.name,
      array(select known.id union all select other.id from other) as ids,
      array(select other.name from other order by name) as "otherSpellings"
    from known
    join companies as company on company.subdistrict = known.subdistrict and company.id = known.id`
  return row ?? null
}

/** The hash of who signed a link; null where nobody is on record. */
export async function signerOf(sql: SqlOrTx, { subdistrict, worksite }: Pick<ExposedSite, 'subdistrict' | 'worksite'>, party: string): Promise<{ signer: Buffer, signerHash: string } | null> {
  const [row] = await sql<{ signer: Buffer, signerHash: string }[]>`
    select signer, signer_hash as "signerHash"
    from worksite_parties
    where subdistrict = ${subdistrict} and id = ${`${worksite}/${party}`} and signer_hash is not null`
  return row ?? null
}

/** The sites that it has a link in, the largest debt first. `scope`: of sites that the asker may see. */
export async function sitesOf(sql: SqlOrTx, one: ExposedOne, scope: string | null): Promise<ExposedSite[]> {
  return await sql<ExposedSite[]>`
    select site.subdistrict, site.id as worksite, name, community, warning, owed_yuan as "owedYuan", owed_people as "owedPeople",
      owed_since as "owedSince", dispute
    from worksites as site
    join (select distinct subdistrict, worksite from worksite_parties where ${linksOf(sql, one)}) as own
      on own.subdistrict = site.subdistrict and own.worksite = site.id
    ${scope === null
      ? sql``
      : sql`where (community = ${scope} or starts_with(site.subdistrict, ${scope}))`}
    order by owed_yuan desc, name, site.id`
}

export type ExposedChain = Pick<ExposedSite, 'subdistrict' | 'worksite'> & { links: ExposedLink[] }

/**
 * The whole chain of each of these sites, in the order of its ledger. A chain as JSON is read three times as fast as its rows; looked up
 * site by site, as otherwise the planner reads the links of all sites.
 */
export async function chainsOfSites(sql: SqlOrTx, sites: readonly Pick<ExposedSite, 'subdistrict' | 'worksite'>[]): Promise<ExposedChain[]> {
  const chains = await sql<(Omit<ExposedChain, 'links'> & { links: Omit<ExposedLink, 'company'>[] })[]>`
    select site.subdistrict, site.worksite, links
    from unnest(${sites.map(({ subdistrict }) => subdistrict)}::text[], ${sites.map(({ worksite }) => worksite)}::text[]) as site (subdistrict, worksite)
    cross join lateral (
      select json_agg(json_build_object(
        'id', substr(id, length(worksite) + 2), 'parent', parent, 'role', role, 'companyId', company, 'contractNumber', contract_number,
        'signedOn', signed_on, 'amountYuan', amount_yuan, 'qualified', qualified, 'signerHash', signer_hash
      ) order by nr) as links
      from worksite_parties as party
      where party.subdistrict = site.subdistrict and party.worksite = site.worksite
    ) as chain`
  const known = await knownCompanies(sql, chains.flatMap(({ links }) => links.map(({ companyId }) => companyId)))
  return chains.map(({ links, ...chain }) => ({
    ...chain,
    links: links.map(link => ({
      ...link,
      ...known.get(link.companyId)!,
    })),
  }))
}

/** What each of these companies is known as after spellings were merged. */
async function knownCompanies(sql: SqlOrTx, ids: readonly string[]): Promise<Map<string, { companyId: string, company: string }>> {
  const rows = await sql<{ id: string, companyId: string, company: string }[]>`
    select own.id, coalesce(known.id, own.id) as "companyId", coalesce(known.name, own.name) as company
    from companies as own
    left join company_merges as merge on merge.subdistrict = own.subdistrict and merge.company = own.id and undone_at is null
    left join companies as known on known.subdistrict = merge.subdistrict and known.id = merge.into_company
    where own.id = any(${[
      ...new Set(ids),
    ]}::text[])`
  return new Map(rows.map(({ id, ...company }) => [id, company]))
}

/** Of each hash one of its sealed names. */
export async function signersOfHashes(sql: SqlOrTx, hashes: readonly string[]): Promise<Map<string, Buffer>> {
  const rows = await sql<{ hash: string, signer: Buffer }[]>`
    select hash, signer
    from unnest(${hashes}::text[]) as asked (hash)
    cross join lateral (select signer from worksite_parties where signer_hash = hash limit 1) as one`
  return new Map(rows.map(({ hash, signer }) => [hash, signer]))
}

export interface SignedFor { signerHash: string, companyId: string, company: string, worksites: string[] }

/** For which companies each of these persons signed, over all sites in `scope`. */
export async function companiesSignedFor(sql: SqlOrTx, hashes: readonly string[], scope: string | null): Promise<SignedFor[]> {
  return await sql<SignedFor[]>`
    select signer_hash as "signerHash", coalesce(known.id, own.id) as "companyId", coalesce(known.name, own.name) as company,
      array_agg(distinct party.worksite) as worksites
    from worksite_parties as party
    join worksites as site on site.subdistrict = party.subdistrict and site.id = party.worksite
    join companies as own on own.subdistrict = party.company_subdistrict and own.id = party.company
    left join company_merges as merge on merge.subdistrict = own.subdistrict and merge.company = own.id and undone_at is null
    left join companies as known on known.subdistrict = merge.subdistrict and known.id = merge.into_company
    where signer_hash = any(${hashes}::text[])
    ${scope === null
      ? sql``
      : sql`and (site.community = ${scope} or starts_with(site.subdistrict, ${scope}))`}
    group by 1, 2, 3
    order by company`
}

export interface UnhashedSigner { subdistrict: string, id: string, signer: Buffer }

export async function unhashedSigners(tx: Tx): Promise<UnhashedSigner[]> {
  return await tx<UnhashedSigner[]>`
    select subdistrict, id, signer
    from worksite_parties
    where signer is not null and signer_hash is null
    for update`
}

export async function putSignerHashes(tx: Tx, rows: readonly { subdistrict: string, id: string, hash: string }[]): Promise<void> {
  await tx`
    update worksite_parties as party
    set signer_hash = row.hash
    from unnest(${rows.map(({ subdistrict }) => subdistrict)}::text[], ${rows.map(({ id }) => id)}::text[], ${rows.map(({ hash }) => hash)}::text[]) as row (subdistrict, id, hash)
    where party.subdistrict = row.subdistrict and party.id = row.id`
}

function linksOf(sql: SqlOrTx, one: ExposedOne) {
  return 'ids' in one
    ? sql`company_subdistrict = ${one.subdistrict} and company = any(${one.ids}::text[])`
    : sql`signer_hash = ${one.signerHash}`
}
