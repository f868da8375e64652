import type { SmallMap } from '../../test/world/osm-xml.ts'
import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { createGunzip } from 'node:zlib'
import { readOsmXml } from '../../server/ingest/read/osm-xml.ts'
import { osmPbf } from '../../test/world/osm-pbf.ts'

const run = promisify(execFile)
const name = '@valhallajs/valhallajs'

/** Valhalla with an extract built into its tiles: isochrones on foot, answered in this process as it answers them in its own. */
export interface Valhalla {
  version: string
  /** The ground within so many minutes of a place as a polygon (GeoJSON), as text. */
  isochrone: (place: { lng: number, lat: number }, minutes: number, metresPerSecond: number) => Promise<string>
  remove: () => Promise<void>
}

/**
 * Fetches Valhalla (npm `@valhallajs/valhallajs`, 280 MB: no dependency of ours) into a temporary folder and builds tiles of an
 * extract. `{ missing }` says why it cannot be had here: no network, or no binary for this machine.
 */
export async function fetchValhalla(extract: string): Promise<Valhalla | { missing: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-valhalla-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await writeFile(join(folder, 'package.json'), '{"private":true}')
    await run('npm', [
      'install',
      '--no-audit',
      '--no-fund',
      '@valhallajs/valhallajs@3',
    ], { cwd: folder, timeout: 240_000 })
    const require = createRequire(join(folder, 'package.json'))
    const { Actor, getConfig, VALHALLA_VERSION } = require(name)
    const config = await getConfig({
      tileDir: join(folder, 'tiles'),
      tileExtract: join(folder, 'tiles.tar'),
    })
    await writeFile(join(folder, 'config.json'), JSON.stringify(config))
    await writeFile(join(folder, 'extract.osm.pbf'), osmPbf(await readMap(extract)))
    await run(process.execPath, [
      join(folder, 'node_modules', name, 'bin/valhalla-cli.js'),
      'build_tiles',
      '-c',
      join(folder, 'config.json'),
      join(folder, 'extract.osm.pbf'),
    ], { cwd: folder, timeout: 120_000, maxBuffer: 1 << 26 })
    const actor = new Actor(config)
    return {
      version: VALHALLA_VERSION,
      isochrone: ({ lng, lat }, minutes, metresPerSecond) => actor.isochrone(JSON.stringify({
        locations: [
          { lon: lng, lat },
        ],
        costing: 'pedestrian',
        costing_options: {
          pedestrian: { walking_speed: metresPerSecond * 3.6 },
        },
        contours: [
          { time: minutes },
        ],
        polygons: true,
      })),
      remove,
    }
  }
  catch (error) {
    await remove()
    return {
      missing: String((error as Error).message).split('\n')[0]!.slice(0, 120),
    }
  }
}

/** An .osm or .osm.gz as the writer of PBF takes it, ids in order as Valhalla wants them. */
async function readMap(file: string): Promise<SmallMap> {
  const stream = createReadStream(file)
  const nodes: [number, SmallMap['nodes'][number]][] = []
  const ways: [number, NonNullable<SmallMap['ways']>[number]][] = []
  for await (const batch of readOsmXml(file.endsWith('.gz')
    ? stream.pipe(createGunzip())
    : stream)) {
    for (const element of batch) {
      if (element.type === 'node') {
        nodes.push([
          element.id,
          [element.lng, element.lat, element.tags ?? {}],
        ])
      }
      else if (element.type === 'way') {
        ways.push([
          element.id,
          [element.refs, element.tags ?? {}],
        ])
      }
    }
  }
  const inOrder = <Item>(items: [number, Item][]) => Object.fromEntries(items.sort(([a], [b]) => a - b)) as Record<number, Item>
  return {
    nodes: inOrder(nodes),
    ways: inOrder(ways),
  }
}
