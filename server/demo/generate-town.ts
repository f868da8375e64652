import type { ImportFormat, ImportKind } from '../ingest/import-request.ts'
import type { BacklogCase } from './cases/backlog.ts'
import type { DemoZone } from './overlays/renovation-zones.ts'
import type { DemoWorksite } from './overlays/worksites.ts'
import type { Town } from './town.ts'
import { buildTown } from './build-town.ts'
import { backlogHeader, backlogRow, composeBacklog } from './cases/backlog.ts'
import { placesOfTown } from './cases/town-places.ts'
import { toLngLat } from './layout/geo.ts'
import { planTowns } from './layout/plan-towns.ts'
import { enlistOfficers } from './overlays/officers.ts'
import { chooseZones } from './overlays/renovation-zones.ts'
import { chooseWorksites } from './overlays/worksites.ts'
import { createRandom } from './random.ts'
import { csv } from './write/csv.ts'
import { areaGeometry, closed, geoJson, pointGeometry } from './write/geojson.ts'
import { osmXml } from './write/osm-xml.ts'

export type TownSize = 'subdistrict' | 'district' | 'city'

export interface TownRequest {
  /** The same seed gives the same bytes. */
  seed: string
  size: TownSize
  /** What dates count from. */
  now: Date
}

/** A file as it would come from outside, opened as often as one likes. */
export interface TownFile {
  name: string
  kind: ImportKind
  format: ImportFormat
  open: () => AsyncIterable<Uint8Array>
}

export interface GeneratedTown {
  /** 9 digits */
  subdistrict: string
  name: string
  /** In the order in which they are to be imported. */
  files: TownFile[]
  /** Of the cases in the last file: how far the work on each has come, by its number there. */
  backlog: BacklogCase[]
  /** Of the worksites in their file: chain, months and checklist. */
  worksites: DemoWorksite[]
  /** Of the renovation zones in their file: stages, consent, funds, leftover issues, the property company's ladder. */
  zones: DemoZone[]
  /** For checks; the files say the same. */
  town: Town
}

/**
 * Generates the demo: 1, 10 or 100 subdistricts of about 60,000 people, one after the other, so that only one is in
 * memory at a time. Nothing in it is real: places, people, firms and phone numbers (1990000xxxx) are made up.
 */
export function* generateTown({ seed, size, now }: TownRequest): Generator<GeneratedTown> {
  for (const plan of planTowns(seed, size)) {
    const town = buildTown(plan)
    const random = createRandom(`${seed}/${plan.code}/overlays`)
    const zones = chooseZones(town, now, random.fork('zones'))
    const worksites = chooseWorksites(town, zones, now, random.fork('worksites'))
    const officers = enlistOfficers(town, random.fork('officers'))
    const backlog = composeBacklog(placesOfTown(town, zones, worksites, random.fork('places')), now, `YS${plan.code.slice(4)}`, random.fork('cases'))
    const asOf = `${now.getUTCFullYear()}-${String(now.getUTCMonth() + 1).padStart(2, '0')}`
    const file = (name: string, kind: ImportKind, format: ImportFormat, bytes: () => Iterable<Uint8Array>): TownFile =>
      ({
        name,
        kind,
        format,
        open: () => inPieces(bytes()),
      })
    yield {
      subdistrict: plan.code,
      name: plan.name,
      town,
      backlog,
      worksites,
      zones,
      files: [
        file('regions.geojson', 'regions', 'geojson', () => geoJson(town.regions.map(region => ({
          geometry: areaGeometry(region.outline),
          properties: {
            code: region.code,
            name: region.name,
            level: region.level,
            parent: region.parent,
            households: region.residents.households,
            population: region.residents.population,
            aged60: region.residents.aged60,
            aged70: region.residents.aged70,
            aged80: region.residents.aged80,
            populationAsOf: asOf,
          },
        })))),
        file('town.osm', 'osm', 'osm-xml', () => osmXml(town)),
        file('population.csv', 'population', 'csv', () => csv([
          '楼栋编号',
          '户数',
          '人口',
          '60岁及以上',
          '70岁及以上',
          '80岁及以上',
          '单元数',
          '层数',
          '建成年份',
          '统计时间',
        ], [...town.residents].map(([home, people]) =>
          [
            home.way.id,
            people.households,
            people.population,
            people.aged60,
            people.aged70,
            people.aged80,
            home.doors.length,
            home.floors,
            home.builtYear,
            asOf,
          ]))),
        file('facilities.geojson', 'facilities', 'geojson', () => geoJson(town.facilities.map(facility => ({
          geometry: pointGeometry(facility.at),
          properties: {
            设施编号: facility.id,
            名称: facility.name,
            类型: facility.kind,
            社区: facility.community.code,
            是否开放: facility.open ? '是' : '否',
            建筑面积: facility.floorArea,
            床位: facility.capacity,
            开放时间: facility.hours,
          },
        })))),
        file('renovation.geojson', 'renovation', 'geojson', () => geoJson(zones.map(zone => ({
          geometry: {
            type: 'Polygon',
            coordinates: [
              closed(zone.compound.ring),
            ],
          },
          properties: { 小区编号: zone.id, ...zone.properties },
        })))),
        file('worksites.geojson', 'worksites', 'geojson', () => geoJson(worksites.map(site => ({
          geometry: pointGeometry(site.at),
          properties: { 工地编号: site.id, ...site.properties },
        })))),
        file('officers.csv', 'officers', 'csv', () => csv([
          '工号',
          '姓名',
          '手机号',
          '社区',
          '责任网格',
          '在岗',
          '技能',
          '经度',
          '纬度',
        ], officers.map(officer =>
          [
            officer.id,
            officer.name,
            officer.phone,
            officer.community.code,
            officer.grid.code,
            officer.duty === 'on'
              ? '在岗'
              : '休息',
            officer.skills.join('、'),
            ...toLngLat(officer.at),
          ]))),
        file('cases.csv', 'cases', 'csv', () => csv(backlogHeader, backlog.map(backlogRow))),
      ],
    }
  }
}

async function* inPieces(bytes: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* bytes
}
