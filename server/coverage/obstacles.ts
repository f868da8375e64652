import type { LngLat } from '#contract/geometry.ts'
import type { LocalFrame } from './local-metres.ts'
import type { ObstructionRecord, WalkRecords } from './records.ts'
import type { SegmentGrid, Segments } from './segment-grid.ts'
import { eastOf, northOf } from './local-metres.ts'
import { buildSegmentGrid, columnOf, rowOf } from './segment-grid.ts'

/** What stops a straight walk between a door and a street, as segments, and whose they are. */
export interface Obstacles {
  segments: Segments
  grid: SegmentGrid
  /** number of the building whose outline it is, or one of the constants below */
  owner: Int32Array
}

export const wall = -1
export const water = -2
export const rail = -3
export const motorRoad = -4
/** As `own`: the walk starts in no building. */
export const nowhere = -9

/** Roads that may not be walked and that nobody crosses either. */
export const fencedOff = new Set([
  'motorway',
  'motorway_link',
  'trunk',
  'trunk_link',
])

/** A crossing this near to either end of a walk is the place where it starts or ends, not something in its way. */
const touchMetres = 0.1

/**
 * Walls and fences, shores, railways, outlines of buildings, and roads that may not be walked (an expressway is as good
 * as a wall). What runs in a tunnel or over a bridge stands in nobody's way.
 */
export function buildObstacles({ streets, barriers, obstructions, buildings }: WalkRecords, frame: LocalFrame): Obstacles {
  const x: number[] = []
  const y: number[] = []
  const ends: number[] = []
  const owner: number[] = []

  function addLine(lngs: ArrayLike<number>, lats: ArrayLike<number>, whose: number) {
    for (let i = 0; i < lngs.length; i++) {
      x.push(eastOf(frame, lngs[i]!))
      y.push(northOf(frame, lats[i]!))
      if (i > 0) {
        ends.push(x.length - 2, x.length - 1)
        owner.push(whose)
      }
    }
  }
  const addPath = (path: LngLat[], whose: number) => addLine(path.map(([lng]) => lng), path.map(([, lat]) => lat), whose)

  for (const barrier of barriers)
    addLine(barrier.lngs, barrier.lats, wall)
  for (const { kind, geometry } of obstructions) {
    for (const path of pathsOf(geometry)) {
      addPath(path, kind === 'water'
        ? water
        : rail)
    }
  }
  for (const street of streets) {
    if (!street.foot && !street.bridge && !street.tunnel && fencedOff.has(street.class))
      addLine(street.lngs, street.lats, motorRoad)
  }
  for (let b = 0; b < buildings.length; b++) {
    for (const path of pathsOf(buildings[b]!.geometry))
      addPath(path, b)
  }

  const segments = {
    x: Float32Array.from(x),
    y: Float32Array.from(y),
    ends: Int32Array.from(ends),
  }
  return {
    segments,
    grid: buildSegmentGrid(segments),
    owner: Int32Array.from(owner),
  }
}

/** Whether a straight walk meets something that is not building `own`. Touching at an end does not count. */
export function isBlocked({ segments: { x, y, ends }, grid, owner }: Obstacles, ax: number, ay: number, bx: number, by: number, own: number): boolean {
  const dx = bx - ax
  const dy = by - ay
  const touch = touchMetres / Math.hypot(dx, dy)
  if (!(touch < 0.5))
    return false
  const left = Math.min(ax, bx)
  const right = Math.max(ax, bx)
  const low = Math.min(ay, by)
  const high = Math.max(ay, by)
  const lastColumn = columnOf(grid, right)
  const lastRow = rowOf(grid, high)
  for (let row = rowOf(grid, low); row <= lastRow; row++) {
    for (let column = columnOf(grid, left); column <= lastColumn; column++) {
      const c = row * grid.columns + column
      const end = grid.first[c + 1]!
      for (let i = grid.first[c]!; i < end; i++) {
        const s = grid.items[i]!
        if (owner[s] === own)
          continue
        const p = ends[2 * s]!
        const q = ends[2 * s + 1]!
        const px = x[p]!
        const py = y[p]!
        const qx = x[q]!
        const qy = y[q]!
        if ((px < left && qx < left) || (px > right && qx > right) || (py < low && qy < low) || (py > high && qy > high))
          continue
        // Sides of the walk's line on which the segment's ends lie, then where along the walk they meet.
        const sideP = dx * (py - ay) - dy * (px - ax)
        const sideQ = dx * (qy - ay) - dy * (qx - ax)
        if ((sideP > 0) === (sideQ > 0) || sideP === sideQ)
          continue
        const along = ((px - ax) * (qy - py) - (py - ay) * (qx - px)) / (dx * (qy - py) - dy * (qx - px))
        if (along > touch && along < 1 - touch)
          return true
      }
    }
  }
  return false
}

/** Every line or ring of a geometry. */
export function pathsOf(geometry: ObstructionRecord['geometry']): LngLat[][] {
  if (geometry.type === 'LineString')
    return [geometry.coordinates]
  return geometry.type === 'Polygon'
    ? geometry.coordinates
    : geometry.coordinates.flat()
}
