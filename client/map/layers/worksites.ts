/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { Worksite, WorksiteFeature } from '#contract/places.ts'
import type { WorksiteState } from '../symbols/draw-worksite.ts'
import type { LayerContext, MapImage, MapLayer, PlacedLayer } from '../map-layer.ts'
import { mapImage } from '../draw-image.ts'
import { labelFonts, palettes } from '../palette.ts'
import { drawWorksite, worksiteExtent, worksiteReach } from '../symbols/draw-worksite.ts'

const states: WorksiteState[] = ['none', 'yellow', 'red', 'clear']

/** A site that owes this much, in yuan, or more has the largest sign. */
const largestDebt = 2_000_000

/** Worksites: ¥ in a sign as large as the debt, its warning by outline and letter, a double ring for a legal dispute, people owed as a number. */
export const worksitesLayer: MapLayer<WorksiteFeature> = { id: 'worksites', layers, images, toGeoJson }

function layers({ look, emphasis }: LayerContext): PlacedLayer[] {
  const { theme, scale, screen } = look
  const palette = palettes[theme]
  const loud = Math.min(1, 0.55 + 0.45 * emphasis)
  const near = Math.min(1.15, 0.85 + 0.15 * emphasis)
  const wordsFrom = screen === 'wall' ? 13 : 14.5
  return [
    {
      id: 'worksites-sign',
      slot: 'worksites',
      type: 'symbol',
      layout: {
        'icon-image': ['get', 'sign'],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 9, ['*', 0.2, ['get', 'size']], 12, ['*', 0.7, ['get', 'size']], 14, ['*', near, ['get', 'size']]],
        'icon-allow-overlap': true,
        'text-field': ['step', ['zoom'], '', wordsFrom, ['get', 'label']],
        'text-font': labelFonts,
        'text-size': textSize(look),
        'text-line-height': 1.25,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-justify': 'auto',
        'text-radial-offset': ['get', 'beside'],
        'text-optional': true,
        'text-max-width': 20,
        'symbol-z-order': 'source',
      },
      paint: {
        'icon-opacity': ['match', ['get', 'state'], 'clear', Math.min(0.75, 0.6 * emphasis), loud],
        'text-color': palette.wages,
        'text-opacity': loud,
        'text-halo-color': palette.ground,
        'text-halo-width': 2.2 * scale,
      },
    },
    {
      id: 'worksites-people',
      slot: 'worksites',
      type: 'symbol',
      filter: ['>', ['get', 'owedPeople'], 0],
      minzoom: screen === 'wall' ? 12.5 : 14,
      layout: {
        'text-field': ['get', 'people'],
        'text-font': labelFonts,
        'text-size': textSize(look),
        'text-variable-anchor': ['top'],
        'text-radial-offset': ['get', 'below'],
        'text-allow-overlap': true,
        'text-ignore-placement': false,
        'symbol-z-order': 'source',
      },
      paint: {
        'text-color': palette.text,
        'text-opacity': loud,
        'text-halo-color': palette.ground,
        'text-halo-width': 2.6 * scale,
      },
    },
  ]
}

function images({ look, translate }: LayerContext): Record<string, MapImage> {
  return Object.fromEntries(states.flatMap(state => [false, true].map((dispute) => {
    const radius = radiusOf(look) * look.scale
    const width = radius * 2 * worksiteExtent(state, dispute)
    return [signId(state, dispute, look), mapImage(width, canvas => drawWorksite(canvas, width / 2, width / 2, radius, {
      state,
      dispute,
      letter: state === 'red' || state === 'yellow' ? translate(`map.warning.${state}`) : '',
      theme: look.theme,
    }))] as const
  })))
}

function toGeoJson(worksites: readonly WorksiteFeature[], context: LayerContext): ReturnType<MapLayer['toGeoJson']> {
  const em = textSize(context.look) / context.look.scale
  return {
    type: 'FeatureCollection',
    // The largest debt first: its words are placed first, smaller signs lie on top. A sort key would cost a draw call for each site.
    features: worksites.toSorted((a, b) => b.properties.owedYuan - a.properties.owedYuan).map(({ id, properties, geometry }) => {
      const { owedYuan, owedPeople, dispute } = properties
      const state = owedYuan > 0 || properties.warning !== 'none' ? properties.warning : 'clear'
      const size = worksiteSize(owedYuan)
      const reach = radiusOf(context.look) * size * worksiteReach(dispute) / em
      return {
        type: 'Feature',
        properties: {
          id,
          owedYuan,
          owedPeople,
          state,
          size,
          sign: signId(state, dispute, context.look),
          beside: round(reach + 0.1),
          below: round(reach),
          label: labelOf(properties, context),
          people: owedPeople > 0 ? context.translate('map.worksite.peopleOnly', { people: owedPeople }) : '',
        },
        geometry,
      }
    }),
  }
}

/** The area of a sign grows with the debt, from 0.8 of the usual width up to 1.5 of it. */
export function worksiteSize(owedYuan: number): number {
  return round(Math.sqrt(0.8 ** 2 + (1.5 ** 2 - 0.8 ** 2) * Math.min(1, owedYuan / largestDebt)))
}

function radiusOf({ screen }: LayerContext['look']): number {
  return screen === 'wall' ? 15 : 12
}

function textSize({ screen, scale }: LayerContext['look']): number {
  return (screen === 'wall' ? 17 : 13) * scale
}

function signId(state: WorksiteState, dispute: boolean, { theme, scale, screen }: LayerContext['look']): string {
  return `worksite-${state}${dispute ? '-dispute' : ''} ${theme} ${scale.toFixed(3)} ${screen}`
}

function labelOf({ owedYuan, owedPeople, owedSince }: Worksite, { translate, now }: LayerContext): string {
  if (owedYuan === 0)
    return ''
  const owed = translate('map.worksite.owed', { amount: tenThousands(owedYuan) })
  if (owedPeople === 0 || !owedSince || !now)
    return owed
  const days = Math.max(0, Math.floor((now - Date.parse(`${owedSince}T00:00:00+08:00`)) / 86_400_000))
  return `${owed}\n${translate('map.worksite.days', { days })}`
}

function tenThousands(yuan: number): string {
  const value = yuan / 10_000
  return value >= 100 ? String(Math.round(value)) : value.toFixed(1).replace(/\.0$/, '')
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
