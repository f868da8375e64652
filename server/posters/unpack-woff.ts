const directoryStart = 44
const directoryEntry = 20

/**
 * A WOFF 1.0 file (W3C) as the plain font in it. Read as WOFF, the table of outlines is unpacked anew for every sign: a poster
 * then takes half a minute instead of a moment. `inflate` unpacks zlib's format: Node and browsers have each their own.
 */
export function unpackWoff(woff: Uint8Array, inflate: (packed: Uint8Array) => Uint8Array): Uint8Array {
  const from = new DataView(woff.buffer, woff.byteOffset, woff.byteLength)
  const count = from.getUint16(12)
  const headerLength = 12 + 16 * count
  const tables = Array.from({ length: count }, (_, i) => {
    const at = directoryStart + directoryEntry * i
    const start = from.getUint32(at + 4)
    const packed = woff.subarray(start, start + from.getUint32(at + 8))
    const length = from.getUint32(at + 12)
    return {
      tag: from.getUint32(at),
      checksum: from.getUint32(at + 16),
      bytes: packed.length < length
        ? inflate(packed)
        : packed,
    }
  })
  const padded = (length: number) => length + (4 - length % 4) % 4
  const font = new Uint8Array(headerLength + tables.reduce((sum, { bytes }) => sum + padded(bytes.length), 0))
  const to = new DataView(font.buffer)
  const power = 2 ** Math.floor(Math.log2(count))
  to.setUint32(0, from.getUint32(4))
  to.setUint16(4, count)
  to.setUint16(6, power * 16)
  to.setUint16(8, Math.log2(power))
  to.setUint16(10, count * 16 - power * 16)
  let offset = headerLength
  tables.forEach(({ tag, checksum, bytes }, i) => {
    const entry = 12 + 16 * i
    to.setUint32(entry, tag)
    to.setUint32(entry + 4, checksum)
    to.setUint32(entry + 8, offset)
    to.setUint32(entry + 12, bytes.length)
    font.set(bytes, offset)
    offset += padded(bytes.length)
  })
  return font
}
