import { z } from 'zod'

/** `[lng, lat]` in degrees, WGS84 (EPSG:4326). */
export const LngLat = z.tuple([
  z.number().min(-180).max(180),
  z.number().min(-90).max(90),
]).meta({ id: 'LngLat' })
export type LngLat = z.infer<typeof LngLat>

/** Datums in which coordinates arrive in China; the last two are shifted by hundreds of metres. */
export const Datum = z.enum(['wgs84', 'cgcs2000', 'gcj02', 'bd09']).meta({ id: 'Datum' })
export type Datum = z.infer<typeof Datum>

const Ring = z.array(LngLat).min(4)
export const Point = z.object({
  type: z.literal('Point'),
  coordinates: LngLat,
}).meta({ id: 'Point' })
export const LineString = z.object({
  type: z.literal('LineString'),
  coordinates: z.array(LngLat).min(2),
}).meta({ id: 'LineString' })
export const Polygon = z.object({
  type: z.literal('Polygon'),
  coordinates: z.array(Ring).min(1),
}).meta({ id: 'Polygon' })
export const MultiPolygon = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(Ring).min(1)),
}).meta({ id: 'MultiPolygon' })
export const Geometry = z.discriminatedUnion('type', [
  Point,
  LineString,
  Polygon,
  MultiPolygon,
]).meta({ id: 'Geometry' })
export type Point = z.infer<typeof Point>
export type Polygon = z.infer<typeof Polygon>
export type MultiPolygon = z.infer<typeof MultiPolygon>
export type Geometry = z.infer<typeof Geometry>

/** A GeoJSON feature (RFC 7946) whose id is always a string; no geometry = not located. */
export const Feature = z.object({
  type: z.literal('Feature'),
  id: z.string(),
  geometry: Geometry.nullable(),
  properties: z.record(z.string(), z.unknown()),
}).meta({ id: 'Feature' })
export type Feature = z.infer<typeof Feature>

export const FeatureCollection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(Feature),
}).meta({ id: 'FeatureCollection' })
export type FeatureCollection = z.infer<typeof FeatureCollection>

/** A feature with known properties and geometry. */
export function featureOf<P extends z.ZodType, G extends z.ZodType>(properties: P, geometry: G) {
  return z.object({
    type: z.literal('Feature'),
    id: z.string(),
    geometry,
    properties,
  })
}

export function collectionOf<F extends z.ZodType>(feature: F) {
  return z.object({
    type: z.literal('FeatureCollection'),
    features: z.array(feature),
  })
}
