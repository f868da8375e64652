import type { CaseRates, FrozenWeek } from '#contract/figures.ts'
import { sundayOf } from './use-frozen.ts'

/** A frozen week in the shape of live figures. Of the stock only what it was at the week's end is kept. */
export function frozenFigures({ week, frozenAt, rates, dissatisfied }: FrozenWeek): CaseRates {
  const all = dissatisfied.communities.reduce((sum, { stock }) => sum + stock, 0)
  const still = (stock: number) => ({
    atStart: stock,
    entered: 0,
    left: 0,
    atEnd: stock,
  })
  return {
    asOf: frozenAt,
    from: week,
    to: sundayOf(week),
    by: 'community',
    rates,
    dissatisfied: {
      from: dissatisfied.from,
      ...still(all),
      groups: dissatisfied.communities.filter(({ stock }) => stock > 0).map(({ community, stock }) => ({
        key: community,
        ...still(stock),
      })),
    },
  }
}
