/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { Feature } from '#contract/geometry.ts'
import type { LayerContext, MapLayer, PlacedLayer } from '../map-layer.ts'
import { missedToHexagons } from '../missed-to-hexagons.ts'
import { palettes } from '../palette.ts'

/** How many people each step of opacity stands for; the legend shows the same. */
export const gapSteps = [{ from: 1, opacity: 0.26 }, { from: 30, opacity: 0.42 }, { from: 80, opacity: 0.62 }] as const

/** Older people out of reach, in hexagons. Takes the layer `coverage` of the wire and shows its missed buildings. */
export const gapsLayer: MapLayer<Feature> = { id: 'gaps', layers, toGeoJson }

function layers({ look: { theme, scale }, emphasis }: LayerContext): PlacedLayer[] {
  const { gap } = palettes[theme]
  const [few, more, many] = gapSteps.map(({ opacity }) => Math.min(0.9, opacity * emphasis)) as [number, number, number]
  return [
    {
      id: 'gaps-fill',
      slot: 'gaps',
      type: 'fill',
      paint: { 'fill-color': gap, 'fill-opacity': ['match', ['get', 'step'], 2, many, 1, more, few] },
    },
    {
      id: 'gaps-edge',
      slot: 'gaps',
      type: 'line',
      paint: { 'line-color': gap, 'line-width': 1.2 * scale, 'line-opacity': Math.min(1, 0.75 * emphasis) },
    },
  ]
}

function toGeoJson(features: readonly Feature[]): ReturnType<MapLayer['toGeoJson']> {
  return missedToHexagons(features.filter(({ id }) => id.startsWith('missed-')))
}
