import type { Feature } from '#contract/geometry.ts'
import { Buffer } from 'node:buffer'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { geometryBlob } from '../server/geopackage/geometry-blob.ts'
import { geoPackageOf } from '../server/geopackage/geopackage-thread.ts'
import { writeGeoPackage } from '../server/geopackage/write-geopackage.ts'

const square: [number, number][] = [
  [117, 36],
  [117.01, 36],
  [117.01, 36.01],
  [117, 36],
]
const features: Feature[] = [
  {
    type: 'Feature',
    id: 'a',
    geometry: {
      type: 'Point',
      coordinates: [117.005, 36.002],
    },
    properties: {
      'layer': 'facility',
      'name': '甸柳"日间"照料',
      'open': true,
      'people': 12,
      'demand': 3.5,
      'people 60-69': null,
      'fid': 'own',
    },
  },
  {
    type: 'Feature',
    id: 'b',
    geometry: {
      type: 'Point',
      coordinates: [117.02, 36.03],
    },
    properties: {
      layer: 'facility',
      name: null,
      open: false,
      people: 7,
      demand: 2,
      kinds: ['day-care'],
    },
  },
  {
    type: 'Feature',
    id: 'c',
    geometry: {
      type: 'MultiPolygon',
      coordinates: [
        [square],
      ],
    },
    properties: { layer: 'reach', minutes: 15 },
  },
  {
    type: 'Feature',
    id: 'd',
    geometry: {
      type: 'LineString',
      coordinates: square.slice(0, 2),
    },
    properties: { layer: 'parcel' },
  },
  {
    type: 'Feature',
    id: 'e',
    geometry: {
      type: 'Polygon',
      coordinates: [square],
    },
    properties: { layer: 'parcel' },
  },
]
const layers = {
  name: '方案',
  facts: { minutes: 15, saved: true, by: null },
  features,
}

function opened(bytes: Uint8Array): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  database.deserialize(bytes)
  return database
}

it('each layer is a table of features with its extent and type, and the facts are a table of attributes', () => {
  const file = opened(writeGeoPackage(layers))
  const all = (query: string) => file.prepare(query).all().map(row => ({ ...row }))
  expect(all('pragma application_id')).toEqual([
    { application_id: 0x47504B47 },
  ])
  expect(all('pragma user_version')).toEqual([
    { user_version: 10300 },
  ])
  expect(all('select srs_id from gpkg_spatial_ref_sys order by 1')).toEqual([
    { srs_id: -1 },
    { srs_id: 0 },
    { srs_id: 4326 },
  ])
  expect(all('select table_name, data_type, min_x, max_y, srs_id from gpkg_contents order by 1')).toEqual([
    {
      table_name: 'facility',
      data_type: 'features',
      min_x: 117.005,
      max_y: 36.03,
      srs_id: 4326,
    },
    {
      table_name: 'parcel',
      data_type: 'features',
      min_x: 117,
      max_y: 36.01,
      srs_id: 4326,
    },
    {
      table_name: 'plan',
      data_type: 'attributes',
      min_x: null,
      max_y: null,
      srs_id: 0,
    },
    {
      table_name: 'reach',
      data_type: 'features',
      min_x: 117,
      max_y: 36.01,
      srs_id: 4326,
    },
  ])
  expect(all('select table_name, geometry_type_name from gpkg_geometry_columns order by 1')).toEqual([
    { table_name: 'facility', geometry_type_name: 'POINT' },
    { table_name: 'parcel', geometry_type_name: 'GEOMETRY' },
    { table_name: 'reach', geometry_type_name: 'MULTIPOLYGON' },
  ])
  expect(all('select name, type from pragma_table_info(\'facility\')')).toEqual([
    { name: 'fid', type: 'INTEGER' },
    { name: 'geom', type: 'POINT' },
    { name: 'name', type: 'TEXT' },
    { name: 'open', type: 'BOOLEAN' },
    { name: 'people', type: 'INTEGER' },
    { name: 'demand', type: 'REAL' },
    { name: 'people 60-69', type: 'TEXT' },
    { name: 'fid_5', type: 'TEXT' },
    { name: 'kinds', type: 'TEXT' },
  ])
  expect(all('select name, open, people, demand, fid_5, kinds from facility')).toEqual([
    {
      name: '甸柳"日间"照料',
      open: 1,
      people: 12,
      demand: 3.5,
      fid_5: 'own',
      kinds: null,
    },
    {
      name: null,
      open: 0,
      people: 7,
      demand: 2,
      fid_5: null,
      kinds: '["day-care"]',
    },
  ])
  expect(all('select fact, value from plan')).toEqual([
    { fact: 'minutes', value: '15' },
    { fact: 'saved', value: 'true' },
    { fact: 'by', value: null },
  ])
  expect(all('pragma foreign_key_check')).toEqual([])
  expect(all('pragma integrity_check')).toEqual([
    { integrity_check: 'ok' },
  ])
})

it('a point is its header and 21 bytes of well-known binary; an area carries its envelope before it', () => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  expect(hex(geometryBlob({
    type: 'Point',
    coordinates: [1, 2],
  }))).toBe(`47500001e6100000${'0101000000'}000000000000f03f0000000000000040`)
  const area = geometryBlob({
    type: 'MultiPolygon',
    coordinates: [
      [square],
      [square, square],
    ],
  })
  const view = new DataView(area.buffer)
  expect([8, 16, 24, 32].map(at => view.getFloat64(at, true))).toEqual([117, 117.01, 36, 36.01])
  expect([
    view.getUint32(41, true),
    view.getUint32(45, true),
    view.getUint32(50, true),
  ]).toEqual([6, 2, 3])
  expect(area.length).toBe(40 + 9 + (9 + 4 + 4 * 16) + (9 + 2 * (4 + 4 * 16)))
})

it('a plan without anything to draw is still a file, and a thread writes what was asked of it', async () => {
  expect(opened(writeGeoPackage({ name: 'x', facts: {}, features: [] })).prepare('select count(*) as n from gpkg_contents').get()).toMatchObject({ n: 1 })
  expect(opened((await geoPackageOf(layers))!).prepare('select count(*) as n from facility').get()).toMatchObject({ n: 2 })
})
