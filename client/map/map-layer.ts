import type { LayerSpecification } from 'maplibre-gl'
import type { FeatureCollection } from 'geojson'
import type { Feature } from '#contract/geometry.ts'
import type { Look } from './palette.ts'

/**
 * The places in the drawing order that an overlay's layers can take, from the ground up. The base map keeps an invisible layer for each,
 * so that the order on screen does not depend on who was added first.
 */
export const slots = [
  'reach', // below the mask, so that what lies outside the subdistrict steps back by itself
  'mask',
  'gaps',
  'boundaries',
  'zones',
  'outline',
  'community-labels',
  'routes',
  'facilities',
  'worksites',
  'officers',
  'pins',
] as const
export type Slot = (typeof slots)[number]

export const slotLayerId = (slot: Slot) => `slot-${slot}`

type WithoutSource<T> = T extends { source: string } ? Omit<T, 'source'> : never
/** A style layer that names its slot instead of its source, which is the overlay's own. */
export type PlacedLayer = WithoutSource<LayerSpecification> & { slot: Slot }

export type Translate = (key: string, parameters?: Record<string, unknown>) => string

/** What decides how an overlay looks: how big and in which theme, how loud beside the others (0 hidden, 1 usual), words and the time (ms). */
export interface LayerContext {
  look: Look
  emphasis: number
  translate: Translate
  now: number
}

/** A picture for `icon-image` or `fill-pattern`, drawn when first needed. */
export interface MapImage {
  draw: () => ImageData
  pixelRatio: number
}

/** An overlay as data. `Item` is the feature of the wire that it shows. */
export interface MapLayer<Item extends Feature = Feature> {
  /** Name of its source; its style layers start with it. */
  id: string
  layers: (context: LayerContext) => PlacedLayer[]
  images?: (context: LayerContext) => Record<string, MapImage>
  toGeoJson: (items: readonly Item[], context: LayerContext) => FeatureCollection
}

/** The style layers of an overlay as MapLibre takes them, each with the slot in front of which it goes. */
export function placedLayers(layer: Pick<MapLayer, 'id' | 'layers'>, context: LayerContext): { slot: Slot, spec: LayerSpecification }[] {
  return layer.layers(context).map(({ slot, ...rest }) => ({
    slot,
    spec: { ...rest, source: layer.id } as LayerSpecification,
  }))
}
