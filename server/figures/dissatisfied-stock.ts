import type { DissatisfiedStock } from '#contract/figures.ts'
import type { CaseRules } from '../cases/terms.ts'
import type { DissatisfiedHistory } from './stock-change.ts'
import { dissatisfiedInRowAt } from './stock-change.ts'

/** So many of a ranking's last come to the centre (现场办公). */
const calledIn = 5

/** The stock of 连续不满意 just before a moment, by community; communities without any are in it. */
export function dissatisfiedStock(
  histories: readonly DissatisfiedHistory[],
  communities: readonly { id: string, name: string }[],
  { at, rules: { consecutiveFrom, ranking } }: { at: Date, rules: Pick<CaseRules, 'consecutiveFrom' | 'ranking'> },
): DissatisfiedStock {
  const inStock = histories
    .map(({ id, key, ...rest }) => ({
      id,
      community: key,
      inRow: dissatisfiedInRowAt({ id, key, ...rest }, at.getTime()),
    }))
    .filter(({ inRow }) => inRow >= consecutiveFrom)
    .sort((a, b) => b.inRow - a.inRow || (a.id < b.id
      ? -1
      : 1))
  const rows = communities.map(({ id, name }) => {
    const own = inStock.filter(({ community }) => community === id)
    return {
      community: id,
      name,
      stock: own.length,
      cases: own.map(one => one.id),
      callBacks: own.reduce((sum, { inRow }) => sum + inRow, 0),
    }
  }).sort((a, b) => (ranking
    ? b.stock - a.stock || b.callBacks - a.callBacks
    : 0) || (a.community < b.community
    ? -1
    : 1))
  return {
    asOf: at.toISOString(),
    from: consecutiveFrom,
    ranked: ranking,
    communities: rows.map(({ callBacks: _, ...row }, index) => ({ ...row, lastFive: ranking && row.stock > 0 && index < calledIn })),
  }
}
