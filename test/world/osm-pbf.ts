import type { Tags } from '../../server/ingest/osm/tags.ts'
import type { SmallMap } from './osm-xml.ts'
import { Buffer } from 'node:buffer'
import { deflateSync } from 'node:zlib'
import { PbfWriter } from 'pbf'

/** A small map as OSM PBF, with dense nodes and zlib blocks as the OSM tools write it. */
export function osmPbf(map: SmallMap, { features = ['OsmSchema-V0.6', 'DenseNodes'] } = {}): Buffer {
  const header = new PbfWriter()
  if (map.bounds) {
    const [west, south, east, north] = map.bounds
    header.writeMessage(1, (box: number[], pbf) => box.forEach((side, i) => pbf.writeSVarintField(i + 1, Math.round(side * 1e9))), [west, east, north, south])
  }
  features.forEach(feature => header.writeStringField(4, feature))
  return Buffer.concat([
    block('OSMHeader', header.finish()),
    block('OSMData', primitiveBlock(map)),
  ])
}

function block(type: string, raw: Uint8Array): Buffer {
  const blob = new PbfWriter()
  blob.writeVarintField(2, raw.length)
  blob.writeBytesField(3, deflateSync(raw))
  const body = blob.finish()
  const header = new PbfWriter()
  header.writeStringField(1, type)
  header.writeVarintField(3, body.length)
  const head = header.finish()
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  return Buffer.concat([length, head, body])
}

function primitiveBlock({ nodes, ways = {}, relations = {} }: SmallMap): Uint8Array {
  const strings = ['']
  const indexOf = (text: string) => strings.includes(text)
    ? strings.indexOf(text)
    : strings.push(text) - 1
  const pairs = (tags: Tags = {}) => Object.entries(tags).map(([key, value]) => [
    indexOf(key),
    indexOf(value),
  ] as const)

  const dense = new PbfWriter()
  const entries = Object.entries(nodes)
  dense.writePackedSVarint(1, deltas(entries.map(([id]) => Number(id))))
  dense.writePackedSVarint(8, deltas(entries.map(([, [, lat]]) => Math.round(lat * 1e7))))
  dense.writePackedSVarint(9, deltas(entries.map(([, [lng]]) => Math.round(lng * 1e7))))
  dense.writePackedVarint(10, entries.flatMap(([, [, , tags]]) => [
    ...pairs(tags).flat(),
    0,
  ]))
  const groups = [
    message(2, dense),
  ]
  for (const [id, [refs, tags]] of Object.entries(ways)) {
    const way = new PbfWriter()
    way.writeVarintField(1, Number(id))
    writeTags(way, pairs(tags))
    way.writePackedSVarint(8, deltas(refs))
    groups.push(message(3, way))
  }
  for (const [id, [members, tags]] of Object.entries(relations)) {
    const relation = new PbfWriter()
    relation.writeVarintField(1, Number(id))
    writeTags(relation, pairs(tags))
    relation.writePackedVarint(8, members.map(([, , role]) => indexOf(role)))
    relation.writePackedSVarint(9, deltas(members.map(([, ref]) => ref)))
    relation.writePackedVarint(10, members.map(([type]) => ['node', 'way', 'relation'].indexOf(type)))
    groups.push(message(4, relation))
  }

  const all = new PbfWriter()
  const table = new PbfWriter()
  strings.forEach(text => table.writeBytesField(1, Buffer.from(text)))
  all.writeBytesField(1, table.finish())
  groups.forEach(group => all.writeBytesField(2, group))
  return all.finish()
}

function writeTags(pbf: PbfWriter, pairs: readonly (readonly [number, number])[]): void {
  pbf.writePackedVarint(2, pairs.map(([key]) => key))
  pbf.writePackedVarint(3, pairs.map(([, value]) => value))
}

function message(field: number, content: PbfWriter): Uint8Array {
  const group = new PbfWriter()
  group.writeBytesField(field, content.finish())
  return group.finish()
}

function deltas(numbers: readonly number[]): number[] {
  return numbers.map((number, i) => number - (numbers[i - 1] ?? 0))
}
