import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import { difference, feature, featureCollection, intersect, truncate, union } from '@turf/turf'
import { boundsOf, joinBoxes, squareMetres } from '../places/polygon.ts'

type Area = Polygon | MultiPolygon

/** Less than a house: a slip of the hand. */
const leastMetres = 50

/**
 * Cuts an area in two along the straight line through two points, however long; the larger part first. null where the line
 * leaves less than 50 m² on one side, or the two points are one.
 */
export function cutArea(area: Area, [from, to]: readonly [LngLat, LngLat]): [Area, Area] | null {
  const half = leftOf(from, to, area)
  if (!half)
    return null
  const pieces = [
    intersect(featureCollection([
      feature(area),
      feature(half),
    ]))?.geometry,
    difference(featureCollection([
      feature(area),
      feature(half),
    ]))?.geometry,
  ] as (Area | undefined)[]
  const [larger, smaller] = pieces.filter(piece => piece !== undefined).sort((a, b) => squareMetres(b) - squareMetres(a))
  return larger && smaller && squareMetres(smaller) >= leastMetres
    ? [
        toCentimetres(larger),
        toCentimetres(smaller),
      ]
    : null
}

/** Two areas as one; null where they do not touch along a line. */
export function joinAreas(a: Area, b: Area): Polygon | null {
  const joined = union(featureCollection([
    feature(a),
    feature(b),
  ]))?.geometry as Area | undefined
  return joined?.type === 'Polygon'
    ? toCentimetres(joined)
    : null
}

/** Coordinates as fine as all others: seven decimals. */
function toCentimetres<A extends Area>(area: A): A {
  return truncate(area, { precision: 7, mutate: false })
}

/** All that lies left of the line, as far as it could matter to the area. */
function leftOf([x1, y1]: LngLat, [x2, y2]: LngLat, area: Area): Polygon | null {
  const [west, south, east, north] = joinBoxes(boundsOf(area), [
    Math.min(x1, x2),
    Math.min(y1, y2),
    Math.max(x1, x2),
    Math.max(y1, y2),
  ])
  const far = 4 * (east - west + north - south)
  const length = Math.hypot(x2 - x1, y2 - y1)
  if (length === 0)
    return null
  const [dx, dy] = [(x2 - x1) / length * far, (y2 - y1) / length * far]
  const start: LngLat = [x1 - dx, y1 - dy]
  const end: LngLat = [x2 + dx, y2 + dy]
  return {
    type: 'Polygon',
    coordinates: [
      [
        start,
        end,
        [end[0] - dy, end[1] + dx],
        [start[0] - dy, start[1] + dx],
        start,
      ],
    ],
  }
}
