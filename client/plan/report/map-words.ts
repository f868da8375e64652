import type { MapWords } from './draw-plan-map.ts'

/** The legend of a drawn plan. */
export function mapWords(t: (key: string, named?: Record<string, unknown>) => string): MapWords {
  return {
    reach: t('plan.report.legend.reach'),
    missed: t('plan.report.legend.missed'),
    open: t('plan.report.legend.open'),
    closed: t('plan.report.legend.closed'),
    added: t('plan.report.legend.added'),
    parcel: t('plan.report.legend.parcel'),
    chosen: t('plan.report.legend.chosen'),
    metres: t('plan.report.legend.metres', { n: 500 }),
  }
}
