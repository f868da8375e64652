/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { Feature } from '#contract/geometry.ts'
import type { LayerContext, MapLayer, PlacedLayer } from '../map/map-layer.ts'
import { palettes } from '../map/palette.ts'

/** Houses with older people that a plan brings within reach (`reached`) or puts out of it (`missed`), from who is missed before and after. */
export function differenceOf(before: readonly Feature[], after: readonly Feature[]): Feature[] {
  const was = new Set(before.map(({ id }) => id))
  const is = new Set(after.map(({ id }) => id))
  const marked = (features: readonly Feature[], kept: Set<string>, change: 'reached' | 'missed') => features.filter(({ id }) => !kept.has(id)).map(({ id, geometry, properties, type }) => ({
    type,
    id,
    geometry,
    properties: { change, people: properties.people },
  }))
  return [
    ...marked(before, is, 'reached'),
    ...marked(after, was, 'missed'),
  ]
}

/** Filled discs for those who are reached anew, rings for those who are lost: not told apart by colour alone. Larger = more people. */
export const planDifferenceLayer: MapLayer<Feature> = { id: 'plan-difference', layers, toGeoJson }

function layers({ look: { theme, scale } }: LayerContext): PlacedLayer[] {
  const { coverText, gap, ground } = palettes[theme]
  const isReached = ['==', ['get', 'change'], 'reached'] as ['==', ['get', string], string]
  return [
    {
      id: 'plan-difference-house',
      slot: 'routes',
      type: 'circle',
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['get', 'people'], 1, 3.5 * scale, 60, 9 * scale],
        'circle-color': ['case', isReached, coverText, ground],
        'circle-stroke-color': ['case', isReached, ground, gap],
        'circle-stroke-width': ['case', isReached, 1 * scale, 2.5 * scale],
      },
    },
  ]
}

function toGeoJson(features: readonly Feature[]): ReturnType<MapLayer['toGeoJson']> {
  return {
    type: 'FeatureCollection',
    features: features.map(({ properties, geometry }) => ({ type: 'Feature', properties, geometry: geometry! })),
  }
}
