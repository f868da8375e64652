import type { SiteSum, SiteSums, SumsBy } from '#contract/sums.ts'
import type { SqlOrTx } from '../../db/connect.ts'
import type { SummedSite } from '../../db/queries/overlay-sums.ts'
import { sitesToSum } from '../../db/queries/overlay-sums.ts'
import { regionOfSum } from './region-of.ts'

/** Worksites of the scope added up by region. */
export async function siteSums(sql: SqlOrTx, { scope, by, now }: { scope: string | null, by: SumsBy, now: Date }): Promise<SiteSums> {
  const sites = await sitesToSum(sql, scope)
  const regionOf = await regionOfSum(sql, by)
  return {
    asOf: now.toISOString(),
    by,
    total: sumSites(sites),
    rows: [
      ...Map.groupBy(sites, regionOf),
    ].map(([region, members]) => ({
      region,
      sums: sumSites(members),
    })).sort((a, b) => b.sums.owedYuan - a.sums.owedYuan || b.sums.sites - a.sums.sites || String(a.region).localeCompare(String(b.region))),
  }
}

/** Whoever is at work and was paid counts at sites that report both. */
export function sumSites(sites: readonly SummedSite[]): SiteSum {
  const reporting = sites.filter(({ workers, payees }) => workers !== null && payees !== null)
  const count = (is: (site: SummedSite) => boolean) => sites.filter(is).length
  return {
    sites: sites.length,
    owing: count(({ owedYuan }) => owedYuan > 0),
    owedYuan: Math.round(sites.reduce((sum, { owedYuan }) => sum + owedYuan, 0) * 100) / 100,
    owedPeople: sites.reduce((sum, { owedPeople }) => sum + owedPeople, 0),
    red: count(({ warning }) => warning === 'red'),
    yellow: count(({ warning }) => warning === 'yellow'),
    disputes: count(({ dispute }) => dispute),
    paid: reporting.reduce((sum, { payees }) => sum + payees!, 0),
    workers: reporting.reduce((sum, { workers }) => sum + workers!, 0),
  }
}
