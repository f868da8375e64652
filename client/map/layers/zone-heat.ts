/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { Feature } from '#contract/geometry.ts'
import type { LayerContext, MapLayer, PlacedLayer } from '../map-layer.ts'
import { displayOutline } from '../display-outline.ts'
import { boundsOf, polygonsOf } from '../label-place.ts'
import { labelFonts, palettes } from '../palette.ts'

/** Of the zone with the most calls; the rest in proportion. */
export const heatOpacity = 0.6

/** How many calls came from each zone in a month: the more, the denser its fill, with the number below it. `properties.calls`; `most` = of all zones and months. */
export const zoneHeatLayer: MapLayer<Feature> = { id: 'zone-heat', layers, toGeoJson }

function layers({ look, emphasis }: LayerContext): PlacedLayer[] {
  const palette = palettes[look.theme]
  return [
    {
      id: 'zone-heat-fill',
      slot: 'zones',
      type: 'fill',
      filter: ['==', ['get', 'part'], 'zone'],
      paint: { 'fill-color': palette.accent, 'fill-opacity': ['*', Math.min(1, emphasis), ['get', 'share'], heatOpacity] },
    },
    {
      id: 'zone-heat-number',
      slot: 'community-labels',
      minzoom: look.screen === 'wall' ? 12.5 : 13.5,
      type: 'symbol',
      filter: ['all', ['==', ['get', 'part'], 'number'], ['>', ['get', 'calls'], 0]],
      layout: {
        'text-field': ['get', 'label'],
        'text-font': labelFonts,
        'text-size': (look.screen === 'wall' ? 17 : 13) * look.scale,
        'text-anchor': 'top',
        'text-offset': [0, 0.2],
        'text-allow-overlap': true,
      },
      paint: { 'text-color': palette.accent, 'text-halo-color': palette.ground, 'text-halo-width': 2.4 * look.scale, 'text-opacity': Math.min(1, emphasis) },
    },
  ]
}

function toGeoJson(zones: readonly Feature[], { translate }: LayerContext): ReturnType<MapLayer['toGeoJson']> {
  return {
    type: 'FeatureCollection',
    features: zones.flatMap(({ geometry, properties: { calls, most } }) => {
      if (geometry === null || (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon'))
        return []
      const shared = { calls: calls as number, share: Number(most) > 0 ? Number(calls) / Number(most) : 0, label: translate('map.zone.calls', { n: calls }) }
      const [west, south, east] = boundsOf(polygonsOf(geometry).slice(0, 1))!
      return [
        { type: 'Feature' as const, properties: { ...shared, part: 'zone' }, geometry: displayOutline(geometry) },
        { type: 'Feature' as const, properties: { ...shared, part: 'number' }, geometry: { type: 'Point' as const, coordinates: [(west + east) / 2, south] } },
      ]
    }),
  }
}
