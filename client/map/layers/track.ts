/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { Feature } from '#contract/geometry.ts'
import type { LayerContext, MapLayer, PlacedLayer } from '../map-layer.ts'
import { palettes } from '../palette.ts'

/** Where an officer was: lines, broken where nobody knows, the point of the moment that is shown, and a ring round where he is now. */
export const trackLayer: MapLayer<Feature> = { id: 'track', layers, toGeoJson }

function layers({ look: { theme, scale } }: LayerContext): PlacedLayer[] {
  const { accent, ground, text, late } = palettes[theme]
  const join = { 'line-join': 'round', 'line-cap': 'round' } as const
  return [
    { id: 'track-rim', slot: 'routes', type: 'line', layout: join, paint: { 'line-color': ground, 'line-width': 5.5 * scale } },
    { id: 'track-line', slot: 'routes', type: 'line', layout: join, paint: { 'line-color': text, 'line-width': 2.5 * scale, 'line-opacity': 0.85 } },
    { id: 'track-now', slot: 'officers', type: 'circle', filter: ['==', ['get', 'when'], 'now'], paint: { 'circle-radius': 18 * scale, 'circle-opacity': 0, 'circle-stroke-width': 3 * scale, 'circle-stroke-color': accent } },
    { id: 'track-place', slot: 'pins', type: 'circle', filter: ['==', ['get', 'when'], 'then'], paint: { 'circle-radius': 8 * scale, 'circle-color': late, 'circle-stroke-width': 3 * scale, 'circle-stroke-color': ground } },
  ]
}

function toGeoJson(items: readonly Feature[]): ReturnType<MapLayer['toGeoJson']> {
  return {
    type: 'FeatureCollection',
    features: items.flatMap(({ geometry, properties }) => geometry
      ? [{ type: 'Feature' as const, properties: { when: properties.when ?? '' }, geometry: geometry as never }]
      : []),
  }
}
