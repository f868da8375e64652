import { Buffer } from 'node:buffer'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteRange } from '../../server/tiles/byte-range.ts'
import { labelPoint } from '../../server/tiles/label-point.ts'
import { readPmtiles } from '../../server/tiles/pmtiles-file.ts'
import { tileBounds } from '../../server/tiles/tile-bounds.ts'
import { TileCache } from '../../server/tiles/tile-cache.ts'
import { tileRoutes } from '../../server/tiles/tile-routes.ts'
import { streetClasses, zooms } from '../../server/tiles/zoom-rules.ts'
import { emptyFolder } from '../world/folder.ts'
import { pmtilesOf } from '../world/pmtiles.ts'

describe('a byte range', () => {
  it('is what RFC 9110 says', () => {
    expect(byteRange('bytes=0-99', 1000)).toEqual({ first: 0, last: 99 })
    expect(byteRange('bytes=900-', 1000)).toEqual({ first: 900, last: 999 })
    expect(byteRange('bytes=-10', 1000)).toEqual({ first: 990, last: 999 })
    expect(byteRange('bytes=900-5000', 1000)).toEqual({ first: 900, last: 999 })
    expect(byteRange('bytes=1000-', 1000)).toBe('unsatisfiable')
    expect(byteRange('bytes=9-3', 1000)).toBe('whole')
    expect(byteRange('lines=1-2', 1000)).toBe('whole')
    expect(byteRange(undefined, 1000)).toBe('whole')
  })
})

describe('the tile cache', () => {
  it('never holds more bytes than it may, whatever comes', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 900 }))), (entries) => {
      const cache = new TileCache(2000)
      for (const [key, size] of entries) {
        cache.set(String(key), new Uint8Array(size))
        expect(cache.bytes).toBeLessThanOrEqual(2000)
      }
    }))
  })

  it('forgets first what was not asked for longest', () => {
    const cache = new TileCache(3 * 400)
    for (const key of ['a', 'b', 'c'])
      cache.set(key, new Uint8Array(300))
    cache.get('a')
    cache.set('d', new Uint8Array(300))
    expect(['a', 'b', 'c', 'd'].filter(key => cache.get(key))).toEqual(['a', 'c', 'd'])
  })
})

describe('a name', () => {
  it('stands inside its area, also in a bent one', () => {
    // A horseshoe: the middle of its bounds lies outside.
    const ring = [
      [0, 0],
      [10, 0],
      [10, 3],
      [3, 3],
      [3, 7],
      [10, 7],
      [10, 10],
      [0, 10],
      [0, 0],
    ]
    const [lng, lat] = labelPoint({
      type: 'Polygon',
      coordinates: [ring],
    }, [0, 0, 10, 10]) as [number, number]
    expect(lng).toBeGreaterThan(0)
    expect(lng <= 3 || lat <= 3 || lat >= 7).toBe(true)
  })

  it('does not stand on a line', () => {
    expect(labelPoint({
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    }, [0, 0, 1, 1])).toBeNull()
  })
})

it('neighbouring tiles share an edge and together cover their parent', () => {
  const [west, south] = tileBounds({ z: 14, x: 13500, y: 6200 })
  const [, , , nextNorth] = tileBounds({ z: 14, x: 13500, y: 6201 })
  expect(south).toBeCloseTo(nextNorth, 12)
  expect(tileBounds({ z: 13, x: 6750, y: 3100 })[0]).toBeCloseTo(west, 12)
})

it('a street that is drawn at a zoom is drawn at every nearer one', () => {
  let before: string[] = []
  for (let zoom = zooms.first; zoom < zooms.last; zoom++) {
    const classes = streetClasses(zoom)
    expect(classes === null || before.every(kind => classes.includes(kind))).toBe(true)
    before = classes ?? []
  }
  expect(streetClasses(zooms.last)).toBeNull()
})

describe('a .pmtiles file', () => {
  const routes = async (file: string) => {
    const pmtiles = await readPmtiles(file)
    return {
      pmtiles,
      app: tileRoutes({
        sql: {} as never,
        config: {
          basemap: { from: 'pmtiles', file },
          tiandituKey: null,
          publicOrigin: null,
        },
        pmtiles,
      }),
    }
  }

  it('is recognised by its layers and served in ranges', async () => {
    const file = join(await emptyFolder(), 'town.pmtiles')
    const bytes = pmtilesOf({
      vector_layers: [
        { id: 'transportation' },
      ],
      attribution: '<a href="x">© OSM</a>',
    }, [117, 36.6, 117.1, 36.7])
    await writeFile(file, bytes)
    const { pmtiles, app } = await routes(file)
    expect(pmtiles).toMatchObject({
      tiles: 'vector',
      schema: 'openmaptiles',
      attribution: '© OSM',
      minzoom: 0,
      maxzoom: 14,
    })

    const part = await app.request('/basemap.pmtiles', {
      headers: { Range: 'bytes=0-6' },
    })
    expect(part.status).toBe(206)
    expect(part.headers.get('Content-Range')).toBe(`bytes 0-6/${bytes.length}`)
    expect(await part.text()).toBe('PMTiles')
    expect((await app.request('/basemap.pmtiles', {
      headers: { Range: `bytes=${bytes.length}-` },
    })).status).toBe(416)
    expect(Buffer.from(await (await app.request('/basemap.pmtiles')).arrayBuffer())).toEqual(bytes)
  })

  it('that is none, or that nobody could draw, ends the start with a line that names it', async () => {
    const folder = await emptyFolder()
    await expect(readPmtiles(join(folder, 'missing.pmtiles'))).rejects.toThrow(/BASEMAP.*missing\.pmtiles.*ENOENT/)
    await writeFile(join(folder, 'text.pmtiles'), 'nothing of the kind')
    await expect(readPmtiles(join(folder, 'text.pmtiles'))).rejects.toThrow(/BASEMAP.*text\.pmtiles/)
    await writeFile(join(folder, 'odd.pmtiles'), pmtilesOf({
      vector_layers: [
        { id: 'soil' },
      ],
    }, [0, 0, 1, 1]))
    await expect(readPmtiles(join(folder, 'odd.pmtiles'))).rejects.toThrow(/soil/)
  })
})
