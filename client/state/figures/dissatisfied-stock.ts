import type { Feature } from '#contract/geometry.ts'
import type { Region } from '#contract/places.ts'
import { stageOfStatus } from '#contract/case.ts'
import { caseOf } from './case-times.ts'

/** How many of a ranking's last are called to the centre (现场办公). */
export const calledIn = 5

export interface StockRow {
  community: string
  name: string
  /** Cases in the stock. */
  stock: number
  /** Dissatisfied call-backs that these cases have behind them: of two equal stocks the one with more of them comes later. */
  callBacks: number
  /** From 1; who is equal in both shares a rank. */
  rank: number
  /** Among the last that are called to the centre; never with an empty stock. */
  last: boolean
}

/** Open cases with at least `consecutiveFrom` dissatisfied call-backs in a row, by community, the smallest stock first. Communities without any are in it. */
export function dissatisfiedStock(cases: Iterable<Feature>, communities: readonly Region[], consecutiveFrom: number): StockRow[] {
  const counted = new Map(communities.map(({ id, name }) => [
    id,
    {
      community: id,
      name,
      stock: 0,
      callBacks: 0,
    },
  ]))
  for (const feature of cases) {
    const { community, dissatisfiedInRow, status } = caseOf(feature)
    const row = community === null
      ? undefined
      : counted.get(community)
    if (!row || dissatisfiedInRow < consecutiveFrom || stageOfStatus[status] === 'done')
      continue
    row.stock++
    row.callBacks += dissatisfiedInRow
  }
  const rows = [
    ...counted.values(),
  ].sort((a, b) => a.stock - b.stock || a.callBacks - b.callBacks || (a.community < b.community
    ? -1
    : 1))
  return rows.map((row, index) => ({
    ...row,
    rank: rows.findIndex(other => other.stock === row.stock && other.callBacks === row.callBacks) + 1,
    last: row.stock > 0 && index >= rows.length - calledIn,
  }))
}
