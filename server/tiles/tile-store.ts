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
  version: () => Promise<string>
  extent: () => Promise<BasemapExtent>
  /** A gzipped tile of the base map as it now is. */
  tile: (address: TileAddress) => Promise<{ version: string, gzipped: Uint8Array }>
}

/** Makes tiles as they are asked for and keeps the last ones, `cacheBytes` at most; asked twice at once, it makes a tile once. */
export function tileStore(sql: Sql, { cacheBytes = 24 * 1024 * 1024, versionMs = 500 } = {}): TileStore {
  const cache = new TileCache(cacheBytes)
  const making = new Map<string, Promise<Uint8Array>>()
  let version: { at: number, value: Promise<string> } | null = null
  let extent: { version: string, value: Promise<BasemapExtent> } | null = null

  /** A screen asks for dozens of tiles at once: one look at the log does for all of them. */
  function currentVersion(): Promise<string> {
    const at = performance.now()
    if (!version || at - version.at > versionMs) {
      const value = basemapVersion(sql)
      version = { at, value }
      value.catch(() => version = null)
    }
    return version.value
  }

  async function make(address: TileAddress): Promise<Uint8Array> {
    return await compress(await makeTile(sql, address))
  }

  return {
    version: currentVersion,
    async extent() {
      const current = await currentVersion()
      if (extent?.version !== current) {
        const value = basemapExtent(sql)
        extent = { version: current, value }
        value.catch(() => extent = null)
      }
      return extent.value
    },
    async tile(address) {
      const current = await currentVersion()
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
