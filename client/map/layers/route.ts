/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { Feature } from '#contract/geometry.ts'
import type { LayerContext, MapLayer, PlacedLayer } from '../map-layer.ts'
import { palettes } from '../palette.ts'

/** Ways on foot: the suggested one solid, the others dashed. Takes lines with `properties.preferred`. */
export const routeLayer: MapLayer<Feature> = { id: 'route', layers, toGeoJson }

function layers({ look: { theme, scale } }: LayerContext): PlacedLayer[] {
  const palette = palettes[theme]
  const join = { 'line-join': 'round', 'line-cap': 'round' } as const
  return [
    { id: 'route-rim', slot: 'routes', type: 'line', layout: join, paint: { 'line-color': palette.ground, 'line-width': ['case', ['get', 'preferred'], 8 * scale, 6 * scale] } },
    { id: 'route-other', slot: 'routes', type: 'line', filter: ['!', ['get', 'preferred']], layout: { 'line-join': 'round' }, paint: { 'line-color': palette.text, 'line-width': 2.6 * scale, 'line-dasharray': [2, 1.6], 'line-opacity': 0.85 } },
    { id: 'route-preferred', slot: 'routes', type: 'line', filter: ['get', 'preferred'], layout: join, paint: { 'line-color': palette.accent, 'line-width': 5 * scale } },
  ]
}

function toGeoJson(routes: readonly Feature[]): ReturnType<MapLayer['toGeoJson']> {
  return {
    type: 'FeatureCollection',
    features: routes.flatMap(({ geometry, properties }) => geometry?.type === 'LineString'
      ? [{ type: 'Feature' as const, properties: { preferred: properties.preferred === true }, geometry }]
      : []),
  }
}
