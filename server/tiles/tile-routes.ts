/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
import type { Context } from 'hono'
import type { Sql } from '../../db/connect.ts'
import type { Config } from '../config.ts'
import type { PmtilesFile } from './pmtiles-file.ts'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { byteRange } from './byte-range.ts'
import { mapConfig } from './map-config.ts'
import { isTile } from './tile-bounds.ts'
import { tileStore } from './tile-store.ts'
import { zooms } from './zoom-rules.ts'

export interface TileRoutesOptions {
  sql: Sql
  config: Pick<Config, 'basemap' | 'tiandituKey' | 'publicOrigin'>
  /** From `readPmtiles` at the start, when BASEMAP names such a file. */
  pmtiles?: PmtilesFile | null
}

const aYear = 'public, max-age=31536000, immutable'

const vectorLayers = Object.entries({
  landuse: ['class', 'name'],
  green: ['class', 'name'],
  water: ['class', 'name'],
  waterway: ['class', 'name'],
  rail: ['class'],
  street: ['class', 'name', 'bridge', 'tunnel', 'stairs', 'foot'],
  building: ['kind', 'name', 'floors', 'home'],
  barrier: ['class'],
  gate: ['name', 'shut'],
  label: ['class', 'name'],
}).map(([id, fields]) => ({
  id,
  fields: Object.fromEntries(fields.map(field => [field, typeOf(field)])),
}))

/**
 * The base map over HTTP, to mount at the root: `/tiles/{z}/{x}/{y}.mvt?v=VERSION`, `/tiles.json` (TileJSON 3), `/map-config.json`, and
 * `/basemap.pmtiles` (with ranges) where there is one. An address with the current version may be kept for ever; one without is
 * asked again each time.
 */
export function tileRoutes({ sql, config, pmtiles = null }: TileRoutesOptions): Hono {
  const store = tileStore(sql)
  const settings = () => mapConfig({ store, config, pmtiles })
  const app = new Hono()

  app.get('/tiles/:z/:x/:file{[0-9]+\\.mvt}', async (c) => {
    const address = {
      z: Number(c.req.param('z')),
      x: Number(c.req.param('x')),
      y: Number.parseInt(c.req.param('file'), 10),
    }
    if (!isTile(address) || address.z < zooms.first || address.z > zooms.last)
      throw new HTTPException(404, { message: `no tile there: zooms ${zooms.first} to ${zooms.last}, x and y below 2^zoom` })
    const { version, gzipped } = await store.tile(address)
    const etag = `"${version}"`
    c.header('ETag', etag)
    c.header('Cache-Control', c.req.query('v') === version
      ? aYear
      : 'no-cache')
    c.header('Vary', 'Accept-Encoding')
    if (c.req.header('If-None-Match') === etag)
      return c.body(null, 304)
    c.header('Content-Type', 'application/vnd.mapbox-vector-tile')
    if (!/\bgzip\b/.test(c.req.header('Accept-Encoding') ?? ''))
      return c.body(bytes(gunzipSync(gzipped)))
    c.header('Content-Encoding', 'gzip')
    return c.body(bytes(gzipped))
  })

  app.get('/map-config.json', async c => c.json(await settings(), 200, { 'Cache-Control': 'no-cache' }))

  app.get('/tiles.json', async (c) => {
    const { version, bounds, attribution } = await settings()
    const origin = config.publicOrigin ?? new URL(c.req.url).origin
    c.header('Cache-Control', 'no-cache')
    return c.json({
      tilejson: '3.0.0',
      name: '慧治一张图',
      version: '1.0.0',
      tiles: [`${origin}/tiles/{z}/{x}/{y}.mvt?v=${version}`],
      minzoom: zooms.first,
      maxzoom: zooms.last,
      ...bounds && {
        bounds,
        center: [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2, 14],
      },
      attribution,
      vector_layers: vectorLayers,
    })
  })

  if (pmtiles)
    app.get('/basemap.pmtiles', c => sendRange(c, pmtiles))
  return app
}

function typeOf(field: string): string {
  return field === 'floors'
    ? 'Number'
    : ['class', 'name', 'kind'].includes(field)
        ? 'String'
        : 'Boolean'
}

function sendRange(c: Context, file: PmtilesFile): Response {
  const etag = `"${file.version}"`
  c.header('ETag', etag)
  c.header('Accept-Ranges', 'bytes')
  c.header('Cache-Control', c.req.query('v') === file.version
    ? aYear
    : 'no-cache')
  c.header('Content-Type', 'application/octet-stream')
  if (c.req.header('If-None-Match') === etag && !c.req.header('Range'))
    return c.body(null, 304)
  const range = byteRange(c.req.header('Range'), file.bytes)
  if (range === 'unsatisfiable') {
    c.header('Content-Range', `bytes */${file.bytes}`)
    return c.body(null, 416)
  }
  const { first, last } = range === 'whole'
    ? { first: 0, last: file.bytes - 1 }
    : range
  if (range !== 'whole')
    c.header('Content-Range', `bytes ${first}-${last}/${file.bytes}`)
  c.header('Content-Length', String(last - first + 1))
  const stream = Readable.toWeb(createReadStream(file.path, { start: first, end: last })) as ReadableStream
  return c.body(stream, range === 'whole'
    ? 200
    : 206)
}

/** Hono wants a view on a plain ArrayBuffer. */
function bytes(view: Uint8Array): Uint8Array<ArrayBuffer> {
  return view as Uint8Array<ArrayBuffer>
}
