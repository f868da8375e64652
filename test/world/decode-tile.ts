import { gunzipSync } from 'node:zlib'
import { PbfReader } from 'pbf'

/** A feature of a vector tile as tests look at it: type 1 point, 2 line, 3 polygon. */
export interface TileFeature { type: number, id: number, properties: Record<string, unknown>, parts: number }

/** Layers of a Mapbox vector tile (spec 2.1), gzipped or not, by name. */
export function decodeTile(bytes: Uint8Array): Record<string, TileFeature[]> {
  const plain = bytes[0] === 0x1F && bytes[1] === 0x8B
    ? gunzipSync(bytes)
    : bytes
  const layers: Record<string, TileFeature[]> = {}
  const tile = new PbfReader(plain)
  tile.readFields((tag) => {
    if (tag === 3) {
      const layer = readLayer(tile)
      layers[layer.name] = layer.features
    }
  }, undefined)
  return layers
}

function readLayer(pbf: PbfReader) {
  const end = pbf.readVarint() + pbf.pos
  const keys: string[] = []
  const values: unknown[] = []
  const raw: { id: number, type: number, tags: number[], parts: number }[] = []
  let name = ''
  pbf.readFields((tag) => {
    if (tag === 1) {
      name = pbf.readString()
    }
    else if (tag === 2) {
      const feature = {
        id: 0,
        type: 0,
        tags: [] as number[],
        parts: 0,
      }
      pbf.readMessage((field) => {
        if (field === 1)
          feature.id = pbf.readVarint()
        else if (field === 2)
          feature.tags = pbf.readPackedVarint()
        else if (field === 3)
          feature.type = pbf.readVarint()
        else if (field === 4)
          feature.parts = movesOf(pbf.readPackedVarint())
      }, undefined)
      raw.push(feature)
    }
    else if (tag === 3) {
      keys.push(pbf.readString())
    }
    else if (tag === 4) {
      values.push(readValue(pbf))
    }
  }, undefined, end)
  const features = raw.map(({ id, type, tags, parts }) => {
    const properties: Record<string, unknown> = {}
    for (let i = 0; i < tags.length; i += 2)
      properties[keys[tags[i]!]!] = values[tags[i + 1]!]
    return { id, type, properties, parts }
  })
  return { name, features }
}

function readValue(pbf: PbfReader): unknown {
  let value: unknown
  pbf.readMessage((field) => {
    value = field === 1
      ? pbf.readString()
      : field === 2
        ? pbf.readFloat()
        : field === 3
          ? pbf.readDouble()
          : field === 7
            ? pbf.readBoolean()
            : field === 6
              ? pbf.readSVarint()
              : pbf.readVarint()
  }, undefined)
  return value
}

/** How many pens go down: points of a multipoint, lines, rings. */
function movesOf(commands: number[]): number {
  let moves = 0
  for (let i = 0; i < commands.length;) {
    const [command, count] = [commands[i]! & 7, commands[i]! >> 3]
    if (command === 1)
      moves += count
    i += 1 + (command === 7
      ? 0
      : 2 * count)
  }
  return moves
}
