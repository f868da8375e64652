import type { LngLat } from '#contract/geometry.ts'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { changesPlaces, loadPlaces } from '../../server/places/locate.ts'
import { centreOf, isInArea, metresBetween, squareMetres } from '../../server/places/polygon.ts'
import { PolygonIndex } from '../../server/places/polygon-index.ts'
import { RegionIndex } from '../../server/places/region-index.ts'
import { RegionNames } from '../../server/places/region-names.ts'
import { testDatabase } from '../world/database.ts'
import { imported } from '../world/import.ts'
import { osmXml } from '../world/osm-xml.ts'
import { collection, point, smallTown, square } from '../world/regions.ts'

const { sql, drop } = await testDatabase()
afterAll(drop)

function rectangle(west: number, south: number, east: number, north: number) {
  return {
    type: 'Polygon' as const,
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ] as LngLat[][],
  }
}

it('a point is told everything that it lies in, also what is imported while the look-up is in use', async () => {
  const places = await loadPlaces(sql)
  expect(places).toMatchObject({ home: null, knowsRegions: false })
  const nothing = {
    subdistrict: null,
    community: null,
    grid: null,
    compound: null,
    building: null,
    zone: null,
    worksite: null,
  }
  expect(places.locate([117.002, 36.602])).toEqual(nothing)

  await imported(sql, 'regions', smallTown())
  await imported(sql, 'osm', osmXml({
    nodes: {
      1: [117.001, 36.601],
      2: [117.004, 36.601],
      3: [117.004, 36.604],
      4: [117.001, 36.604],
      5: [117.0019, 36.6019],
      6: [117.0021, 36.6019],
      7: [117.0021, 36.6021],
      8: [117.0019, 36.6021],
    },
    ways: {
      1: [
        [1, 2, 3, 4, 1],
        { landuse: 'residential', name: '甸新小区' },
      ],
      2: [
        [5, 6, 7, 8, 5],
        { building: 'apartments' },
      ],
    },
  }))
  await imported(sql, 'renovation', collection(square([117.001, 36.601], 0.003, { id: 'Z1', name: '一区' })))
  await imported(sql, 'worksites', collection(point([117.0025, 36.602], { id: 'W1', name: '甲' }), point([117.0023, 36.602], { id: 'W2', name: '乙' })))
  await places.refresh()
  expect(places).toMatchObject({ home: '370102009', knowsRegions: true })
  expect(places.locate([117.002, 36.602])).toEqual({
    subdistrict: '370102009',
    community: '370102009001',
    grid: '370102009001001',
    compound: 1,
    building: 2,
    zone: 'Z1',
    worksite: 'W2',
  })
  expect(places.locate([117.0035, 36.602])).toMatchObject({ compound: 1, building: null, worksite: null })
  expect(places.locate([117.5, 36.602])).toEqual(nothing)
})

it('which events make a look-up stale', () => {
  expect([
    'region.imported',
    'zone.corrected',
    'zone.ledger-changed',
    'zone.area-changed',
    'worksite.imported',
    'worksite.wages-changed',
    'basemap.imported',
    'case.registered',
    'officer.imported',
  ].filter(changesPlaces)).toEqual([
    'region.imported',
    'zone.corrected',
    'zone.area-changed',
    'worksite.imported',
    'basemap.imported',
  ])
})

describe('polygons', () => {
  it('of nested ones the smallest is meant; a hole is outside', () => {
    const ring = {
      type: 'Polygon' as const,
      coordinates: [rectangle(0, 0, 10, 10).coordinates[0]!, rectangle(4, 4, 6, 6).coordinates[0]!],
    }
    const index = new PolygonIndex([
      {
        value: 'large',
        geometry: rectangle(-5, -5, 20, 20),
      },
      { value: 'ring', geometry: ring },
    ])
    expect([
      index.at([1, 1]),
      index.at([5, 5]),
      index.at([30, 1]),
    ]).toEqual(['ring', 'large', null])
    expect(index.allAt([1, 1])).toEqual(['ring', 'large'])
  })

  it('the index says the same as looking at each polygon', () => {
    const corner = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }))
    fc.assert(fc.property(fc.array(fc.tuple(corner, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 })), { maxLength: 30 }), corner, (boxes, [x, y]) => {
      const areas = boxes.map(([[west, south], width, height], value) => ({
        value,
        geometry: rectangle(west, south, west + width, south + height),
      }))
      const at: LngLat = [x + 0.5, y + 0.5]
      expect(new PolygonIndex(areas).allAt(at).sort()).toEqual(areas.filter(({ geometry }) => isInArea(at, geometry)).map(({ value }) => value).sort())
    }))
  })

  it('the centre of a horseshoe lies in it', () => {
    const horseshoe = {
      type: 'Polygon' as const,
      coordinates: [
        [
          [0, 0],
          [10, 0],
          [10, 10],
          [8, 10],
          [8, 2],
          [2, 2],
          [2, 10],
          [0, 10],
          [0, 0],
        ],
      ] as LngLat[][],
    }
    expect(isInArea(centreOf(horseshoe), horseshoe)).toBe(true)
  })

  it('lengths and areas are in metres', () => {
    expect(metresBetween([117, 36.6], [117.001, 36.6])).toBeCloseTo(89.3, 0)
    expect(squareMetres(rectangle(117, 36.6, 117.001, 36.601)) / (89.3 * 111.2)).toBeCloseTo(1, 2)
  })
})

describe('regions', () => {
  const region = (id: string, level: 'subdistrict' | 'community', west: number) => ({
    id,
    level,
    subdistrict: id.slice(0, 9),
    geometry: rectangle(west, 0, west + 1, 1),
  })

  it('with one subdistrict everything is at home there; with two, what lies in neither is nobody’s', () => {
    expect(new RegionIndex([
      region('370102001', 'subdistrict', 0),
    ]).ownerOf([5, 5])).toBe('370102001')
    const two = new RegionIndex([
      region('370102001', 'subdistrict', 0),
      region('370102002', 'subdistrict', 1),
    ])
    expect([
      two.home,
      two.ownerOf([1.5, 0.5]),
      two.ownerOf([5, 5]),
    ]).toEqual([null, '370102002', '000000000'])
  })

  it('a name is found with or without 社区 and 居委会, and not when two subdistricts have it', () => {
    const named = (id: string, name: string) => ({
      id,
      name,
      level: 'community' as const,
      subdistrict: id.slice(0, 9),
      parent: null,
    })
    const names = new RegionNames([
      named('370102001001', '甸新社区'),
      named('370102001002', '东社区'),
      named('370102002001', '东社区'),
    ])
    const find = (text: string, subdistrict?: string) => names.find(text, ['community'], subdistrict)?.id ?? null
    expect([
      '甸新',
      '甸新社区居委会',
      '370102001001',
      '东社区',
      '西',
    ].map(text => find(text))).toEqual([
      '370102001001',
      '370102001001',
      '370102001001',
      null,
      null,
    ])
    expect(find('东', '370102002')).toBe('370102002001')
  })
})
