import type { Feature } from '#contract/geometry.ts'
import type { LayerName, LogEvent } from '#contract/live.ts'
import { maskedFeature, maskedGeometry, maskedProperties } from '../access/mask.ts'

/**
 * How somebody sees the items of the layers that they get masked, on every way that leads out through the socket.
 * Views with the same mask share one encoding.
 */
export interface Mask {
  /** Part of the view's key. */
  name: string
  layers: readonly LayerName[]
  feature: (layer: LayerName, feature: Feature) => Feature
  event: (layer: LayerName, event: LogEvent) => LogEvent
}

/** null: nothing is masked. */
export function maskOf(layers: readonly LayerName[]): Mask | null {
  if (layers.length === 0)
    return null
  const covers = (layer: LayerName) => layers.includes(layer)
  return {
    name: layers.join(' '),
    layers,
    feature: (layer, feature) => covers(layer)
      ? maskedFeature(layer, feature)
      : feature,
    event: (layer, event) => covers(layer)
      ? {
          ...event,
          ...event.feature && {
            feature: maskedFeature(layer, event.feature),
          },
          ...event.set && {
            set: maskedProperties(layer, event.set),
          },
          ...event.geometry !== undefined && {
            geometry: maskedGeometry(layer, event.geometry),
          },
        }
      : event,
  }
}
