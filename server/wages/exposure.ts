import type { Exposure, ExposureLink, ExposureNeighbour, ExposureSite, ExposureTotals } from '#contract/wages.ts'
import type { ExposedChain, ExposedLink, ExposedSite } from '../../db/queries/exposure.ts'
import { ancestorsOf } from './chain.ts'
import { signsOf } from './chain-signs.ts'
import { obligationsOf } from './obligations.ts'

interface Looked {
  sites: readonly ExposedSite[]
  /** of these sites */
  chains: readonly ExposedChain[]
  isOwn: (link: ExposedLink) => boolean
  /** as the asker may read it */
  signerOf: (link: ExposedLink) => string | null
}

/** Each site with the links that are its own, what stands above and below them, and what of the debt it has to pay in which order. */
export function exposedSites({ sites, chains, isOwn, signerOf }: Looked): ExposureSite[] {
  const bySite = new Map(chains.map(chain => [
    siteKey(chain),
    chain.links,
  ]))
  return sites.map(({ subdistrict: _, ...site }, at) => {
    const chain = bySite.get(siteKey(sites[at]!)) ?? []
    const byId = new Map(chain.map(link => [link.id, link]))
    const below = Map.groupBy(chain, ({ parent }) => parent)
    const own = chain.filter(isOwn)
    const ids = new Set(own.map(({ id }) => id))
    const obligations = site.owedYuan > 0
      ? obligationsOf(chain)
      : []
    return {
      ...site,
      links: own.map((link): ExposureLink => {
        const above = ancestorsOf(link, byId)
        return {
          party: link.id,
          companyId: link.companyId,
          company: link.company,
          role: link.role,
          tier: above === 'cycle'
            ? 1
            : above.length + 1,
          above: above === 'cycle' || !above[0]
            ? null
            : neighbour(above[0]),
          below: (below.get(link.id) ?? []).map(neighbour),
          belowAll: countBelow(link.id, below),
          contractNumber: link.contractNumber,
          signedOn: link.signedOn,
          amountYuan: link.amountYuan,
          qualified: link.qualified,
          signer: signerOf(link),
        }
      }),
      obligations: obligations.flatMap(({ party, article, duty, because }, nr) => ids.has(party)
        ? [
            {
              nr: nr + 1,
              article,
              duty,
              because: because === null
                ? null
                : byId.get(because)!.company,
            },
          ]
        : []),
      signs: signsOf(chain.map(link => ({ ...link, signer: link.signerHash })))
        .filter(({ parties }) => parties.some(id => ids.has(id)))
        .map(({ sign, mayBe }) => ({ sign, mayBe })),
      companies: [
        ...Map.groupBy(chain, ({ companyId }) => companyId).values(),
      ].map(group => ({
        companyId: group[0]!.companyId,
        company: group[0]!.company,
        roles: [
          ...new Set(group.map(({ role }) => role)),
        ],
      })),
    }
  })
}

/** Months are told by site and not by link: a site's debt counts once, however many links it has there. */
export function totalsOf(sites: readonly ExposureSite[]): ExposureTotals {
  const sum = (of: (site: ExposureSite) => number) => sites.reduce((total, site) => total + of(site), 0)
  const isFirst = ({ obligations }: ExposureSite) => obligations.some(({ duty }) => duty !== 'employs')
  return {
    sites: sites.length,
    owing: sites.filter(({ owedYuan }) => owedYuan > 0).length,
    owedYuan: sum(({ owedYuan }) => owedYuan),
    owedPeople: sum(({ owedPeople }) => owedPeople),
    answersForYuan: sum(site => isFirst(site)
      ? site.owedYuan
      : 0),
    contractYuan: sum(({ links }) => links.reduce((total, { amountYuan }) => total + (amountYuan ?? 0), 0)),
    red: sites.filter(({ warning }) => warning === 'red').length,
    yellow: sites.filter(({ warning }) => warning === 'yellow').length,
  }
}

/** Who stands beside it on more than one site, the most common first. */
export function besideOf(sites: readonly ExposureSite[], ownIds: ReadonlySet<string>): Exposure['beside'] {
  const found = new Map<string, Exposure['beside'][number]>()
  for (const { worksite, companies } of sites) {
    for (const { companyId, company } of companies) {
      if (ownIds.has(companyId))
        continue
      const entry = found.get(companyId) ?? { companyId, company, worksites: [] }
      entry.worksites.push(worksite)
      found.set(companyId, entry)
    }
  }
  return [
    ...found.values(),
  ]
    .filter(({ worksites }) => worksites.length > 1)
    .sort((a, b) => b.worksites.length - a.worksites.length || (a.company < b.company
      ? -1
      : 1))
}

function neighbour({ id, companyId, company, role }: ExposedLink): ExposureNeighbour {
  return {
    party: id,
    companyId,
    company,
    role,
  }
}

/** Also of a chain that leads back to itself it ends. */
function countBelow(id: string, below: ReadonlyMap<string | null, ExposedLink[]>): number {
  const seen = new Set([id])
  for (const above of seen)
    below.get(above)?.forEach(link => seen.add(link.id))
  return seen.size - 1
}

function siteKey({ subdistrict, worksite }: Pick<ExposedSite, 'subdistrict' | 'worksite'>): string {
  return `${subdistrict}/${worksite}`
}
