import type { Feature } from '#contract/geometry.ts'
import type { Region } from '#contract/places.ts'
import { stageOfStatus } from '#contract/case.ts'
import { caseOf } from './case-times.ts'

/** 连续不满意: this many call-backs in a row ended dissatisfied. No public rule sets it, so the interface shows it. */
export const consecutiveFrom = 2

/** How many of a ranking's last are called to the centre (现场办公). */
export const calledIn = 5

export interface StockRow {
  community: string
  name: string
  stock: number
  /** From 1; equal stocks share a rank. */
  rank: number
  /** Among the last that are called to the centre; never with an empty stock. */
  last: boolean
}

/** Open cases with consecutive dissatisfied call-backs, by community, the smallest stock first. Communities without any are in it. */
export function dissatisfiedStock(cases: Iterable<Feature>, communities: readonly Region[]): StockRow[] {
  const stock = new Map(communities.map(({ id }) => [id, 0]))
  for (const feature of cases) {
    const { community, dissatisfiedInRow, status } = caseOf(feature)
    if (community !== null && stock.has(community) && dissatisfiedInRow >= consecutiveFrom && stageOfStatus[status] !== 'done')
      stock.set(community, stock.get(community)! + 1)
  }
  const rows = communities
    .map(({ id, name }) => ({
      community: id,
      name,
      stock: stock.get(id)!,
    }))
    .sort((a, b) => a.stock - b.stock || (a.community < b.community
      ? -1
      : 1))
  return rows.map((row, index) => ({
    ...row,
    rank: rows.findIndex(other => other.stock === row.stock) + 1,
    last: row.stock > 0 && index >= rows.length - calledIn,
  }))
}
