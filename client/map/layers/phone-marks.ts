/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { Feature } from '#contract/geometry.ts'
import type { LayerContext, MapLayer, PlacedLayer } from '../map-layer.ts'
import { labelFonts, palettes } from '../palette.ts'

/** On a worker's phone: his tasks as numbered marks, and where he is himself. Takes points with `properties.mark`: 'task', 'chosen' or 'me'. */
export const phoneMarksLayer: MapLayer<Feature> = { id: 'phone-marks', layers, toGeoJson }

function layers({ look: { theme, scale } }: LayerContext): PlacedLayer[] {
  const { accent, ground, late } = palettes[theme]
  const is = (mark: string) => ['==', ['get', 'mark'], mark] as ['==', ['get', string], string]
  return [
    { id: 'phone-marks-halo', slot: 'pins', type: 'circle', filter: is('me'), paint: { 'circle-radius': 20 * scale, 'circle-color': accent, 'circle-opacity': 0.18 } },
    { id: 'phone-marks-me', slot: 'pins', type: 'circle', filter: is('me'), paint: { 'circle-radius': 8 * scale, 'circle-color': accent, 'circle-stroke-width': 3 * scale, 'circle-stroke-color': ground } },
    {
      id: 'phone-marks-task',
      slot: 'pins',
      type: 'circle',
      filter: ['!=', ['get', 'mark'], 'me'],
      layout: { 'circle-sort-key': ['case', is('chosen'), 1, 0] },
      paint: {
        'circle-radius': ['case', is('chosen'), 15 * scale, 13 * scale],
        'circle-color': ['case', is('chosen'), late, ground],
        'circle-stroke-width': 2.5 * scale,
        'circle-stroke-color': ['case', is('chosen'), ground, late],
      },
    },
    {
      id: 'phone-marks-number',
      slot: 'pins',
      type: 'symbol',
      filter: ['!=', ['get', 'mark'], 'me'],
      layout: { 'text-field': ['get', 'number'], 'text-font': labelFonts, 'text-size': 14 * scale, 'text-allow-overlap': true, 'text-ignore-placement': true, 'symbol-sort-key': ['case', is('chosen'), 1, 0] },
      paint: { 'text-color': ['case', is('chosen'), ground, late] },
    },
  ]
}

function toGeoJson(marks: readonly Feature[]): ReturnType<MapLayer['toGeoJson']> {
  return {
    type: 'FeatureCollection',
    features: marks.flatMap(({ id, geometry, properties: { mark, number } }) => geometry?.type === 'Point'
      ? [{ type: 'Feature' as const, properties: { id, mark, number: number ?? '' }, geometry }]
      : []),
  }
}
