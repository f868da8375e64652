/* eslint antfu/reasonable-newline: off -- a table reads by lines */
import type { Tags } from '../geometry/drawing.ts'
import type { InnerRoadOptions } from './inner-roads.ts'
import type { PublicShape } from './shapes.ts'
import type { BuildingUse } from './site.ts'

export type PrecinctUse = 'campus' | 'hospital' | 'school' | 'market' | 'offices' | 'works' | 'factory' | 'square'

/** How an institution's or a firm's ground is built on. Lengths in metres, from [at least, at most]. */
export interface PrecinctKind {
  roads: InnerRoadOptions
  area: Tags
  building: string
  use: BuildingUse
  shapes: PublicShape[]
  wing: [number, number]
  maxLength: number
  maxDepth: number
  floors: [number, number]
  /** Chance that a cell is planted instead of built on. */
  lawn: number
  /** A running track on the largest cell. */
  track?: boolean
  towers?: boolean
}

export const precinctKinds: Record<PrecinctUse, PrecinctKind> = {
  campus: {
    roads: { cellArea: 7500, gateChance: 0.28, barrier: 'wall', highway: 'service' },
    area: { amenity: 'university' },
    building: 'university',
    use: 'school',
    shapes: ['u', 'e', 'h', 'l', 'box', 'box'],
    wing: [14, 19],
    maxLength: 96,
    maxDepth: 66,
    floors: [3, 7],
    lawn: 0.22,
    track: true,
  },
  hospital: {
    roads: { cellArea: 7000, gateChance: 0.5, barrier: 'fence', highway: 'service' },
    area: { amenity: 'hospital' },
    building: 'hospital',
    use: 'public',
    shapes: ['h', 'e', 'l'],
    wing: [17, 22],
    maxLength: 92,
    maxDepth: 64,
    floors: [4, 14],
    lawn: 0.12,
  },
  school: {
    roads: { cellArea: 11_000, gateChance: 0.5, barrier: 'wall', highway: 'service' },
    area: { amenity: 'school' },
    building: 'school',
    use: 'school',
    shapes: ['u', 'e'],
    wing: [10, 12.5],
    maxLength: 84,
    maxDepth: 48,
    floors: [3, 5],
    lawn: 0,
    track: true,
  },
  market: {
    roads: { cellArea: 6500, gateChance: 0.9, highway: 'service' },
    area: { landuse: 'retail', amenity: 'marketplace' },
    building: 'retail',
    use: 'shop',
    shapes: ['box', 'l'],
    wing: [26, 34],
    maxLength: 90,
    maxDepth: 44,
    floors: [1, 3],
    lawn: 0,
  },
  offices: {
    roads: { cellArea: 5200, gateChance: 0.7, highway: 'service' },
    area: { landuse: 'commercial' },
    building: 'office',
    use: 'office',
    shapes: ['box', 'l', 'u'],
    wing: [18, 24],
    maxLength: 68,
    maxDepth: 46,
    floors: [4, 22],
    lawn: 0.12,
    towers: true,
  },
  works: {
    roads: { cellArea: 6500, gateChance: 0.4, barrier: 'fence', highway: 'service' },
    area: { landuse: 'construction' },
    building: 'construction',
    use: 'works',
    shapes: ['box', 'l'],
    wing: [17, 21],
    maxLength: 58,
    maxDepth: 36,
    floors: [6, 18],
    lawn: 0.3,
  },
  factory: {
    roads: { cellArea: 8500, gateChance: 0.35, barrier: 'wall', highway: 'service' },
    area: { landuse: 'industrial' },
    building: 'industrial',
    use: 'office',
    shapes: ['box', 'box', 'l'],
    wing: [30, 38],
    maxLength: 120,
    maxDepth: 52,
    floors: [1, 2],
    lawn: 0.06,
  },
  square: {
    roads: { cellArea: 6500, gateChance: 0.9, highway: 'footway' },
    area: { landuse: 'commercial' },
    building: 'public',
    use: 'public',
    shapes: ['u', 'h', 'box'],
    wing: [17, 22],
    maxLength: 76,
    maxDepth: 52,
    floors: [3, 6],
    lawn: 0.34,
  },
}
