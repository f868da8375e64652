import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { NamedRegion, RegionNames } from '../../places/region-names.ts'
import type { ImportJob } from '../import-job.ts'
import type { FieldRow } from '../table/read-fields.ts'
import { readArea, readPoint } from '../table/read-geometry.ts'

/** Whom the counts of a row are about. */
export type Target
  = | { building: number }
    | { region: NamedRegion }
    | { area: Polygon | MultiPolygon }
    | { point: LngLat }
    | { fault: string }

export function findTarget(row: FieldRow, { crs }: Pick<ImportJob, 'crs'>, names: RegionNames): Target {
  const { values, geometry } = row
  if (typeof values.building === 'string')
    return buildingOf(values.building)
  const region = typeof values.region === 'string'
    ? names.find(values.region, [
        'grid',
        'community',
        'village',
        'subdistrict',
        'district',
      ])
    : null
  if (region)
    return { region }
  const isArea = String((geometry as { type?: unknown } | null | undefined)?.type).endsWith('Polygon')
  if (isArea) {
    const area = readArea(row, crs)
    return 'fault' in area
      ? area
      : { area: area.value }
  }
  const point = readPoint(row, crs)
  if ('fault' in point)
    return point
  if (point.value)
    return { point: point.value }
  return typeof values.region === 'string'
    ? { fault: `未知区域 · no imported region is called “${values.region}” (or several are)` }
    : { fault: '没有楼栋、区域或坐标 · neither a building nor a region nor a place is given' }
}

/** '123', 'way/123' → 123; 'relation/45', '-45' → −45, as buildings are numbered here. */
function buildingOf(text: string): Target {
  const [, type, digits] = /^(?:(way|relation|w|r)\/?)?(-?\d{1,15})$/i.exec(text.trim()) ?? []
  if (digits === undefined)
    return { fault: `楼栋编号无效 · “${text}” is no OSM id of a building, as 123456 or relation/123` }
  return {
    building: /^r/i.test(type ?? '')
      ? -Number(digits)
      : Number(digits),
  }
}
