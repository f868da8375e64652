import type { TestDatabase } from '../world/database.ts'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { appendEvents } from '../../db/queries/events.ts'
import { tileBounds } from '../../server/tiles/tile-bounds.ts'
import { tileRoutes } from '../../server/tiles/tile-routes.ts'
import { testDatabase } from '../world/database.ts'
import { decodeTile } from '../world/decode-tile.ts'

let db: TestDatabase
let app: ReturnType<typeof tileRoutes>
const town = '990101001'
/** The tile of zoom 16 in which everything below lies. */
const [z, x, y] = [16, 54027, 25576]
const [west, , , north] = tileBounds({ z, x, y })
const at = (east: number, south: number): [number, number] => [west + east * 1e-4, north - south * 1e-4]

beforeAll(async () => {
  db = await testDatabase()
  app = tileRoutes({
    sql: db.sql,
    config: {
      basemap: { from: 'streets' },
      tiandituKey: null,
      publicOrigin: null,
    },
  })
  await street(1, 'primary', '经十路', [
    at(5, 10),
    at(45, 10),
  ], { bridge: true })
  await street(2, 'footway', null, [
    at(5, 20),
    at(45, 20),
  ])
  await building(3, '3号楼', 24, square(10, 5, 4))
  await building(4, null, 0, square(20, 5, 4))
  await db.sql`
    insert into areas (subdistrict, id, class, subclass, name, geometry, bounds, tunnel)
    values
      (${town}, 5, 'water', 'lake', '镜湖', ${db.sql.json(polygon(square(30, 12, 8)))}, ${boxOf(square(30, 12, 8))}::box, false),
      (${town}, 6, 'waterway', 'stream', '暗渠', ${db.sql.json({
        type: 'LineString',
        coordinates: [
          at(5, 25),
          at(45, 25),
        ],
      })}, ${boxOf([
        at(5, 25),
        at(45, 25),
      ])}::box, true)`
  await db.sql`insert into street_points (subdistrict, id, kind, location, passable) values (${town}, 7, 'gate', ${at(10, 20)}, false)`
  await db.sql`insert into map_labels (subdistrict, id, class, name, location) values (${town}, 8, 'school', '实验小学', ${at(12, 12)})`
})
afterAll(() => db.drop())

it('a tile holds streets, buildings, water, gates and names, each with only what is true of it', async () => {
  const layers = decodeTile(await tile(z, x, y))

  expect(layers.street!.map(({ properties }) => properties)).toEqual(expect.arrayContaining([
    {
      class: 'primary',
      name: '经十路',
      bridge: true,
      foot: true,
    },
    { class: 'footway', foot: true },
  ]))
  expect(layers.building!.map(({ id, properties }) => ({ id, ...properties }))).toEqual(expect.arrayContaining([
    {
      id: 3,
      kind: 'yes',
      name: '3号楼',
      home: true,
    },
    { id: 4, kind: 'yes' },
  ]))
  expect(layers.gate!.map(({ properties }) => properties)).toEqual([
    { shut: true },
  ])
  expect(layers.label!.map(({ properties }) => properties.name).sort()).toEqual(['3号楼', '实验小学', '镜湖'])
})

it('a brook in a culvert is not drawn', async () => {
  expect(decodeTile(await tile(z, x, y)).waterway).toBeUndefined()
})

it('far out only main streets are drawn, and no buildings', async () => {
  const far = decodeTile(await tile(12, x >> 4, y >> 4))
  expect(far.street!.map(({ properties }) => properties.class)).toEqual(['primary'])
  expect(far.building).toBeUndefined()
})

it('a tile of the open sea is empty, and one beyond the world or the zooms does not exist', async () => {
  expect(decodeTile(await tile(14, 0, 8000))).toEqual({})
  expect((await app.request('/tiles/17/0/0.mvt')).status).toBe(404)
  expect((await app.request('/tiles/9/512/0.mvt')).status).toBe(404)
  expect((await app.request('/tiles/9/1/x.mvt')).status).toBe(404)
})

it('with the current version in its address a tile may be kept for ever, without it is asked for again', async () => {
  const { version } = await settings()
  const kept = await app.request(`/tiles/${z}/${x}/${y}.mvt?v=${version}`)
  expect(kept.headers.get('Cache-Control')).toContain('immutable')

  const asked = await app.request(`/tiles/${z}/${x}/${y}.mvt?v=old`)
  expect(asked.headers.get('Cache-Control')).toBe('no-cache')
  const again = await app.request(`/tiles/${z}/${x}/${y}.mvt?v=old`, {
    headers: {
      'If-None-Match': asked.headers.get('ETag')!,
    },
  })
  expect(again.status).toBe(304)
})

it('a client that cannot gunzip gets the tile as it is', async () => {
  const zipped = await app.request(`/tiles/${z}/${x}/${y}.mvt`, {
    headers: { 'Accept-Encoding': 'gzip' },
  })
  expect(zipped.headers.get('Content-Encoding')).toBe('gzip')
  const plain = await app.request(`/tiles/${z}/${x}/${y}.mvt`)
  expect(plain.headers.get('Content-Encoding')).toBeNull()
  expect(new Uint8Array(await plain.arrayBuffer())).toEqual(new Uint8Array(gunzipSync(await zipped.arrayBuffer())))
})

it('an import changes the version, and the new tile shows what was imported', async () => {
  const before = await settings()
  await street(9, 'residential', '新街', [
    at(5, 30),
    at(45, 30),
  ])
  await db.sql.begin(tx => appendEvents(tx, town, [
    { type: 'basemap.imported', id: 'basemap', set: {} },
  ]))

  const after = await settings()
  expect(after.version).not.toBe(before.version)
  const response = await app.request(`/tiles/${z}/${x}/${y}.mvt?v=${after.version}`)
  expect(response.headers.get('Cache-Control')).toContain('immutable')
  const names = decodeTile(new Uint8Array(await response.arrayBuffer())).street!.map(({ properties }) => properties.name)
  expect(names).toContain('新街')
})

it('the map settings name the extent, and say of a generated town that it is one', async () => {
  const { bounds, view, demo, attribution } = await settings()
  expect(bounds[0]).toBeCloseTo(at(5, 0)[0], 6)
  expect(view).toEqual(bounds)
  expect({ demo, attribution }).toEqual({ demo: true, attribution: '演示数据' })

  await db.sql`update streets set subdistrict = '370102001' where id = 9`
  const mixed = tileRoutes({
    sql: db.sql,
    config: {
      basemap: { from: 'streets' },
      tiandituKey: 'k',
      publicOrigin: null,
    },
  })
  const config = await (await mixed.request('/map-config.json')).json()
  expect(config.attribution).toBe('© OpenStreetMap 贡献者 · 演示数据')
  expect(config.tianditu.map[0]).toContain('LAYER=vec')
})

it('before anything is imported there is nowhere to look, and that is said', async () => {
  const empty = await testDatabase()
  const config = await (await tileRoutes({
    sql: empty.sql,
    config: {
      basemap: { from: 'streets' },
      tiandituKey: null,
      publicOrigin: null,
    },
  }).request('/map-config.json')).json()
  expect(config).toMatchObject({
    bounds: null,
    view: null,
    attribution: '',
    demo: false,
  })
  await empty.drop()
})

it('TileJSON tells other programs the same', async () => {
  const response = await app.request('http://centre.example/tiles.json')
  const json = await response.json()
  expect(json).toMatchObject({ tilejson: '3.0.0', minzoom: 8, maxzoom: 16 })
  expect(json.tiles[0]).toMatch(/^http:\/\/centre\.example\/tiles\/\{z\}\/\{x\}\/\{y\}\.mvt\?v=/)
  expect(json.vector_layers.map(({ id }: { id: string }) => id)).toContain('street')
})

async function tile(z: number, x: number, y: number): Promise<Uint8Array> {
  const response = await app.request(`/tiles/${z}/${x}/${y}.mvt`, {
    headers: { 'Accept-Encoding': 'gzip' },
  })
  expect(response.status).toBe(200)
  return new Uint8Array(await response.arrayBuffer())
}

async function settings() {
  return await (await app.request('/map-config.json')).json()
}

async function street(id: number, kind: string, name: string | null, line: [number, number][], { bridge = false } = {}) {
  await db.sql`
    insert into streets (subdistrict, id, class, name, foot, bridge, nodes, lngs, lats, bounds)
    values (${town}, ${id}, ${kind}, ${name}, true, ${bridge}, ${line.map((_, i) => id * 100 + i)},
      ${line.map(([lng]) => lng)}, ${line.map(([, lat]) => lat)}, ${boxOf(line)}::box)`
}

async function building(id: number, name: string | null, households: number, ring: [number, number][]) {
  await db.sql`
    insert into buildings (subdistrict, id, kind, name, households, geometry, centre, bounds)
    values (${town}, ${id}, 'yes', ${name}, ${households}, ${db.sql.json(polygon(ring))}, ${ring[0]!}, ${boxOf(ring)}::box)`
}

function square(east: number, south: number, size: number): [number, number][] {
  return [
    at(east, south),
    at(east + size, south),
    at(east + size, south + size),
    at(east, south + size),
    at(east, south),
  ]
}

function polygon(ring: [number, number][]) {
  return {
    type: 'Polygon',
    coordinates: [ring],
  }
}

function boxOf(line: [number, number][]): string {
  const [lngs, lats] = [
    line.map(([lng]) => lng),
    line.map(([, lat]) => lat),
  ]
  return `(${Math.max(...lngs)},${Math.max(...lats)}),(${Math.min(...lngs)},${Math.min(...lats)})`
}
