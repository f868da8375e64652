/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { CareFacilityFeature } from '#contract/places.ts'
import type { LayerContext, MapImage, MapLayer, PlacedLayer } from '../map-layer.ts'
import { mapImage } from '../draw-image.ts'
import { labelFonts, palettes } from '../palette.ts'
import { drawPlaceSign } from '../symbols/draw-sign.ts'

/** Elder-care facilities: 养 in a green house, grey while closed; their names only where they are the subject. */
export const careLayer: MapLayer<CareFacilityFeature> = { id: 'care-facilities', layers, images, toGeoJson }

/** From this emphasis on an overlay is the subject of its scene. */
const subject = 1.2

function layers({ look, emphasis }: LayerContext): PlacedLayer[] {
  const { theme, scale, screen } = look
  const palette = palettes[theme]
  return [{
    id: 'care-facilities-sign',
    slot: 'facilities',
    type: 'symbol',
    layout: {
      'icon-image': ['concat', 'care-', ['case', ['get', 'open'], 'open', 'closed'], suffix(look)],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 12, 0.7, 14, Math.min(1.15, 0.85 + 0.15 * emphasis)],
      'icon-allow-overlap': true,
      'icon-ignore-placement': emphasis < subject,
      'text-field': emphasis >= subject || screen === 'desk' ? ['step', ['zoom'], '', emphasis >= subject ? 13 : 15.5, ['get', 'name']] : '',
      'text-font': labelFonts,
      'text-size': (screen === 'wall' ? 17 : 13) * scale,
      'text-max-width': 8,
      'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
      'text-radial-offset': 1.25,
      'text-optional': true,
    },
    paint: {
      'icon-opacity': Math.min(1, 0.55 + 0.45 * emphasis),
      'text-color': palette.coverText,
      'text-halo-color': palette.ground,
      'text-halo-width': 2 * scale,
    },
  }]
}

function images({ look }: LayerContext): Record<string, MapImage> {
  const { theme, scale } = look
  const palette = palettes[theme]
  const radius = 15 * scale
  const draw = (colour: string) => mapImage(radius * 3.2, canvas => drawPlaceSign(canvas, radius * 1.6, radius * 1.6, radius, 'house', colour, '养', theme))
  return {
    [`care-open${suffix(look)}`]: draw(palette.cover),
    [`care-closed${suffix(look)}`]: draw(palette.stage.done),
  }
}

function suffix({ theme, scale }: LayerContext['look']): string {
  return ` ${theme} ${scale.toFixed(3)}`
}

function toGeoJson(facilities: readonly CareFacilityFeature[]): ReturnType<MapLayer['toGeoJson']> {
  return {
    type: 'FeatureCollection',
    features: facilities.map(({ id, properties: { name, open }, geometry }) => ({ type: 'Feature', properties: { id, name, open }, geometry })),
  }
}
