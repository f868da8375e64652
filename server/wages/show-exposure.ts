import type { Exposure } from '#contract/wages.ts'
import type { ExposedLink, ExposedOne, KnownCompany } from '../../db/queries/exposure.ts'
import type { Reader } from './show-ledger.ts'
import { chainsOfSites, companiesSignedFor, signersOfHashes, sitesOf } from '../../db/queries/exposure.ts'
import { besideOf, exposedSites, totalsOf } from './exposure.ts'
import { surnameOf } from './mask-signer.ts'

/** A company over all sites that the asker may see; null where it has none there. */
export async function exposureOfCompany(reader: Reader, company: KnownCompany, scope: string | null): Promise<Exposure | null> {
  return await exposureOf(reader, {
    one: company,
    scope,
    isOwn: ({ companyId }) => companyId === company.id,
    head: {
      company: { id: company.id, name: company.name, otherSpellings: company.otherSpellings },
      signer: null,
    },
  })
}

/** What one name has signed. That one name is one person, only an inquiry finds. */
export async function exposureOfSigner(reader: Reader, { signer, signerHash }: { signer: Buffer, signerHash: string }, scope: string | null): Promise<Exposure | null> {
  return await exposureOf(reader, {
    one: { signerHash },
    scope,
    isOwn: link => link.signerHash === signerHash,
    head: {
      company: null,
      signer: reader.personal.open(signer),
    },
  })
}

interface Asked {
  one: ExposedOne
  scope: string | null
  isOwn: (link: ExposedLink) => boolean
  head: Pick<Exposure, 'company' | 'signer'>
}

async function exposureOf({ sql, personal, now, masked }: Reader, { one, scope, isOwn, head }: Asked): Promise<Exposure | null> {
  const found = await sitesOf(sql, one, scope)
  if (found.length === 0)
    return null
  const chains = await chainsOfSites(sql, found)
  const own = chains.flatMap(({ links }) => links.filter(isOwn))
  // One name is opened once, however many links it signed.
  const hashes = [
    ...new Set(own.flatMap(({ signerHash }) => signerHash ?? [])),
  ]
  const names = new Map([
    ...await signersOfHashes(sql, hashes),
  ].map(([hash, signer]) => [
    hash,
    masked
      ? surnameOf(personal.open(signer))
      : personal.open(signer),
  ]))
  const signed = Map.groupBy(await companiesSignedFor(sql, hashes, scope), ({ signerHash }) => signerHash)
  const sites = exposedSites({
    sites: found,
    chains,
    isOwn,
    signerOf: ({ signerHash }) => names.get(signerHash ?? '') ?? null,
  })
  return {
    asOf: now.toISOString(),
    personsMasked: masked,
    ...head,
    totals: totalsOf(sites),
    sites,
    beside: besideOf(sites, new Set(own.map(({ companyId }) => companyId))),
    signers: [...signed].filter(([, companies]) => companies.length > 1).map(([hash, companies]) => ({
      signer: names.get(hash)!,
      companies: companies.map(({ signerHash: _, ...company }) => company),
    })),
  }
}
