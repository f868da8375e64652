import type { CaseRate, ExclusionReason } from '#contract/figures.ts'
import { RateName } from '#contract/figures.ts'

/** So many rows of one rate and group with one verdict. hit counts in both parts, miss in the denominator only. */
export interface RateTally {
  rate: RateName
  key: string | null
  verdict: 'hit' | 'miss' | ExclusionReason
  count: number
}

/** Where each rate's definition comes from; the first one's is configuration (server/cases/terms.ts). */
const sources: Record<Exclude<RateName, 'response'>, string> = {
  solved: '回访认定已解决 / 有效回访；口径无公开规定',
  satisfied: '回访满意 / 有效回访；口径无公开规定',
  done: '已办结 / 应办结，逾期未结计入应办结（天门 2016 年 12 月通报口径）',
  inTime: '按期办结 / 应办结，逾期未结计入应办结（天门 2016 年 12 月通报口径）',
}

/** Without a ranking groups come by their code, and what has none last. */
export function byKey(a: { key: string | null }, b: { key: string | null }): number {
  return (a.key ?? '~') < (b.key ?? '~')
    ? -1
    : 1
}

/** All five rates, also those without a row. A rate without denominator has no value: that is for whoever shows it. */
export function caseRates(tallies: readonly RateTally[], { contactSource, ranking }: { contactSource: string, ranking: boolean }): CaseRate[] {
  return RateName.options.map((rate) => {
    const own = tallies.filter(tally => tally.rate === rate)
    const groups = Map.groupBy(own, ({ key }) => key)
    return {
      rate,
      ...partsOf(own),
      groups: [...groups].map(([key, rows]) => ({
        key,
        ...partsOf(rows),
      })).sort(ranking
        ? byDrag
        : byKey),
      source: rate === 'response'
        ? contactSource
        : sources[rate],
    }
  })
}

type Parts = Pick<CaseRate, 'numerator' | 'denominator' | 'excluded'>

function partsOf(tallies: readonly RateTally[]): Parts {
  let numerator = 0
  let denominator = 0
  const excluded = new Map<ExclusionReason, number>()
  for (const { verdict, count } of tallies) {
    if (verdict === 'hit')
      numerator += count
    if (verdict === 'hit' || verdict === 'miss')
      denominator += count
    else
      excluded.set(verdict, (excluded.get(verdict) ?? 0) + count)
  }
  return {
    numerator,
    denominator,
    excluded: [...excluded].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count || (a.reason < b.reason
      ? -1
      : 1)),
  }
}

/** 1 of 2 missed lowers the whole less than 30 of 300: what counts is how many are missing. Of two equals the worse rate first. */
function byDrag(a: Parts & { key: string | null }, b: Parts & { key: string | null }): number {
  const missing = (parts: Parts) => parts.denominator - parts.numerator
  return missing(b) - missing(a)
    || a.denominator - b.denominator
    || ((a.key ?? '') < (b.key ?? '')
      ? -1
      : 1)
}
