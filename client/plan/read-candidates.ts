import type { LngLat } from '#contract/geometry.ts'
import type { CandidateParcel } from '#contract/plan.ts'
import type { Feature, Geometry } from 'geojson'
import { pointOnFeature, simplify } from '@turf/turf'
import { insidePoint } from './inside-point.ts'

/** Parcels of a file, or why it is none; `passedOver` = features that are no place, counted from 1. */
export type CandidateFile = { parcels: CandidateParcel[], passedOver: number[] } | { refused: 'not-json' | 'not-geojson' | 'not-degrees' | 'too-many' | 'none' }

type Outline = NonNullable<CandidateParcel['outline']>

export const mostCandidates = 1000

/** What a parcel's name, cost and places are called in the files of others. */
const names = {
  name: [
    'name',
    '名称',
    '地块',
    '地块名称',
    'NAME',
    'title',
  ],
  cost: ['cost', '造价', '费用', '投资', 'COST'],
  capacity: [
    'capacity',
    'places',
    'beds',
    '床位',
    '床位数',
  ],
}

/**
 * Candidate parcels from GeoJSON in WGS84: points as they are, areas with their outline and a point inside it, of a line a point on
 * it. Without a cost each counts 1, so that a budget is a number of sites.
 */
export function readCandidates(text: string, nameOf: (n: number) => string): CandidateFile {
  let file: unknown
  try {
    file = JSON.parse(text)
  }
  catch {
    return { refused: 'not-json' }
  }
  const features = featuresOf(file)
  if (!features)
    return { refused: 'not-geojson' }
  if (features.length > mostCandidates)
    return { refused: 'too-many' }
  const parcels: CandidateParcel[] = []
  const passedOver: number[] = []
  let isInDegrees = true
  features.forEach((feature, i) => {
    const place = placeOf(feature)
    if (!place) {
      passedOver.push(i + 1)
      return
    }
    const { at: [lng, lat], outline } = place
    if (Math.abs(lng) > 180 || Math.abs(lat) > 90) {
      isInDegrees = false
      return
    }
    const { properties } = feature
    const number = (keys: string[]) => {
      const value = valueOf(properties, keys)
      const read = value === undefined || value === null || value === ''
        ? Number.NaN
        : Number(value)
      return read >= 0 && Number.isFinite(read)
        ? read
        : null
    }
    const capacity = number(names.capacity)
    parcels.push({
      id: `parcel-${i + 1}`,
      name: String(valueOf(properties, names.name) ?? nameOf(i + 1)).trim().slice(0, 60) || nameOf(i + 1),
      lng,
      lat,
      ...outline && { outline },
      cost: Math.min(1e12, number(names.cost) ?? 1),
      capacity: capacity === null
        ? null
        : Math.min(1_000_000, Math.round(capacity)),
    })
  })
  if (!isInDegrees)
    return { refused: 'not-degrees' }
  return parcels.length === 0
    ? { refused: 'none' }
    : { parcels, passedOver }
}

function featuresOf(file: unknown): Feature[] | null {
  if (typeof file !== 'object' || file === null || !('type' in file))
    return null
  if (file.type === 'FeatureCollection' && 'features' in file && Array.isArray(file.features))
    return file.features as Feature[]
  return file.type === 'Feature'
    ? [file as Feature]
    : null
}

/** Where it is in degrees and, of an area, its ground; null if it cannot be told. */
function placeOf(feature: Feature): { at: LngLat, outline?: Outline } | null {
  try {
    const outline = outlineOf(feature.geometry)
    const at = outline
      ? insidePoint(outline)
      : feature.geometry.type === 'Point'
        ? feature.geometry.coordinates
        : pointOnFeature(feature).geometry.coordinates
    return at && Number.isFinite(at[0]) && Number.isFinite(at[1])
      ? {
          at: [at[0]!, at[1]!],
          outline,
        }
      : null
  }
  catch {
    return null
  }
}

/** Corners of one parcel that are kept; a finer outline is drawn by its main ones, within a metre. */
const mostCorners = 400

/** Closed rings to about a decimetre, without heights. */
function outlineOf(geometry: Geometry): Outline | undefined {
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon')
    return undefined
  const short = geometry.coordinates.flat(geometry.type === 'Polygon'
    ? 1
    : 2).length > mostCorners
    ? simplify(geometry, { tolerance: 1e-5 })
    : geometry
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6
  const ringOf = (ring: number[][]): LngLat[] => {
    const places = ring.map(([lng, lat]): LngLat => [
      round(lng!),
      round(lat!),
    ])
    const [first, last] = [
      places[0]!,
      places.at(-1)!,
    ]
    return first[0] === last[0] && first[1] === last[1]
      ? places
      : [...places, first]
  }
  const isRing = (ring: LngLat[]) => ring.length >= 4
  return short.type === 'Polygon'
    ? {
        type: 'Polygon',
        coordinates: short.coordinates.map(ringOf).filter(isRing),
      }
    : {
        type: 'MultiPolygon',
        coordinates: short.coordinates.map(rings => rings.map(ringOf).filter(isRing)).filter(rings => rings.length > 0),
      }
}

function valueOf(properties: Feature['properties'], keys: string[]): unknown {
  return keys.map(key => properties?.[key] as unknown).find(value => value !== undefined && value !== null)
}
