import type { SitingOutcome } from '../siting-outcome.ts'
import type { Words } from './plan-sheets.ts'
import type { Sheet } from './workbook.ts'
import { titled } from './titled.ts'

/** The sites that were chosen among the candidates. */
export function sitesSheet({ chosen }: SitingOutcome, { t }: Pick<Words, 't'>): Sheet {
  return {
    name: t('plan.export.sheet.sites'),
    columns: titled(t, {
      rank: {},
      candidate: { width: 22 },
      lng: { format: '0.000000', width: 13 },
      lat: { format: '0.000000', width: 13 },
      cost: { format: '#,##0.0' },
      places: { format: '#,##0' },
    }),
    rows: chosen.map(({ name, id, lng, lat, cost, capacity }, i) => [
      i + 1,
      name ?? id,
      lng,
      lat,
      cost,
      capacity,
    ]),
  }
}

/** What each further site would add, by adding the one that helps most each time. */
export function curveSheet({ curve }: SitingOutcome, { t }: Pick<Words, 't'>): Sheet {
  return {
    name: t('plan.export.sheet.curve'),
    columns: titled(t, {
      newSites: { format: '#,##0' },
      peopleNumerator: { format: '#,##0' },
    }),
    rows: curve.map(({ sites, covered }) => [sites, covered]),
  }
}
