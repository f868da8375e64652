import { Buffer } from 'node:buffer'

/** A valid PMTiles archive (specification version 3) of vector tiles, with no tile in it. */
export function pmtilesOf(metadata: Record<string, unknown>, [west, south, east, north]: [number, number, number, number]): Buffer {
  const directory = Buffer.from([0]) // a directory of no entries
  const json = Buffer.from(JSON.stringify(metadata))
  const header = Buffer.alloc(127)
  header.write('PMTiles', 0)
  header.writeUInt8(3, 7)
  const sections = [
    127,
    directory.length,
    127 + directory.length,
    json.length,
    127 + directory.length + json.length,
    0,
    127 + directory.length + json.length,
    0,
  ]
  sections.forEach((value, i) => header.writeBigUInt64LE(BigInt(value), 8 + 8 * i))
  header.writeUInt8(1, 97) // internal compression: none
  header.writeUInt8(1, 98) // tile compression: none
  header.writeUInt8(1, 99) // tile type: MVT
  header.writeUInt8(0, 100)
  header.writeUInt8(14, 101)
  ;[west, south, east, north].forEach((degrees, i) => header.writeInt32LE(Math.round(degrees * 1e7), 102 + 4 * i))
  return Buffer.concat([header, directory, json])
}
