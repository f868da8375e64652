import type { CaseRates, RateName } from '#contract/figures.ts'

const none = { numerator: 0, denominator: 0 }
const noStock = {
  atStart: 0,
  entered: 0,
  left: 0,
  atEnd: 0,
}

/** One row a group with all its rates, in the order of one of them as the server tells it; who has no part in that comes last. */
export function groupRows({ rates, dissatisfied }: CaseRates, order: RateName | 'stock') {
  const first = order === 'stock'
    ? dissatisfied.groups
    : rates.find(({ rate }) => rate === order)?.groups ?? []
  const keys = new Set([
    ...first,
    ...rates.flatMap(({ groups }) => groups),
    ...dissatisfied.groups,
  ].map(({ key }) => key))
  return [...keys].map(key => ({
    key,
    cells: rates.map(({ rate, groups }) => ({
      rate,
      ...groups.find(group => group.key === key) ?? none,
    })),
    stock: dissatisfied.groups.find(group => group.key === key) ?? noStock,
  }))
}
