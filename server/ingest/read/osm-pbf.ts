import type { OsmElement } from '../osm/osm-element.ts'
import { inflateSync, zstdDecompressSync } from 'node:zlib'
import { PbfReader } from 'pbf'
import { UnusableInput } from '../import-request.ts'
import { readPrimitiveBlock } from './osm-pbf-block.ts'

// Limits of the format itself (OSM wiki, "PBF Format"): a reader refuses what is larger.
const longestHeader = 64 * 1024
const longestBlob = 32 * 1024 * 1024

const knownFeatures = new Set(['OsmSchema-V0.6', 'DenseNodes'])

interface Blob { raw: Uint8Array | null, rawSize: number, zlib: Uint8Array | null, zstd: Uint8Array | null, other: string | null }

/** Reads OSM PBF, one block (at most 32 MiB) in memory at a time. */
export async function* readOsmPbf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<OsmElement[]> {
  const bytes = new Bytes(chunks)
  let headerSeen = false
  for (let block = 1; ; block++) {
    const lengthBytes = await bytes.take(4)
    if (lengthBytes.length === 0)
      break
    if (lengthBytes.length < 4)
      cutOff(block)
    const length = new DataView(lengthBytes.buffer, lengthBytes.byteOffset, 4).getUint32(0)
    if (length > longestHeader) {
      throw new UnusableInput(headerSeen
        ? `${damaged(block)} (block header of ${length} bytes)`
        : '不是 OSM PBF 文件 · This is no OSM PBF file.')
    }
    const header = await bytes.take(length)
    if (header.length < length)
      cutOff(block)
    const { type, size } = guarded(block, () => new PbfReader(header).readFields(readBlobHeader, { type: '', size: 0 }))
    if (!headerSeen && type !== 'OSMHeader')
      throw new UnusableInput('不是 OSM PBF 文件 · This is no OSM PBF file: it does not begin with an OSMHeader.')
    if (size > longestBlob)
      throw new UnusableInput(`${damaged(block)} (block of ${size} bytes)`)
    const blob = await bytes.take(size)
    if (blob.length < size)
      cutOff(block)
    if (type === 'OSMHeader') {
      headerSeen = true
      yield guarded(block, () => readHeaderBlock(unpack(blob)))
    }
    else if (type === 'OSMData') {
      yield guarded(block, () => readPrimitiveBlock(unpack(blob)))
    }
    // Other blocks belong to other programs; the format says to skip them.
  }
  if (!headerSeen)
    throw new UnusableInput('文件是空的 · The file is empty.')
}

function unpack(bytes: Uint8Array): Uint8Array {
  const blob = new PbfReader(bytes).readFields<Blob>((tag, result, pbf) => {
    if (tag === 1)
      result.raw = pbf.readBytes()
    else if (tag === 2)
      result.rawSize = pbf.readVarint()
    else if (tag === 3)
      result.zlib = pbf.readBytes()
    else if (tag === 7)
      result.zstd = pbf.readBytes()
    else if (tag === 4 || tag === 5 || tag === 6)
      result.other = ['lzma', 'bzip2', 'lz4'][tag - 4]!
  }, {
    raw: null,
    rawSize: 0,
    zlib: null,
    zstd: null,
    other: null,
  })
  if (blob.other)
    throw new UnusableInput(`PBF 使用了不支持的压缩 · The PBF file is packed by ${blob.other}; zlib and zstd are read. Convert it with \`osmium cat\`.`)
  // A bomb unpacks to more than it says: the limit stops it.
  const options = { maxOutputLength: longestBlob }
  if (blob.zlib)
    return inflateSync(blob.zlib, options)
  if (blob.zstd)
    return zstdDecompressSync(blob.zstd, options)
  if (!blob.raw)
    throw new Error('a block without data')
  return blob.raw
}

function readBlobHeader(tag: number, header: { type: string, size: number }, pbf: PbfReader): void {
  if (tag === 1)
    header.type = pbf.readString()
  else if (tag === 3)
    header.size = pbf.readVarint()
}

/** The bounding box, when there is one, in nanodegrees. */
function readHeaderBlock(bytes: Uint8Array): OsmElement[] {
  const header = new PbfReader(bytes).readFields<{ box: number[] | null, features: string[] }>((tag, result, pbf) => {
    if (tag === 1)
      result.box = pbf.readMessage((side, box: number[], message) => void (box[side - 1] = message.readSVarint() / 1e9), [])
    else if (tag === 4)
      result.features.push(pbf.readString())
  }, { box: null, features: [] })
  const unknown = header.features.find(feature => !knownFeatures.has(feature))
  if (unknown)
    throw new UnusableInput(`PBF 需要不支持的特性 · The PBF file needs the feature ${unknown}, which is not supported.`)
  if (!header.box)
    return []
  const [left = 0, right = 0, top = 0, bottom = 0] = header.box
  return [
    {
      type: 'bounds',
      box: [left, bottom, right, top],
    },
  ]
}

function guarded<T>(block: number, read: () => T): T {
  try {
    return read()
  }
  catch (error) {
    throw error instanceof UnusableInput
      ? error
      : new UnusableInput(`${damaged(block)}: ${(error as Error).message}. Nothing was imported.`)
  }
}

function damaged(block: number): string {
  return `PBF 文件第 ${block} 块已损坏 · Block ${block} of the PBF file is damaged`
}

function cutOff(block: number): never {
  throw new UnusableInput(`PBF 文件不完整 · The PBF file is cut off in block ${block}. Nothing was imported.`)
}

/** Bytes of a stream by count. */
class Bytes {
  readonly #chunks: AsyncIterator<Uint8Array>
  #rest: Uint8Array[] = []
  #length = 0

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** The next `count` bytes; fewer at the end of the stream. */
  async take(count: number): Promise<Uint8Array> {
    while (this.#length < count) {
      const { value, done } = await this.#chunks.next()
      if (done)
        break
      this.#rest.push(value)
      this.#length += value.length
    }
    const all = this.#rest.length === 1
      ? this.#rest[0]!
      : Buffer.concat(this.#rest)
    this.#rest = [
      all.subarray(count),
    ]
    this.#length = all.length - Math.min(count, all.length)
    return all.subarray(0, count)
  }
}
