import type { BuildingTimes } from '#coverage/building-times.ts'
import type { BuildingRecord, CommunityRecord, FacilityRecord, WalkRecords } from '#coverage/records.ts'
import type { Walker } from '#coverage/walker.ts'
import { timeBuildings } from '#coverage/building-times.ts'
import { linkFacilities } from '#coverage/link-facilities.ts'
import { latOf, lngOf, localFrame } from '#coverage/local-metres.ts'
import { defaultLinkSettings, defaultSettings } from '#coverage/settings.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { createWalkSearcher } from '#coverage/walk-search.ts'
import { paceOf } from '#coverage/walker.ts'

/** Metres east and north of a corner of an invented town. */
export type Place = readonly [east: number, north: number]

const frame = localFrame(117.05, 36.66)
export function placeToLngLat([east, north]: Place): [number, number] {
  return [
    lngOf(frame, east),
    latOf(frame, north),
  ]
}

export interface StreetPlan {
  path: Place[]
  foot?: boolean
  oneway?: -1 | 0 | 1
  stairs?: boolean
  bridge?: boolean
  tunnel?: boolean
  class?: string
}

export interface HousePlan {
  at: Place
  /** residents aged 60 or more */
  people?: number
  households?: number
  community?: string
  grid?: string
  /** of the people, aged 70 and 80 or more */
  aged70?: number
  aged80?: number
  /** side of the square, metres */
  size?: number
  doors?: Place[]
}

export interface TownPlan {
  /** streets that use the same place meet there */
  streets?: (Place[] | StreetPlan)[]
  houses?: HousePlan[]
  walls?: Place[][]
  rails?: Place[][]
  /** rings */
  waters?: Place[][]
  gates?: { at: Place, passable?: boolean, hours?: string, kind?: string }[]
  facilities?: ({ at: Place } & Partial<FacilityRecord>)[]
  communities?: CommunityRecord[]
}

export interface Town {
  records: WalkRecords
  facilities: FacilityRecord[]
  communities: CommunityRecord[]
}

/** A town in one expression, in metres. */
export function town(plan: TownPlan): Town {
  const ids = new Map<string, number>()
  const idOf = ([east, north]: Place) => {
    const key = `${east} ${north}`
    if (!ids.has(key))
      ids.set(key, ids.size + 1)
    return ids.get(key)!
  }
  const lngs = (path: Place[]) => path.map(place => placeToLngLat(place)[0])
  const lats = (path: Place[]) => path.map(place => placeToLngLat(place)[1])
  const doors = (plan.houses ?? []).flatMap(house => house.doors ?? [])
  return {
    records: {
      streets: (plan.streets ?? []).map((street, index) => {
        const { path, ...rest } = 'path' in street
          ? street
          : { path: street }
        return {
          id: index + 1,
          class: rest.class ?? (rest.stairs ? 'steps' : 'residential'),
          foot: rest.foot ?? true,
          onewayFoot: rest.oneway ?? 0,
          stairs: rest.stairs ?? false,
          bridge: rest.bridge ?? false,
          tunnel: rest.tunnel ?? false,
          nodes: path.map(idOf),
          lngs: lngs(path),
          lats: lats(path),
        }
      }),
      points: [
        ...(plan.gates ?? []).map(({ at, passable = true, hours = null, kind = 'gate' }) => point(at, kind, passable, hours)),
        ...doors.map(door => point(door, 'entrance', true, null)),
      ],
      barriers: (plan.walls ?? []).map(path => ({
        lngs: lngs(path),
        lats: lats(path),
      })),
      obstructions: [
        ...(plan.waters ?? []).map(ring => ({
          kind: 'water' as const,
          geometry: {
            type: 'Polygon' as const,
            coordinates: [
              closed(ring).map(placeToLngLat),
            ],
          },
        })),
        ...(plan.rails ?? []).map(path => ({
          kind: 'rail' as const,
          geometry: {
            type: 'LineString' as const,
            coordinates: path.map(placeToLngLat),
          },
        })),
      ],
      buildings: (plan.houses ?? []).map(buildingOf),
    },
    facilities: (plan.facilities ?? []).map(({ at, ...rest }, index) => ({
      id: `F${index + 1}`,
      subdistrict: '990101001',
      name: `设施${index + 1}`,
      kind: 'day-care',
      community: null,
      grid: null,
      open: true,
      lng: placeToLngLat(at)[0],
      lat: placeToLngLat(at)[1],
      floorArea: null,
      capacity: null,
      ...rest,
    })),
    communities: plan.communities ?? [],
  }

  function point(at: Place, kind: string, passable: boolean, hours: string | null) {
    const [lng, lat] = placeToLngLat(at)
    return {
      id: idOf(at),
      kind,
      name: null,
      lng,
      lat,
      passable,
      hours,
    }
  }

  function buildingOf({ at, people = 1, aged70 = 0, aged80 = 0, households = 0, community, grid, size = 10, doors = [] }: HousePlan, index: number): BuildingRecord {
    const half = size / 2
    const corners: Place[] = [
      [-half, -half],
      [half, -half],
      [half, half],
      [-half, half],
    ]
    return {
      id: 1000 + index,
      subdistrict: '990101001',
      name: `${index + 1}号楼`,
      community: community ?? null,
      grid: grid ?? null,
      geometry: {
        type: 'Polygon',
        coordinates: [
          closed(corners.map(([e, n]) => [at[0] + e, at[1] + n] as const)).map(placeToLngLat),
        ],
      },
      centre: placeToLngLat(at),
      households,
      population: people,
      aged60: people,
      aged70,
      aged80,
      doors: doors.map(idOf),
    }
  }
}

function closed(ring: Place[]): Place[] {
  return [...ring, ring[0]!]
}

/** Walks the town: times from every house to its nearest facility, and what they were made from. Straight lines are walked straight. */
export function walk({ records, facilities }: Town, walker: Partial<Walker> = {}, limitSeconds = Infinity) {
  const model = buildWalkModel(records, { ...defaultLinkSettings, detour: 1 })
  const linked = linkFacilities(model, facilities)
  const counted = facilities.map((_, index) => index)
  const search = createWalkSearcher(model.graph).run({
    targets: linked.links,
    facilities: counted,
    pace: paceOf({
      ...defaultSettings.walker,
      ...walker,
    }),
    limitSeconds,
  })
  const times: BuildingTimes = timeBuildings(model, search, linked, counted)
  return {
    model,
    linked,
    search,
    times,
    seconds: [...times.seconds],
  }
}
