/* eslint antfu/reasonable-newline: off -- style expressions read as lines */
import type { Feature } from '#contract/geometry.ts'
import type { BuildingRow } from '#coverage/plan/planner.ts'
import type { LayerContext, MapLayer, PlacedLayer } from '../map/map-layer.ts'
import { palettes } from '../map/palette.ts'

/** Places within a house's reach per 1,000 residents aged 60 or more, against the mean of all: none, below half of it, below it, or as many at least. */
export const houseClasses = ['none', 'few', 'fewer', 'enough'] as const
export type HouseClass = (typeof houseClasses)[number]

export function houseClass(perThousand: number, mean: number): HouseClass {
  if (!(perThousand > 0))
    return 'none'
  return perThousand < mean / 2
    ? 'few'
    : perThousand < mean
      ? 'fewer'
      : 'enough'
}

export function housesAsFeatures(houses: readonly BuildingRow[], mean: number): Feature[] {
  return houses.map(({ id, lng, lat, people, perThousand }) => ({
    type: 'Feature',
    id: `house-${id}`,
    geometry: { type: 'Point', coordinates: [lng, lat] },
    properties: { of: houseClass(perThousand, mean), people },
  }))
}

/** A ring where there are none, the fuller the disc the more there are: not told apart by colour alone. Larger = more people. */
export const housesLayer: MapLayer<Feature> = { id: 'plan-houses', layers, toGeoJson }

function layers({ look: { theme, scale } }: LayerContext): PlacedLayer[] {
  const { coverText, cover, gap, ground } = palettes[theme]
  return [{
    id: 'plan-houses-disc',
    slot: 'gaps',
    type: 'circle',
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['get', 'people'], 1, 3 * scale, 60, 8 * scale],
      'circle-color': ['match', ['get', 'of'], 'none', ground, 'few', gap, 'fewer', cover, coverText],
      'circle-opacity': ['match', ['get', 'of'], 'fewer', 0.75, 0.95],
      'circle-stroke-color': ['match', ['get', 'of'], ['none', 'few'], gap, cover],
      'circle-stroke-width': ['match', ['get', 'of'], 'none', 2.2 * scale, 1 * scale],
    },
  }]
}

function toGeoJson(features: readonly Feature[]): ReturnType<MapLayer['toGeoJson']> {
  return {
    type: 'FeatureCollection',
    features: features.map(({ properties, geometry }) => ({ type: 'Feature', properties, geometry: geometry! })),
  }
}
