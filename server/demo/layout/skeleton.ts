import type { Point, Ring } from '../geometry/plane.ts'

/** `river` and `rail` are centre lines; `divider` and `edge` only part regions, nobody walks on them. */
export type LineKind = 'primary' | 'secondary' | 'tertiary' | 'lane' | 'footbridge' | 'river' | 'rail' | 'divider' | 'edge'

/** A street, river or border as drawn before the plane is bent, in metres. */
export interface LayoutLine {
  points: readonly Point[]
  kind: LineKind
  /** Lines of one road carry one name. */
  road?: string
  /** Crosses the river; the others end at its bank. */
  bridge?: boolean
}

/** A use that the town must have, near a place, on a block of at most that size. */
export interface Want {
  use: BlockUse
  at: Point
  maxHectares: number
}

export type BlockUse = 'homes' | 'village' | 'park' | 'campus' | 'hospital' | 'school' | 'market' | 'offices' | 'works' | 'factory' | 'square'

/** The large lines of a subdistrict; all else is filled in between. */
export interface Skeleton {
  lines: LayoutLine[]
  extent: { west: number, south: number, east: number, north: number }
  river?: Point[]
  /** The subdistrict's outline; its edges all run along lines. */
  boundary: Ring
  wants: Want[]
}

/** Metres from the river's centre line to the streets along its banks. */
export const BANK_METRES = 60

export const isRoad = (kind: LineKind): boolean => kind !== 'river' && kind !== 'rail' && kind !== 'divider' && kind !== 'edge'
