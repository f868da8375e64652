import type { Building, Compound } from './fill/site.ts'
import type { Drawing } from './geometry/drawing.ts'
import type { Point } from './geometry/plane.ts'
import type { Land, Street } from './layout/bend.ts'
import type { Skeleton } from './layout/skeleton.ts'
import type { DemoFacility } from './overlays/care-facilities.ts'
import type { Address } from './people/addresses.ts'
import type { Residents } from './people/residents.ts'
import type { Outline } from './regions/outline.ts'

/** What a subdistrict is made from. */
export interface TownPlan {
  seed: string
  /** 9 digits */
  code: string
  name: string
  people: number
  skeleton: Skeleton
  warp: (p: Point) => Point
  /** OSM ids count on from here. */
  firstId: number
  /** Ids of crossings that lie on a border shared with another town. */
  sharedId?: (p: Point) => number | undefined
  /** Draws what lies beyond the border too. */
  surroundings: boolean
}

/** A named place that is not a home: school, park, hospital… */
export interface Landmark { name: string, use: string, land: Land, buildings: Building[] }

export interface TownRegion {
  code: string
  name: string
  level: 'subdistrict' | 'community' | 'village' | 'grid'
  parent: string | undefined
  land: Land[]
  outline: Outline
  residents: Residents
}

/** A finished subdistrict, in metres; the files are written from it. */
export interface Town {
  plan: TownPlan
  drawing: Drawing
  streets: Street[]
  land: Land[]
  compounds: Compound[]
  shops: Building[]
  landmarks: Landmark[]
  residents: Map<Building, Residents>
  regions: TownRegion[]
  facilities: DemoFacility[]
  nameOfStreet: (street: Street) => string | undefined
  addressOf: Map<Compound | Building, Address>
}
