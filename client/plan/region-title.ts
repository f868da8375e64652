import type { CoverageRates } from '#contract/coverage.ts'

/** What lies in no community or grid is counted under a code that ends with a star. */
const isNowhere = (code: string) => code.endsWith('*')

/** The name of a community or grid, in the page's language where it is none. */
export function regionTitle(code: string | null, name: string, t: (key: string) => string): string {
  return code !== null && isNowhere(code)
    ? t('plan.noRegion')
    : name
}

/** Regions that have something to tell: what lies in none is left out once nothing does. */
export function isTold(code: string, { people, space, facilities }: CoverageRates): boolean {
  return !isNowhere(code) || people.denominator > 0 || space.numerator > 0 || facilities.numerator > 0
}
