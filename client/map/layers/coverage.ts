/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { Feature } from '#contract/geometry.ts'
import type { LayerContext, MapLayer, PlacedLayer } from '../map-layer.ts'
import { labelFonts, palettes } from '../palette.ts'

/** How far one walks to a care facility: one tone on another for 5, 10 and 15 minutes, a line round the last. Takes the layer `coverage` of the wire. */
export const coverageLayer: MapLayer<Feature> = { id: 'coverage', layers, toGeoJson }

function layers({ look: { theme, scale, screen }, emphasis }: LayerContext): PlacedLayer[] {
  const palette = palettes[theme]
  return [
    {
      id: 'coverage-reach',
      slot: 'reach',
      type: 'fill',
      layout: { 'fill-sort-key': ['-', ['get', 'minutes']] },
      paint: { 'fill-color': palette.cover, 'fill-opacity': Math.min(0.3, 0.13 * emphasis), 'fill-antialias': false },
    },
    {
      id: 'coverage-inner-edge',
      slot: 'reach',
      type: 'line',
      filter: ['!', ['get', 'outermost']],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.cover, 'line-width': 1.2 * scale, 'line-dasharray': [3, 2], 'line-opacity': emphasis > 1 ? 0.55 : 0 },
    },
    {
      id: 'coverage-edge',
      slot: 'reach',
      type: 'line',
      filter: ['get', 'outermost'],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.cover, 'line-width': 2 * scale, 'line-opacity': Math.min(1, 0.35 + 0.35 * emphasis) },
    },
    {
      id: 'coverage-minutes',
      slot: 'routes',
      type: 'symbol',
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 900 * scale,
        'text-field': emphasis > 1 ? ['get', 'label'] : '',
        'text-font': labelFonts,
        'text-size': (screen === 'wall' ? 15 : 12) * scale,
        'text-max-angle': 30,
      },
      paint: { 'text-color': palette.coverText, 'text-halo-color': palette.ground, 'text-halo-width': 2 * scale },
    },
  ]
}

function toGeoJson(features: readonly Feature[], { translate }: LayerContext): ReturnType<MapLayer['toGeoJson']> {
  const reach = features.filter(({ properties, geometry }) => typeof properties.minutes === 'number' && (geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon'))
  const longest = Math.max(...reach.map(({ properties }) => properties.minutes as number))
  return {
    type: 'FeatureCollection',
    features: reach.map(({ properties, geometry }) => ({
      type: 'Feature',
      properties: {
        minutes: properties.minutes,
        outermost: properties.minutes === longest,
        label: translate('map.reach', { minutes: properties.minutes }),
      },
      geometry: geometry!,
    })),
  }
}
