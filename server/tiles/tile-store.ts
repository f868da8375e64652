import type { Buffer } from 'node:buffer'
import type { BasemapExtent } from '../../db/queries/tiles.ts'
import type { Sql } from '../../db/connect.ts'
import type { TileAddress } from './tile-bounds.ts'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { basemapExtent, basemapVersion } from '../../db/queries/tiles.ts'
import { makeTile } from './make-tile.ts'
import { TileCache } from './tile-cache.ts'

const compress = promisify<Uint8Array, Buffer>(gzip)

export interface TileStore {
  /** Of what the tables now hold. */
  version: () => Promise<string>
  extent: () => Promise<BasemapExtent>
  /** A gzipped tile of the base map as it now is; `wanted` is the version that the caller has heard of. */
  tile: (address: TileAddress, wanted?: string) => Promise<{ version: string, gzipped: Uint8Array }>
}

/** Makes tiles as they are asked for and keeps the last ones, `cacheBytes` at most; asked twice at once, it makes a tile once. */
export function tileStore(sql: Sql, { cacheBytes = 24 * 1024 * 1024, versionMs = 500 } = {}): TileStore {
  const cache = new TileCache(cacheBytes)
  const making = new Map<string, Promise<Uint8Array>>()
  let known: { at: number, version: string } | null = null
  let extent: { version: string, value: Promise<BasemapExtent> } | null = null

  async function look(): Promise<string> {
    const at = performance.now()
    const version = await basemapVersion(sql)
    known = { at, version }
    return version
  }

  /**
   * A screen asks for dozens of tiles at once: one look at the log does for all of them. Only who comes with a version that is not
   * the known one makes it look again: after an import a screen may hear of it before this process does.
   */
  async function versionFor(wanted: string | undefined): Promise<string> {
    const isRecent = known && performance.now() - known.at < versionMs
    return known && isRecent && (wanted === undefined || wanted === known.version)
      ? known.version
      : await look()
  }

  async function make(address: TileAddress): Promise<Uint8Array> {
    return await compress(await makeTile(sql, address))
  }

  return {
    version: look,
    async extent() {
      const current = await look()
      if (extent?.version !== current) {
        const value = basemapExtent(sql)
        extent = { version: current, value }
        value.catch(() => extent = null)
      }
      return extent.value
    },
    async tile(address, wanted) {
      const current = await versionFor(wanted)
      const key = `${current}/${address.z}/${address.x}/${address.y}`
      const kept = cache.get(key)
      if (kept)
        return { version: current, gzipped: kept }
      const made = making.get(key) ?? make(address).finally(() => making.delete(key))
      making.set(key, made)
      const gzipped = await made
      cache.set(key, gzipped)
      return { version: current, gzipped }
    },
  }
}
