import type { PlanReport } from '#coverage/plan/plan-report.ts'
import type { Words } from './plan-sheets.ts'
import type { Sheet } from './workbook.ts'
import { titled } from './titled.ts'

/** The three rates of each kind of facility by itself: an upper tier does not stand in for a lower one. */
export function kindsSheet({ kinds }: Pick<PlanReport, 'kinds'>, { t }: Pick<Words, 't'>): Sheet {
  return {
    name: t('plan.export.sheet.kinds'),
    columns: titled(t, {
      kind: { width: 22 },
      openOfKind: { format: '#,##0' },
      facilitiesNumerator: { format: '#,##0' },
      facilitiesDenominator: { format: '#,##0' },
      spaceNumerator: { format: '#,##0.00' },
      spaceDenominator: { format: '#,##0.00' },
      peopleNumerator: { format: '#,##0' },
      peopleDenominator: { format: '#,##0' },
      peopleShare: { format: '0.0%' },
    }),
    rows: kinds.map(({ kind, open, rates: { facilities, space, people } }) => [
      t(`places.careKind.${kind}`),
      open,
      facilities.numerator,
      facilities.denominator,
      space.numerator,
      space.denominator,
      people.numerator,
      people.denominator,
      people.denominator > 0
        ? people.numerator / people.denominator
        : null,
    ]),
  }
}
