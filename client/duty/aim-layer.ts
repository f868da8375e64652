import type { Feature } from '#contract/geometry.ts'
import type { LayerContext, MapLayer, PlacedLayer } from '../map/map-layer.ts'
import { palettes } from '../map/palette.ts'

/** The place that somebody is about to give a case: a ring with its middle marked, unlike any pin. */
export const aimLayer: MapLayer<Feature> = {
  id: 'aim',
  layers,
  toGeoJson: items => ({
    type: 'FeatureCollection',
    features: items.map(({ geometry }) => ({ type: 'Feature', geometry: geometry as never, properties: {} })),
  }),
}

function layers({ look: { theme, scale } }: LayerContext): PlacedLayer[] {
  const { text, ground } = palettes[theme]
  const ring = (id: string, colour: string, radius: number, width: number): PlacedLayer => ({
    id,
    slot: 'pins',
    type: 'circle',
    paint: {
      'circle-radius': radius * scale,
      'circle-opacity': 0,
      'circle-stroke-width': width * scale,
      'circle-stroke-color': colour,
    },
  })
  return [
    ring('aim-edge', ground, 14, 6),
    ring('aim-ring', text, 14, 2.5),
    {
      id: 'aim-middle',
      slot: 'pins',
      type: 'circle',
      paint: { 'circle-radius': 3 * scale, 'circle-color': text },
    },
  ]
}
