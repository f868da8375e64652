/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { Feature } from '#contract/geometry.ts'
import type { LayerContext, MapLayer, PlacedLayer } from '../map-layer.ts'
import { palettes } from '../palette.ts'

/** Marks of a plan: parcels where something could be built with their ground, one that is being drawn, gates that can be opened or closed, footbridges that are tried, and what would help a gap most. */
export const planMarksLayer: MapLayer<Feature> = { id: 'plan-marks', layers, toGeoJson }

function layers({ look: { theme, scale } }: LayerContext): PlacedLayer[] {
  const palette = palettes[theme]
  return [
    {
      id: 'plan-marks-ground',
      slot: 'routes',
      type: 'fill',
      filter: ['==', ['get', 'mark'], 'ground'],
      paint: { 'fill-color': palette.accent, 'fill-opacity': ['case', ['get', 'chosen'], 0.42, 0.14] },
    },
    {
      id: 'plan-marks-edge',
      slot: 'routes',
      type: 'line',
      filter: ['in', ['get', 'mark'], ['literal', ['ground', 'drawn']]],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.accent, 'line-width': ['case', ['boolean', ['get', 'chosen'], false], 3 * scale, 1.5 * scale] },
    },
    {
      id: 'plan-marks-way',
      slot: 'routes',
      type: 'line',
      filter: ['in', ['get', 'mark'], ['literal', ['bridge', 'opening']]],
      layout: { 'line-cap': 'round' },
      paint: { 'line-color': ['match', ['get', 'mark'], 'bridge', palette.coverText, palette.gap], 'line-width': 5 * scale, 'line-dasharray': ['match', ['get', 'mark'], 'bridge', ['literal', [1, 0]], ['literal', [0.6, 1.6]]] },
    },
    {
      id: 'plan-marks-parcel',
      slot: 'routes',
      type: 'circle',
      filter: ['==', ['get', 'mark'], 'parcel'],
      paint: {
        // Chosen ones are filled and larger: not told apart by colour alone.
        'circle-radius': ['case', ['get', 'chosen'], 8 * scale, 5 * scale],
        'circle-color': ['case', ['get', 'chosen'], palette.accent, palette.ground],
        'circle-stroke-color': palette.accent,
        'circle-stroke-width': 2 * scale,
      },
    },
    {
      id: 'plan-marks-gate',
      slot: 'routes',
      type: 'circle',
      minzoom: 14.5,
      filter: ['==', ['get', 'mark'], 'gate'],
      paint: {
        // Small from afar, where there are hundreds; large enough to be hit where somebody looks at one. A closed one shows.
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 15, ['case', ['get', 'open'], 1.5 * scale, 4 * scale], 17, 6 * scale],
        'circle-color': ['case', ['get', 'open'], palette.ground, palette.gap],
        'circle-stroke-color': ['case', ['get', 'open'], palette.coverText, palette.gap],
        'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 15, 1 * scale, 17, 2 * scale],
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
