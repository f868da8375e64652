import type { Feature, Geometry } from '#contract/geometry.ts'
import type { LayerName } from '#contract/live.ts'

/**
 * What is put in the place of a property that points at a person, so that the item keeps its shape. Of a case its kind, topic,
 * state and times stay and roughly where it is, never its text, address or who works on it; of an officer only that
 * somebody is on duty there. PIPL art. 6 (minimum), art. 28 (location tracks are sensitive), art. 51 (de-identification).
 */
const masks: Partial<Record<LayerName, Record<string, (value: unknown) => unknown>>> = {
  cases: {
    content: () => '',
    address: () => null,
    assignee: () => null,
  },
  officers: {
    name: () => '',
    skills: () => [],
  },
}

/** A masked case is drawn at the middle of its square of this size, so that the point names no doorway. */
export const MASK_SQUARE_METRES = 50
const METRES_PER_DEGREE = 111_320

export function maskedFeature<F extends Feature>(layer: LayerName, feature: F): F {
  return {
    ...feature,
    geometry: maskedGeometry(layer, feature.geometry),
    properties: maskedProperties(layer, feature.properties),
  }
}

/** Also a part of the properties, as events carry it. */
export function maskedProperties<P extends Record<string, unknown>>(layer: LayerName, properties: P): P {
  const masked: Record<string, unknown> = { ...properties }
  for (const [key, mask] of Object.entries(masks[layer] ?? {})) {
    if (key in masked)
      masked[key] = mask(masked[key])
  }
  return masked as P
}

export function maskedGeometry(layer: LayerName, geometry: Geometry | null): Geometry | null {
  if (layer !== 'cases' || geometry?.type !== 'Point')
    return geometry
  const [lng, lat] = geometry.coordinates as [number, number]
  const latStep = MASK_SQUARE_METRES / METRES_PER_DEGREE
  const row = Math.floor(lat / latStep)
  const lngStep = latStep / Math.cos(row * latStep * Math.PI / 180)
  return {
    type: 'Point',
    coordinates: [
      middle(lng, lngStep),
      round((row + 0.5) * latStep),
    ],
  }
}

function middle(value: number, step: number): number {
  return round((Math.floor(value / step) + 0.5) * step)
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}
