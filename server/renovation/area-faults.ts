import type { MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { Box } from '../places/polygon.ts'
import { difference, feature, featureCollection, intersect } from '@turf/turf'
import { boundsOf, squareMetres } from '../places/polygon.ts'

type Area = Polygon | MultiPolygon
export interface NamedArea { id: string, name: string, geometry: Area, bounds: Box }

/** With its bounds, which are asked for again and again. */
export function namedArea({ id, name, geometry }: Omit<NamedArea, 'bounds'>): NamedArea {
  return {
    id,
    name,
    geometry,
    bounds: boundsOf(geometry),
  }
}

/** Walls are drawn by hand on both sides: what two outlines share along an edge is no overlap. */
const toleratedShare = 0.01

/**
 * Why a zone cannot lie there, or null: over another zone, or beyond the subdistricts that are known. A hundredth of its area
 * is let pass. That it does not cross itself is for `readArea` to say.
 */
export function faultOfArea(id: string | null, area: Area, others: readonly NamedArea[], subdistricts: readonly Area[]): string | null {
  const own = squareMetres(area)
  const bounds = boundsOf(area)
  for (const other of others.filter(item => item.id !== id && touch(bounds, item.bounds))) {
    const common = squareOf(intersect(featureCollection([
      feature(area),
      feature(other.geometry),
    ]))?.geometry)
    if (common > toleratedShare * Math.min(own, squareMetres(other.geometry)))
      return `${Math.round(common)} m² of it lie over the zone “${other.name}”`
  }
  const near = subdistricts.filter(region => touch(bounds, boundsOf(region)))
  if (subdistricts.length === 0)
    return null
  const outside = near.length === 0
    ? own
    : squareOf(difference(featureCollection([
        feature(area),
        ...near.map(region => feature(region)),
      ]))?.geometry)
  return outside > toleratedShare * own
    ? `${Math.round(outside)} m² of it lie outside of the subdistrict`
    : null
}

function squareOf(geometry: unknown): number {
  return geometry
    ? squareMetres(geometry as Area)
    : 0
}

function touch(a: Box, b: Box): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}
