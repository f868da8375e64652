import type { ImportFormat } from '../import-request.ts'
import { Buffer } from 'node:buffer'
import { gunzipSync } from 'node:zlib'
import { CannotStart } from '../../cannot-start.ts'

const byEnding: [RegExp, ImportFormat][] = [
  [/\.(?:osm\.)?pbf$/i, 'osm-pbf'],
  [/\.(?:osm|xml)$/i, 'osm-xml'],
  [/\.(?:geojson|json)$/i, 'geojson'],
  [/\.xlsx$/i, 'xlsx'],
  [/\.(?:csv|tsv|txt)$/i, 'csv'],
]

/** The format of a file by its first bytes, which do not lie, else by its name. Throws CannotStart. */
export function detectFormat(name: string, firstBytes: Uint8Array): ImportFormat {
  const bytes = Buffer.from(firstBytes)
  if (bytes.length === 0)
    throw new CannotStart(`文件是空的 · ${name} is empty.`)
  const isGzip = bytes[0] === 0x1F && bytes[1] === 0x8B
  const start = isGzip
    ? unzippedStart(bytes)
    : bytes
  const plainName = isGzip
    ? name.replace(/\.gz$/i, '')
    : name
  return formatOfBytes(start, plainName) ?? byEnding.find(([ending]) => ending.test(plainName))?.[1] ?? 'csv'
}

function formatOfBytes(start: Buffer, name: string): ImportFormat | null {
  if (start.length >= 4 && start.readUInt32BE(0) === 0xD0CF11E0)
    throw new CannotStart(`旧版 .xls 或加密的工作簿，请另存为 .xlsx 或 CSV · ${name} is an old .xls or an encrypted workbook; save it as .xlsx or CSV.`)
  if (start.readUInt8(0) === 0x50 && start[1] === 0x4B && start[2] === 3)
    return 'xlsx'
  if (start.subarray(0, 32).includes('OSMHeader'))
    return 'osm-pbf'
  const text = start.toString('utf8').replace(/^\uFEFF/, '').trimStart()
  if (text.startsWith('<'))
    return 'osm-xml'
  return text.startsWith('{')
    ? 'geojson'
    : null
}

function unzippedStart(bytes: Buffer): Buffer {
  try {
    // The beginning of the file only: its end is missing, which is none of our business here.
    return gunzipSync(bytes, { finishFlush: 2 })
  }
  catch {
    return Buffer.from(' ')
  }
}
