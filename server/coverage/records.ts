import type { Geometry, MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { CareKind } from '#contract/places.ts'

/** Plain records from which the walking model is built: as the database, a file or a small test world gives them. Degrees, WGS84. */
export interface WalkRecords {
  streets: StreetRecord[]
  points: StreetPointRecord[]
  barriers: LineRecord[]
  /** What nobody walks through on the way to a street: water, railways. */
  obstructions: ObstructionRecord[]
  buildings: BuildingRecord[]
}

/** A way. `nodes`, `lngs` and `lats` run in parallel; ways that share a node id meet there. */
export interface StreetRecord {
  id: number
  /** OSM highway value */
  class: string
  /** may be walked; others only stand in the way */
  foot: boolean
  /** 1 = walked along the way's direction only, -1 = against it only, 0 = both */
  onewayFoot: number
  stairs: boolean
  bridge: boolean
  tunnel: boolean
  nodes: number[]
  lngs: number[]
  lats: number[]
}

/** A node that carries a rule: gate, bollard, crossing, entrance. `id` is the id of the street's node. */
export interface StreetPointRecord {
  id: number
  kind: string
  name: string | null
  lng: number
  lat: number
  passable: boolean
  /** opening hours, OSM syntax; null = always open */
  hours: string | null
}

/** A wall, fence or hedge. */
export interface LineRecord {
  lngs: number[]
  lats: number[]
}

export interface ObstructionRecord {
  kind: 'water' | 'rail'
  geometry: Exclude<Geometry, { type: 'Point' }>
}

export interface BuildingRecord {
  id: number
  subdistrict: string
  name: string | null
  community: string | null
  grid: string | null
  geometry: Polygon | MultiPolygon
  centre: [number, number]
  households: number
  population: number
  aged60: number
  aged70: number
  aged80: number
  /** ids of entrance nodes on the outline */
  doors: number[]
}

export interface FacilityRecord {
  id: string
  subdistrict: string
  name: string
  kind: CareKind
  community: string | null
  grid: string | null
  open: boolean
  lng: number
  lat: number
  /** m² */
  floorArea: number | null
  /** places */
  capacity: number | null
}

/** A community (社区), village or grid of whose people and facilities rates are told. */
export interface CommunityRecord {
  id: string
  subdistrict: string
  name: string
  households: number | null
  /** day of the census or register that the people's numbers come from */
  populationAsOf: string | null
}
