import type { WorksiteRow } from '../../state/figures/wages.ts'

export const siteOrders = ['warning', 'amount', 'people', 'days'] as const
export type SiteOrder = typeof siteOrders[number]

const rank = { red: 0, yellow: 1, none: 2 }

/** The worst first; among equals the larger debt, then by name, so that the order stays. */
export function orderSites(rows: readonly WorksiteRow[], order: SiteOrder): WorksiteRow[] {
  const worth = ({ site, owedDays }: WorksiteRow) => ({
    warning: -rank[site.warning],
    amount: site.owedYuan,
    people: site.owedPeople,
    days: owedDays ?? -1,
  })[order]
  return [...rows].sort((a, b) => worth(b) - worth(a) || b.site.owedYuan - a.site.owedYuan || a.site.name.localeCompare(b.site.name))
}
