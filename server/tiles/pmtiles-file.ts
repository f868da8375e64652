/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
import type { FileHandle } from 'node:fs/promises'
import type { Source } from 'pmtiles'
import { open } from 'node:fs/promises'
import { PMTiles, TileType } from 'pmtiles'
import { CannotStart } from '../cannot-start.ts'

export interface PmtilesFile {
  path: string
  bytes: number
  /** Changes when the file is replaced. */
  version: string
  tiles: 'vector' | 'raster'
  schema: 'huizhi' | 'openmaptiles' | 'protomaps'
  minzoom: number
  maxzoom: number
  bounds: [number, number, number, number]
  attribution: string
}

/** Reads what a .pmtiles file says of itself. Throws CannotStart when there is none, or it is no such file, or nobody could draw it. */
export async function readPmtiles(path: string): Promise<PmtilesFile> {
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw new CannotStart(`BASEMAP: 打不开 ${path} · cannot open it (${cause.code}).`)
  })
  try {
    const { size, mtimeMs } = await file.stat()
    const archive = new PMTiles(sourceOf(file, path))
    const header = await archive.getHeader()
    const metadata = await archive.getMetadata() as { attribution?: string, vector_layers?: { id: string }[] }
    const tiles = header.tileType === TileType.Mvt
      ? 'vector'
      : 'raster'
    return {
      path,
      bytes: size,
      version: `${size.toString(36)}-${Math.round(mtimeMs).toString(36)}`,
      tiles,
      schema: tiles === 'vector'
        ? schemaOf(path, metadata.vector_layers ?? [])
        : 'huizhi',
      minzoom: header.minZoom,
      maxzoom: header.maxZoom,
      bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
      attribution: (metadata.attribution ?? '').replace(/<[^>]*>/g, '').trim(),
    }
  }
  catch (cause) {
    if (cause instanceof CannotStart)
      throw cause
    throw new CannotStart(`BASEMAP: ${path} 不是可用的 PMTiles 文件 · is not a readable PMTiles file (${(cause as Error).message}).`)
  }
  finally {
    await file.close()
  }
}

/** The layers that only one of the tilesets we can draw has. */
function schemaOf(path: string, layers: { id: string }[]): PmtilesFile['schema'] {
  const names = new Set(layers.map(({ id }) => id))
  if (names.has('transportation'))
    return 'openmaptiles'
  if (names.has('roads') && names.has('earth'))
    return 'protomaps'
  if (names.has('street'))
    return 'huizhi'
  throw new CannotStart(`BASEMAP: ${path} 的图层（${[...names].join(', ') || '无'}）不是 OpenMapTiles、Protomaps 或本系统的 · its layers are of no known schema.`)
}

function sourceOf(file: FileHandle, path: string): Source {
  return {
    getKey: () => path,
    async getBytes(offset, length) {
      const data = new Uint8Array(length)
      const { bytesRead } = await file.read(data, 0, length, offset)
      return {
        data: data.buffer.slice(0, bytesRead),
      }
    },
  }
}
