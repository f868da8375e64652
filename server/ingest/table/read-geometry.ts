import type { Datum, LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { FieldRow } from './read-fields.ts'
import { toWgs84 } from '../../cases/place-case.ts'
import { areaOfRing } from '../../places/polygon.ts'
import { findCrossing } from './find-crossing.ts'

export type Checked<T> = { value: T } | { fault: string }

/** The pair as WGS84, or what is wrong with it. */
export function checkPair(lng: number, lat: number, datum: Datum): Checked<LngLat> {
  if (!Number.isFinite(lng) || !Number.isFinite(lat))
    return { fault: '坐标不是数字 · the coordinates are no numbers' }
  if (looksSwapped(lng, lat))
    return { fault: `经纬度颠倒 · longitude and latitude look swapped: lng ${lng}, lat ${lat}. With columns, use --map lng=… --map lat=…` }
  if (Math.abs(lng) > 180 || Math.abs(lat) > 90) {
    return { fault: `坐标超出范围 · the coordinates are out of range: lng ${lng}, lat ${lat}${Math.abs(lng) > 1000
      ? ' (metres? convert them to degrees first)'
      : ''}` }
  }
  return {
    value: toWgs84([lng, lat], datum),
  }
}

/** A latitude that is none, or a pair that lies in the Arctic but in China the other way round. */
function looksSwapped(lng: number, lat: number): boolean {
  const isLngOfChina = (degrees: number) => degrees >= 73 && degrees <= 136
  const isLatOfChina = (degrees: number) => degrees >= 3 && degrees <= 54
  return (Math.abs(lat) > 90 && Math.abs(lat) <= 180 && Math.abs(lng) <= 90) || (isLngOfChina(lat) && isLatOfChina(lng))
}

/** The point of a row: its geometry, else its columns lng and lat; value null when it has neither. */
export function readPoint({ geometry, values }: FieldRow, crs: Datum): Checked<LngLat | null> {
  const datum = (values.datum as Datum | null | undefined) ?? crs
  if (geometry !== undefined && geometry !== null) {
    const { type, coordinates } = geometry as { type?: unknown, coordinates?: unknown }
    if (type !== 'Point' || !isPair(coordinates))
      return { fault: `应为 Point · the geometry is a ${String(type)}, not a Point` }
    return checkPair(coordinates[0], coordinates[1], datum)
  }
  const { lng, lat } = values
  if ((lng === null || lng === undefined) !== (lat === null || lat === undefined))
    return { fault: '经纬度缺一 · only one of longitude and latitude is given' }
  return typeof lng === 'number' && typeof lat === 'number'
    ? checkPair(lng, lat, datum)
    : { value: null }
}

/** A polygon in WGS84: rings closed, outer ones counter-clockwise (RFC 7946), none crossing itself or another. */
export function readArea({ geometry }: FieldRow, crs: Datum): Checked<Polygon | MultiPolygon> {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown, coordinates?: unknown }
  if (type !== 'Polygon' && type !== 'MultiPolygon') {
    return {
      fault: geometry
        ? `应为 Polygon 或 MultiPolygon · the geometry is a ${String(type)}, not a Polygon or MultiPolygon`
        : '没有几何 · there is no geometry',
    }
  }
  const given = type === 'Polygon'
    ? [coordinates]
    : coordinates
  if (!Array.isArray(given) || given.length === 0)
    return { fault: '几何为空 · the geometry is empty' }
  const polygons: LngLat[][][] = []
  for (const rings of given) {
    const polygon = readPolygon(rings, crs)
    if ('fault' in polygon)
      return polygon
    polygons.push(polygon.value)
  }
  return {
    value: polygons.length === 1
      ? { type: 'Polygon', coordinates: polygons[0]! }
      : { type: 'MultiPolygon', coordinates: polygons },
  }
}

function readPolygon(rings: unknown, crs: Datum): Checked<LngLat[][]> {
  if (!Array.isArray(rings) || rings.length === 0)
    return { fault: '几何为空 · a polygon without a ring' }
  const read: LngLat[][] = []
  for (const [index, ring] of rings.entries()) {
    const result = readRing(ring, crs)
    if ('fault' in result)
      return result
    read.push((areaOfRing(result.value) > 0) === (index === 0)
      ? result.value
      : result.value.toReversed())
  }
  const crossing = findCrossing(read)
  if (crossing)
    return { fault: `多边形自相交 · the polygon crosses itself at lng ${crossing[0].toFixed(6)}, lat ${crossing[1].toFixed(6)}` }
  return { value: read }
}

/** Closed, without a point twice in a row and without spikes (there and straight back). */
function readRing(ring: unknown, crs: Datum): Checked<LngLat[]> {
  if (!Array.isArray(ring))
    return { fault: '几何无效 · a ring is no list of positions' }
  const points: LngLat[] = []
  for (const position of ring) {
    if (!isPair(position))
      return { fault: '几何无效 · a position is no pair of numbers' }
    const pair = checkPair(position[0], position[1], crs)
    if ('fault' in pair)
      return pair
    if (!isSame(pair.value, points.at(-1)))
      points.push(pair.value)
  }
  if (points.length > 1 && isSame(points[0]!, points.at(-1)))
    points.pop()
  for (let i = 0; i < points.length && points.length > 2;) {
    const before = points.at(i - 1)!
    const after = points[(i + 1) % points.length]!
    if (isSame(before, after)) {
      points.splice(i, 1)
      points.splice(i % points.length, 1)
      i = Math.max(0, i - 2)
    }
    else {
      i++
    }
  }
  if (points.length < 3)
    return { fault: '多边形没有面积 · a ring encloses nothing' }
  return {
    value: [...points, points[0]!],
  }
}

function isSame(a: LngLat, b: LngLat | undefined): boolean {
  return b !== undefined && a[0] === b[0] && a[1] === b[1]
}

function isPair(position: unknown): position is [number, number] {
  return Array.isArray(position) && position.length >= 2 && typeof position[0] === 'number' && typeof position[1] === 'number'
}
