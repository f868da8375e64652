import type { RateName } from '#contract/figures.ts'
import type { Days } from './period.ts'

export type TableGroup = 'community' | 'kind'

/**
 * The ledger with the cases that lower a rate, as far as it can be filtered by what makes a rate: of call-backs it knows the
 * last answer, and by `stock` the cases of 连续不满意. null where a group cannot be filtered by.
 */
export function ledgerLink(what: RateName | 'stock', days: Days, { by, key, stockFrom }: { by?: TableGroup, key?: string | null, stockFrom: number }): string | null {
  if (by !== undefined && key === null)
    return null
  const query = new URLSearchParams(filterOf(what, days, stockFrom))
  if (by !== undefined) {
    query.set(by === 'community'
      ? 'region'
      : 'kind', key!)
  }
  return `#/ledger?${query}`
}

function filterOf(what: RateName | 'stock', { from, to }: Days, stockFrom: number): Record<string, string> {
  switch (what) {
    case 'response':
      return { reportedFrom: from, reportedTo: to }
    case 'solved':
    case 'satisfied':
      return { answer: 'dissatisfied', updatedFrom: from }
    case 'done':
      return { due: 'overdue', dueFrom: from, dueTo: to }
    case 'inTime':
      return { dueFrom: from, dueTo: to }
    case 'stock':
      return {
        dissatisfied: String(stockFrom),
        status: 'registered,dispatched,accepted,return-requested,in-progress,extension-requested,resolved,reopened,suspended',
      }
  }
}
