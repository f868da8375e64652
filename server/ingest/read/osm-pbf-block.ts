import type { OsmElement, OsmMember } from '../osm/osm-element.ts'
import type { Tags } from '../osm/tags.ts'
import { PbfReader } from 'pbf'
import { elementId, isOnEarth } from '../osm/osm-element.ts'

/** What the elements of a block share (OSM wiki, "PBF Format", PrimitiveBlock). */
interface Block {
  strings: string[]
  groups: { start: number, end: number }[]
  /** nanodegrees a unit */
  granularity: number
  latOffset: number
  lngOffset: number
}

const memberTypes = ['node', 'way', 'relation'] as const

/** The elements of one unpacked OSMData block. Throws on any that contradicts itself. */
export function readPrimitiveBlock(bytes: Uint8Array): OsmElement[] {
  const pbf = new PbfReader(bytes)
  const block = pbf.readFields<Block>((tag, result, reader) => {
    if (tag === 1)
      result.strings = reader.readMessage((field, strings: string[], table) => void (field === 1 && strings.push(table.readString())), [])
    else if (tag === 2)
      result.groups.push(spanOf(reader))
    else if (tag === 17)
      result.granularity = reader.readVarint()
    else if (tag === 19)
      result.latOffset = reader.readVarint(true)
    else if (tag === 20)
      result.lngOffset = reader.readVarint(true)
  }, {
    strings: [],
    groups: [],
    granularity: 100,
    latOffset: 0,
    lngOffset: 0,
  })

  const elements: OsmElement[] = []
  // The groups are read last: what they need may stand behind them.
  for (const { start, end } of block.groups) {
    pbf.pos = start
    pbf.readFields((tag, result: OsmElement[], reader) => {
      if (tag === 1)
        result.push(readNode(reader, block))
      else if (tag === 2)
        readDense(reader, block, result)
      else if (tag === 3)
        result.push(readWay(reader, block))
      else if (tag === 4)
        result.push(readRelation(reader, block))
    }, elements, end)
  }
  return elements
}

/** Where a message lies; it is passed over. */
function spanOf(reader: PbfReader): { start: number, end: number } {
  const length = reader.readVarint()
  const start = reader.pos
  reader.pos = start + length
  return { start, end: reader.pos }
}

function readNode(reader: PbfReader, block: Block): OsmElement {
  const node = {
    id: 0,
    lat: 0,
    lng: 0,
    keys: [] as number[],
    values: [] as number[],
  }
  reader.readMessage((tag, result, pbf) => {
    if (tag === 1)
      result.id = pbf.readSVarint()
    else if (tag === 2)
      pbf.readPackedVarint(result.keys)
    else if (tag === 3)
      pbf.readPackedVarint(result.values)
    else if (tag === 8)
      result.lat = pbf.readSVarint()
    else if (tag === 9)
      result.lng = pbf.readSVarint()
  }, node)
  return nodeOf(node.id, node.lng, node.lat, tagsOf(node.keys, node.values, block), block)
}

function readDense(reader: PbfReader, block: Block, elements: OsmElement[]): void {
  const dense = {
    ids: [] as number[],
    lats: [] as number[],
    lngs: [] as number[],
    words: [] as number[],
  }
  reader.readMessage((tag, result, pbf) => {
    if (tag === 1)
      pbf.readPackedSVarint(result.ids)
    else if (tag === 8)
      pbf.readPackedSVarint(result.lats)
    else if (tag === 9)
      pbf.readPackedSVarint(result.lngs)
    else if (tag === 10)
      pbf.readPackedVarint(result.words)
  }, dense)
  const { ids, lats, lngs, words } = dense
  if (ids.length !== lats.length || ids.length !== lngs.length)
    throw new Error(`${ids.length} nodes with ${lats.length} latitudes`)
  let id = 0
  let lat = 0
  let lng = 0
  let word = 0
  for (let i = 0; i < ids.length; i++) {
    id += ids[i]!
    lat += lats[i]!
    lng += lngs[i]!
    let tags: Record<string, string> | null = null
    // key, value, key, value, 0 for each node; all of it is absent when no node has tags
    while (word < words.length && words[word] !== 0) {
      tags ??= {}
      tags[stringAt(words[word]!, block)] = stringAt(words[word + 1] ?? -1, block)
      word += 2
    }
    word++
    elements.push(nodeOf(id, lng, lat, tags, block))
  }
}

function readWay(reader: PbfReader, block: Block): OsmElement {
  const way = {
    id: 0,
    keys: [] as number[],
    values: [] as number[],
    refs: [] as number[],
  }
  reader.readMessage((tag, result, pbf) => {
    if (tag === 1)
      result.id = pbf.readVarint(true)
    else if (tag === 2)
      pbf.readPackedVarint(result.keys)
    else if (tag === 3)
      pbf.readPackedVarint(result.values)
    else if (tag === 8)
      pbf.readPackedSVarint(result.refs)
  }, way)
  return {
    type: 'way',
    id: elementId(way.id),
    refs: summed(way.refs),
    tags: tagsOf(way.keys, way.values, block),
  }
}

function readRelation(reader: PbfReader, block: Block): OsmElement {
  const relation = {
    id: 0,
    keys: [] as number[],
    values: [] as number[],
    roles: [] as number[],
    refs: [] as number[],
    types: [] as number[],
  }
  reader.readMessage((tag, result, pbf) => {
    if (tag === 1)
      result.id = pbf.readVarint(true)
    else if (tag === 2)
      pbf.readPackedVarint(result.keys)
    else if (tag === 3)
      pbf.readPackedVarint(result.values)
    else if (tag === 8)
      pbf.readPackedVarint(result.roles)
    else if (tag === 9)
      pbf.readPackedSVarint(result.refs)
    else if (tag === 10)
      pbf.readPackedVarint(result.types)
  }, relation)
  const members = summed(relation.refs).map<OsmMember>((ref, index) => {
    const type = memberTypes[relation.types[index] ?? -1]
    if (!type)
      throw new Error(`relation ${relation.id}: member ${index + 1} is of no known type`)
    return {
      type,
      ref,
      role: stringAt(relation.roles[index] ?? -1, block),
    }
  })
  return {
    type: 'relation',
    id: elementId(relation.id),
    members,
    tags: tagsOf(relation.keys, relation.values, block),
  }
}

function nodeOf(id: number, lngUnits: number, latUnits: number, tags: Tags | null, block: Block): OsmElement {
  const lng = degrees(block.lngOffset + block.granularity * lngUnits)
  const lat = degrees(block.latOffset + block.granularity * latUnits)
  const node = {
    type: 'node' as const,
    id: elementId(id),
    lng,
    lat,
    tags,
  }
  return isOnEarth(lng, lat)
    ? node
    : {
        type: 'bad',
        at: `node/${id}`,
        reason: `坐标无效 · lon ${lng}, lat ${lat} is no place on Earth`,
        original: node,
      }
}

/** Nanodegrees → degrees, rounded to OSM's own 1e-7. */
function degrees(nano: number): number {
  return Math.round(nano / 100) / 1e7
}

function tagsOf(keys: number[], values: number[], block: Block): Tags | null {
  if (keys.length !== values.length)
    throw new Error(`${keys.length} tag keys with ${values.length} values`)
  if (keys.length === 0)
    return null
  return Object.fromEntries(keys.map((key, index) => [
    stringAt(key, block),
    stringAt(values[index]!, block),
  ]))
}

function stringAt(index: number, { strings }: Block): string {
  const text = strings[index]
  if (text === undefined)
    throw new Error(`string ${index} of ${strings.length}`)
  return text
}

/** Delta coding: each number is the difference to the one before. */
function summed(deltas: number[]): number[] {
  let sum = 0
  return deltas.map(delta => elementId(sum += delta))
}
