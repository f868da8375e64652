import type { Translate } from '../map/map-layer.ts'
import { worksiteSize } from '../map/layers/worksites.ts'
import { worksiteSymbolUrl } from '../map/symbols/symbol-url.ts'

/** What the signs of worksites mean, drawn by the same code as on the map: the two warnings first. */
export function siteLegend(t: Translate): { url: string, text: string }[] {
  const sign = (state: 'red' | 'yellow' | 'none' | 'clear', options: { dispute?: boolean, size?: number } = {}) => worksiteSymbolUrl({
    state,
    dispute: options.dispute ?? false,
    letter: state === 'red' || state === 'yellow'
      ? t(`map.warning.${state}`)
      : '',
  }, { radius: 10, size: options.size ?? 1 })
  return [
    ...(['red', 'yellow', 'none', 'clear'] as const).map(state => ({
      url: sign(state),
      text: t(`map.siteLegend.${state}`),
    })),
    {
      url: sign('none', { dispute: true }),
      text: t('map.siteLegend.dispute'),
    },
    {
      url: sign('none', {
        size: worksiteSize(Infinity),
      }),
      text: t('map.siteLegend.size'),
    },
  ]
}
