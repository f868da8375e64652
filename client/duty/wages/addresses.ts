/** Where the page shows a site, a company over all sites, or who signed a link over all sites. */
export function siteAddress(site: string): string {
  return `#/wages?site=${encodeURIComponent(site)}`
}

export function handlingAddress(site: string, handling: string): string {
  return `${siteAddress(site)}&handling=${encodeURIComponent(handling)}`
}

/** The site on the desk's map. */
export function mapAddress(site: string): string {
  return `#/worksite/${encodeURIComponent(site)}`
}

export const rosterAddress = '#/wages?view=visits'

/** A paper to print: the visits of these days. */
export function rosterPaperAddress(range: Record<string, string>): string {
  return `#/visit-roster?${new URLSearchParams(range)}`
}

/** A paper to print: the order that a step was. */
export function orderAddress(handling: string, step: number): string {
  return `#/wage-order?handling=${encodeURIComponent(handling)}&step=${step}`
}

export function companyAddress(company: string): string {
  return `#/wages?company=${encodeURIComponent(company)}`
}

export function signerAddress(site: string, party: string): string {
  return `${siteAddress(site)}&signer=${encodeURIComponent(party)}`
}

/** What the server is asked for at such an address; null where it names neither company nor person. */
export function exposurePathOf(hash: string): string | null {
  const query = new URLSearchParams(hash.split('?')[1] ?? '')
  const [company, site, signer] = ['company', 'site', 'signer'].map(name => query.get(name))
  if (company)
    return `/api/v1/companies/${encodeURIComponent(company)}/exposure`
  return site && signer
    ? `/api/v1/worksites/${encodeURIComponent(site)}/wages/parties/${encodeURIComponent(signer)}/signer`
    : null
}
