import type { ZoneView } from '#contract/screen.ts'
import type { Translate } from '../../map/map-layer.ts'
import { monthName } from '../../parts/month-name.ts'

/** 2024年第一批 · 2026年5月 · 按来电着色; what is not chosen is not said. */
export function zoneViewWords({ batch, month, heat }: ZoneView, t: Translate, locale: string): string {
  return [
    batch,
    month && monthName(month, locale),
    heat
      ? t('map.zoneView.shaded')
      : null,
  ].filter(word => word !== null).join(' · ')
}
