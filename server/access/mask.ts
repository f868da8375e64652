import type { Feature, Geometry } from '#contract/geometry.ts'
import type { LayerName } from '#contract/live.ts'

/**
 * What stays of an item for who may not see what points at a person: kind, topic, state and times of a case and roughly where,
 * never its text, address or who works on it; an officer's surname and place, nothing else.
 * PIPL art. 6 (minimum), art. 28 (location tracks are sensitive), art. 51 (de-identification).
 */
const hidden: Partial<Record<LayerName, ReadonlySet<string>>> = {
  cases: new Set([
    'content',
    'address',
    'assignee',
    'worksite',
  ]),
  officers: new Set(['skills', 'phone']),
}

/** A masked case is drawn at the middle of its square of this size, so that the point names no doorway. */
export const MASK_SQUARE_METRES = 50
const METRES_PER_DEGREE = 111_320

export function maskedFeature(layer: LayerName, feature: Feature): Feature {
  return {
    ...feature,
    geometry: maskedGeometry(layer, feature.geometry),
    properties: maskedProperties(layer, feature.properties),
  }
}

export function maskedProperties(layer: LayerName, properties: Record<string, unknown>): Record<string, unknown> {
  const keys = hidden[layer]
  if (!keys)
    return properties
  const entries = Object.entries(properties)
    .filter(([key]) => !keys.has(key))
    .map(([key, value]) => [
      key,
      layer === 'officers' && key === 'name'
        ? surname(value)
        : value,
    ])
  return Object.fromEntries(entries)
}

export function maskedGeometry(layer: LayerName, geometry: Geometry | null): Geometry | null {
  if (layer !== 'cases' || geometry?.type !== 'Point')
    return geometry
  const [lng, lat] = geometry.coordinates
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

function surname(name: unknown): string {
  return [
    ...String(name),
  ][0] ?? ''
}
