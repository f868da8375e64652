import type { LocalFrame } from './local-metres.ts'
import type { Shape } from './nearest-point.ts'
import type { BuildingRecord } from './records.ts'
import Flatbush from 'flatbush'
import { eastOf, northOf } from './local-metres.ts'

/** Buildings and their people, as columns; building `b` has the rings `firstRing[b] … firstRing[b + 1]`. */
export interface Buildings {
  count: number
  ids: Float64Array
  subdistricts: string[]
  names: (string | null)[]
  communities: (string | null)[]
  grids: (string | null)[]
  /** degrees */
  lngs: Float64Array
  lats: Float64Array
  /** metres in the frame; ring `r` has the points `firstPoint[r] … firstPoint[r + 1]` and closes itself */
  x: Float32Array
  y: Float32Array
  firstPoint: Int32Array
  firstRing: Int32Array
  households: Float32Array
  population: Float32Array
  aged60: Float32Array
  aged70: Float32Array
  aged80: Float32Array
  boxes: Flatbush | null
}

export function buildBuildings(records: BuildingRecord[], frame: LocalFrame): Buildings {
  const x: number[] = []
  const y: number[] = []
  const firstPoint = [0]
  const firstRing = [0]
  const boxes = records.length > 0
    ? new Flatbush(records.length, 16, Float32Array)
    : null
  for (const { geometry } of records) {
    const start = x.length
    for (const ring of geometry.type === 'Polygon'
      ? geometry.coordinates
      : geometry.coordinates.flat()) {
      for (const [lng, lat] of ring) {
        x.push(eastOf(frame, lng!))
        y.push(northOf(frame, lat!))
      }
      firstPoint.push(x.length)
    }
    firstRing.push(firstPoint.length - 1)
    let box = [
      Infinity,
      Infinity,
      -Infinity,
      -Infinity,
    ]
    for (let i = start; i < x.length; i++) {
      box = [
        Math.min(box[0]!, x[i]!),
        Math.min(box[1]!, y[i]!),
        Math.max(box[2]!, x[i]!),
        Math.max(box[3]!, y[i]!),
      ]
    }
    boxes!.add(box[0]!, box[1]!, box[2]!, box[3]!)
  }
  boxes?.finish()
  const column = (valueOf: (record: BuildingRecord) => number) => Float32Array.from(records, valueOf)
  return {
    count: records.length,
    ids: Float64Array.from(records, record => record.id),
    subdistricts: records.map(record => record.subdistrict),
    names: records.map(record => record.name),
    communities: records.map(record => record.community),
    grids: records.map(record => record.grid),
    lngs: Float64Array.from(records, record => record.centre[0]),
    lats: Float64Array.from(records, record => record.centre[1]),
    x: Float32Array.from(x),
    y: Float32Array.from(y),
    firstPoint: Int32Array.from(firstPoint),
    firstRing: Int32Array.from(firstRing),
    households: column(record => record.households),
    population: column(record => record.population),
    aged60: column(record => record.aged60),
    aged70: column(record => record.aged70),
    aged80: column(record => record.aged80),
    boxes,
  }
}

/** Rounding decides on which side of a wall a point on it lies, metres. */
const onWall = 0.05

/** The building that contains a point of the frame, its walls with it; -1 = none. Courtyards are outside. */
export function buildingAt(buildings: Buildings, px: number, py: number): number {
  const near = buildings.boxes?.search(px - onWall, py - onWall, px + onWall, py + onWall) ?? []
  for (const b of near.sort((one, other) => one - other)) {
    if (contains(buildings, b, px, py))
      return b
  }
  return -1
}

export function contains({ x, y, firstPoint, firstRing }: Buildings, b: number, px: number, py: number): boolean {
  let inside = false
  for (let r = firstRing[b]!; r < firstRing[b + 1]!; r++) {
    for (let i = firstPoint[r]!; i + 1 < firstPoint[r + 1]!; i++) {
      const [ay, by] = [y[i]!, y[i + 1]!] as const
      if (isOn(px, py, x[i]!, ay, x[i + 1]!, by))
        return true
      if ((ay > py) !== (by > py) && px < x[i]! + (py - ay) / (by - ay) * (x[i + 1]! - x[i]!))
        inside = !inside
    }
  }
  return inside
}

function isOn(px: number, py: number, ax: number, ay: number, bx: number, by: number): boolean {
  const [dx, dy] = [bx - ax, by - ay]
  const t = Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(ax + dx * t - px, ay + dy * t - py) <= onWall
}

/** The rings of a building as a shape to measure from. */
export function outlineOf({ x, y, firstPoint, firstRing }: Buildings, b: number): Shape {
  const start = firstPoint[firstRing[b]!]!
  const rings = firstPoint.subarray(firstRing[b]!, firstRing[b + 1]! + 1)
  const end = rings[rings.length - 1]!
  return {
    x: x.subarray(start, end),
    y: y.subarray(start, end),
    rings: rings.map(point => point - start),
  }
}
