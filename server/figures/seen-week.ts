import type { FrozenWeek } from '#contract/figures.ts'
import type { FrozenFigures } from '../../db/queries/frozen-weeks.ts'
import type { RateTally } from './case-rates.ts'
import { caseRates } from './case-rates.ts'

/** A frozen week as somebody sees it who is bound to one community: counted from its own rows. `community` null: all of it. */
export function seenWeek(
  { week, subdistrict, frozenAt, figures: { burnDownOf, ...figures } }: { week: string, subdistrict: string, frozenAt: Date, figures: FrozenFigures },
  community: string | null,
  tallies: readonly RateTally[],
): FrozenWeek {
  const about = {
    week,
    subdistrict,
    frozenAt: frozenAt.toISOString(),
  }
  if (community === null) {
    return {
      ...about,
      ...figures,
    }
  }
  return {
    ...about,
    rates: caseRates(tallies, {
      contactSource: figures.rates.find(({ rate }) => rate === 'response')!.source,
      ranking: figures.dissatisfied.ranked,
    }),
    dissatisfied: {
      ...figures.dissatisfied,
      communities: figures.dissatisfied.communities.filter(row => row.community === community),
    },
    burnDown: burnDownOf[community] ?? { ...figures.burnDown, openAtStart: 0, days: [] },
  }
}
