import type { CaseRate } from '#contract/figures.ts'
import type { RulesInForce } from '#contract/rules.ts'

/** 0.2 × 0.9 + 0.4 × 0.8 + 0.4 × 0.95; null where a rate that has a weight has no value: what is not known counts as nothing else. */
export function weightedRate(rates: readonly Pick<CaseRate, 'rate' | 'numerator' | 'denominator'>[], weights: NonNullable<RulesInForce['weights']>): number | null {
  let sum = 0
  for (const name of ['response', 'solved', 'satisfied'] as const) {
    const rate = rates.find(one => one.rate === name)
    if (weights[name] === 0)
      continue
    if (!rate || rate.denominator === 0)
      return null
    sum += weights[name] * rate.numerator / rate.denominator
  }
  return sum
}
