import type { WorksiteVisit } from '#contract/worksite-visit.ts'
import type { ListedVisit } from '../../../db/queries/worksite-visits.ts'
import { chinaDayOf, dayOfText } from '../../cases/working-calendar.ts'
import { surnameOf } from '../mask-signer.ts'

/** `masked`: of who goes the surname, of who planned it nothing. */
export function showVisit({ subdistrict: _, plannedAt: __, endedBy: ___, plannedBy, ...row }: ListedVisit, { now, masked }: { now: Date, masked: boolean }): WorksiteVisit {
  const nameOf = (name: string) => masked
    ? surnameOf(name)!
    : name
  return {
    ...row,
    visitor: nameOf(row.visitor),
    moves: row.moves.map(move => ({
      ...move,
      visitor: nameOf(move.visitor),
    })),
    plannedBy: masked
      ? null
      : plannedBy,
    overdueDays: row.state === 'planned'
      ? Math.max(0, chinaDayOf(now) - dayOfText(row.plannedOn))
      : 0,
  }
}
