/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { Feature } from '#contract/geometry.ts'
import type { LayerContext, MapLayer, PlacedLayer } from '../map-layer.ts'
import { boundsOf, polygonsOf } from '../label-place.ts'
import { labelFonts, palettes } from '../palette.ts'

/** How many calls came from each zone: the more, the denser its fill, with the number in its middle. `properties.calls`; `most` = of all zones and months. */
export const zoneHeatLayer: MapLayer<Feature> = { id: 'zone-heat', layers, toGeoJson }

function layers({ look, emphasis }: LayerContext): PlacedLayer[] {
  const palette = palettes[look.theme]
  return [
    {
      id: 'zone-heat-fill',
      slot: 'zones',
      type: 'fill',
      filter: ['==', ['get', 'part'], 'zone'],
      paint: { 'fill-color': palette.accent, 'fill-opacity': ['*', Math.min(1, emphasis), ['get', 'share'], 0.75] },
    },
    {
      id: 'zone-heat-number',
      slot: 'pins',
      type: 'symbol',
      filter: ['all', ['==', ['get', 'part'], 'number'], ['>', ['get', 'calls'], 0]],
      layout: {
        'text-field': ['to-string', ['get', 'calls']],
        'text-font': labelFonts,
        'text-size': ['interpolate', ['linear'], ['get', 'share'], 0, 16, 1, 26],
        'text-allow-overlap': true,
      },
      paint: { 'text-color': palette.text, 'text-halo-color': palette.ground, 'text-halo-width': 2.2, 'text-opacity': Math.min(1, emphasis) },
    },
  ]
}

function toGeoJson(zones: readonly Feature[]): ReturnType<MapLayer['toGeoJson']> {
  return {
    type: 'FeatureCollection',
    features: zones.flatMap(({ geometry, properties: { calls, most } }) => {
      if (geometry === null || (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon'))
        return []
      const shared = { calls: calls as number, share: Number(most) > 0 ? Number(calls) / Number(most) : 0 }
      const [west, south, east, north] = boundsOf(polygonsOf(geometry).slice(0, 1))!
      return [
        { type: 'Feature' as const, properties: { ...shared, part: 'zone' }, geometry },
        { type: 'Feature' as const, properties: { ...shared, part: 'number' }, geometry: { type: 'Point' as const, coordinates: [(west + east) / 2, (south + north) / 2] } },
      ]
    }),
  }
}
