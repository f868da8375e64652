import type { LadderTerm } from '#contract/renovation.ts'

const source = '本系统默认，无统一规定：按本街道物业管理办法改'

/** Until when a step has to help. No rule for it was found; a subdistrict sets its own, with where it is written. */
export const defaultLadderTerms: LadderTerm[] = [
  { step: 'feedback', days: 7, source },
  { step: 'interview', days: 15, source },
  { step: 'rectify', days: 30, source },
]

export function ladderTermsInForce(set: readonly LadderTerm[]): LadderTerm[] {
  return defaultLadderTerms.map(term => set.find(other => other.step === term.step) ?? term)
}
