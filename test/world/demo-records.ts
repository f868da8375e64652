import type { CommunityRecord, FacilityRecord, WalkRecords } from '#coverage/records.ts'
import type { GeneratedTown, TownSize } from '../../server/demo/generate-town.ts'
import { generateTown } from '../../server/demo/generate-town.ts'
import { toLngLat } from '../../server/demo/layout/geo.ts'
import { areaGeometry } from '../../server/demo/write/geojson.ts'
import { RegionIndex } from '../../server/places/region-index.ts'
import { osmRows, recordsOfRows } from './osm-records.ts'

export interface DemoRecords {
  records: WalkRecords
  facilities: FacilityRecord[]
  communities: CommunityRecord[]
}

/** The demo as the walking model takes it, by way of the files that it is imported from, without a database. */
export async function demoRecords(size: TownSize, seed = 'demo'): Promise<DemoRecords> {
  const all: DemoRecords = {
    records: {
      streets: [],
      points: [],
      barriers: [],
      obstructions: [],
      buildings: [],
    },
    facilities: [],
    communities: [],
  }
  for (const generated of generateTown({
    seed,
    size,
    now: new Date('2026-11-01T00:00:00Z'),
  })) {
    const { records, facilities, communities } = await recordsOfTown(generated)
    for (const key of [
      'streets',
      'points',
      'barriers',
      'obstructions',
      'buildings',
    ] as const)
      all.records[key] = (all.records[key] as unknown[]).concat(records[key]) as never
    all.facilities = all.facilities.concat(facilities)
    all.communities = all.communities.concat(communities)
  }
  return all
}

async function recordsOfTown({ subdistrict, town, files }: GeneratedTown): Promise<DemoRecords> {
  const people = new Map([...town.residents].map(([home, residents]) => [home.way.id, residents]))
  const regions = new RegionIndex(town.regions.map(({ code, level, outline }) => ({
    id: code,
    subdistrict,
    level,
    geometry: areaGeometry(outline) as never,
  })))
  const rows = await osmRows(files.find(({ kind }) => kind === 'osm')!.open())
  return {
    records: recordsOfRows(rows, ({ id, centre }) => ({
      ...people.get(id),
      community: regions.regionsAt(centre).community,
      grid: regions.regionsAt(centre).grid,
    })),
    facilities: town.facilities.map((facility) => {
      const [lng, lat] = toLngLat(facility.at)
      return {
        id: facility.id,
        subdistrict,
        name: facility.name,
        kind: facility.kind,
        community: facility.community.code,
        grid: regions.regionsAt([lng!, lat!]).grid,
        open: facility.open,
        lng: lng!,
        lat: lat!,
        floorArea: facility.floorArea,
        capacity: facility.capacity,
      }
    }),
    communities: town.regions.filter(({ level }) => level === 'community' || level === 'village').map(({ code, name, residents }) => ({
      id: code,
      subdistrict,
      name,
      households: residents.households,
      populationAsOf: '2026-11',
    })),
  }
}
