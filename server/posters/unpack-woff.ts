import { Buffer } from 'node:buffer'
import { inflateSync } from 'node:zlib'

const directoryStart = 44
const directoryEntry = 20

/**
 * A WOFF 1.0 file (W3C) as the plain font in it. Read as WOFF, the table of outlines is unpacked anew for every sign: a poster
 * then takes half a minute instead of a moment.
 */
export function unpackWoff(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const header = Buffer.alloc(12 + 16 * count)
  woff.copy(header, 0, 4, 8)
  const power = 2 ** Math.floor(Math.log2(count))
  header.writeUInt16BE(count, 4)
  header.writeUInt16BE(power * 16, 6)
  header.writeUInt16BE(Math.log2(power), 8)
  header.writeUInt16BE(count * 16 - power * 16, 10)
  const parts: Buffer[] = [header]
  let offset = header.length
  for (let i = 0; i < count; i++) {
    const at = directoryStart + directoryEntry * i
    const from = woff.readUInt32BE(at + 4)
    const packedLength = woff.readUInt32BE(at + 8)
    const length = woff.readUInt32BE(at + 12)
    const packed = woff.subarray(from, from + packedLength)
    const table = packedLength < length
      ? inflateSync(packed)
      : packed
    const entry = 12 + 16 * i
    woff.copy(header, entry, at, at + 4)
    header.writeUInt32BE(woff.readUInt32BE(at + 16), entry + 4)
    header.writeUInt32BE(offset, entry + 8)
    header.writeUInt32BE(length, entry + 12)
    const padding = (4 - length % 4) % 4
    parts.push(table, Buffer.alloc(padding))
    offset += length + padding
  }
  return Buffer.concat(parts)
}
