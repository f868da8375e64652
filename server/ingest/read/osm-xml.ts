import type { OsmElement, OsmNode, OsmRelation, OsmWay } from '../osm/osm-element.ts'
import type { SaxesTagPlain } from 'saxes'
import { SaxesParser } from 'saxes'
import { UnusableInput } from '../import-request.ts'
import { elementId, isOnEarth } from '../osm/osm-element.ts'

// No element of a sound file comes near it; without a limit one endless attribute would fill the memory.
const longestElement = 64 * 1024 * 1024

type Item = OsmNode | OsmWay | OsmRelation
interface Open { item: Item, tags: Record<string, string> | null, line: number, fault: string | null }

/** Reads OSM XML (API 0.6). DTDs are refused, and with them every entity but XML's own five. */
export async function* readOsmXml(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<OsmElement[]> {
  const parser = new SaxesParser({ xmlns: false as const })
  let elements: OsmElement[] = []
  let open: Open | null = null
  let rootSeen = false
  let sinceLast = 0

  parser.on('error', (error) => {
    throw new UnusableInput(`OSM 文件第 ${parser.line} 行有语法错误 · XML error in line ${parser.line}: ${error.message.replace(/^\d+:\d+: /, '')} Nothing was imported.`)
  })
  parser.on('doctype', () => {
    throw new UnusableInput(`OSM 文件含有 DTD，拒绝读取 · Line ${parser.line}: the file declares a document type; entities are not accepted. Nothing was imported.`)
  })
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && !/^(?:utf-?8|us-ascii)$/i.test(encoding))
      throw new UnusableInput(`OSM 文件应为 UTF-8 · The file says that it is in ${encoding}; OSM XML is UTF-8. Nothing was imported.`)
  })
  parser.on('opentag', (tag) => {
    sinceLast = 0
    if (!rootSeen) {
      rootSeen = true
      if (tag.name !== 'osm') {
        throw new UnusableInput(`不是 OSM 文件 · This is no OSM file: its first element is <${tag.name}>, not <osm>.${tag.name === 'osmChange'
          ? ' (A change file cannot be imported; export the area instead.)'
          : ''}`)
      }
      return
    }
    const { attributes } = tag
    if (open) {
      addTo(open, tag)
    }
    else if (tag.name === 'bounds' || tag.name === 'bound') {
      const box = boxOf(attributes)
      if (box)
        elements.push({ type: 'bounds', box })
    }
    else if (tag.name === 'node' || tag.name === 'way' || tag.name === 'relation') {
      open = begin(tag.name, attributes, parser.line)
    }
  })
  parser.on('closetag', (tag) => {
    if (!open || tag.name !== open.item.type)
      return
    const { item, tags, line, fault } = open
    open = null
    if (fault === 'deleted')
      return
    item.tags = tags
    elements.push(fault
      ? {
          type: 'bad',
          at: `${item.type}/${item.id} (line ${line})`,
          reason: fault,
          original: item,
        }
      : item)
  })

  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of chunks) {
    sinceLast += chunk.length
    if (sinceLast > longestElement)
      throw new UnusableInput(`OSM 文件第 ${parser.line} 行的元素过长 · Line ${parser.line}: one element is longer than 64 MiB. Nothing was imported.`)
    parser.write(decode(decoder, chunk, parser))
    if (elements.length > 0) {
      yield elements
      elements = []
    }
  }
  if (!rootSeen && parser.position === 0)
    throw new UnusableInput('文件是空的 · The file is empty.')
  parser.write(decode(decoder, undefined, parser))
  parser.close()
  if (elements.length > 0)
    yield elements
}

function decode(decoder: TextDecoder, chunk: Uint8Array | undefined, parser: SaxesParser<{ xmlns: false }>): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined })
  }
  catch {
    throw new UnusableInput(`OSM 文件第 ${parser.line} 行之后不是有效的 UTF-8 · After line ${parser.line}: bytes that are not UTF-8. Nothing was imported.`)
  }
}

function begin(type: Item['type'], attributes: Record<string, string>, line: number): Open {
  const id = Number(attributes.id)
  const fault = attributes.visible === 'false' || attributes.action === 'delete'
    ? 'deleted'
    : Number.isSafeInteger(id) && attributes.id !== ''
      ? null
      : `编号无效 · the id “${attributes.id ?? ''}” is no whole number`
  const common = {
    id: elementId(id),
    tags: null,
  }
  if (type === 'way') {
    return {
      item: { type, refs: [], ...common },
      tags: null,
      line,
      fault,
    }
  }
  if (type === 'relation') {
    return {
      item: { type, members: [], ...common },
      tags: null,
      line,
      fault,
    }
  }
  const lng = degrees(attributes.lon)
  const lat = degrees(attributes.lat)
  const misplaced = isOnEarth(lng, lat)
    ? null
    : `坐标无效 · lon ${attributes.lon ?? '(missing)'}, lat ${attributes.lat ?? '(missing)'} is no place on Earth`
  return {
    item: { type, lng, lat, ...common },
    tags: null,
    line,
    fault: fault ?? misplaced,
  }
}

function addTo(open: Open, { name, attributes }: SaxesTagPlain): void {
  const { item } = open
  if (name === 'tag') {
    open.tags ??= {}
    open.tags[attributes.k ?? ''] = attributes.v ?? ''
    return
  }
  const ref = Number(attributes.ref)
  if (name === 'nd' && item.type === 'way') {
    if (Number.isSafeInteger(ref))
      item.refs.push(elementId(ref))
    else
      open.fault = `节点引用无效 · refers to node “${attributes.ref ?? ''}”`
  }
  else if (name === 'member' && item.type === 'relation' && Number.isSafeInteger(ref)) {
    const { type } = attributes
    if (type === 'node' || type === 'way' || type === 'relation') {
      item.members.push({
        type,
        ref: elementId(ref),
        role: attributes.role ?? '',
      })
    }
  }
}

function boxOf(attributes: Record<string, string>): [number, number, number, number] | null {
  // Osmosis writes <bound box="south,west,north,east">.
  const [minlat, minlon, maxlat, maxlon] = attributes.box?.split(',') ?? [
    attributes.minlat,
    attributes.minlon,
    attributes.maxlat,
    attributes.maxlon,
  ]
  const box: [number, number, number, number] = [
    degrees(minlon),
    degrees(minlat),
    degrees(maxlon),
    degrees(maxlat),
  ]
  return isOnEarth(box[0], box[1]) && isOnEarth(box[2], box[3])
    ? box
    : null
}

/** Rounded to OSM's own 1e-7 degrees (1 cm). */
function degrees(text: string | undefined): number {
  return text
    ? Math.round(Number(text) * 1e7) / 1e7
    : Number.NaN
}
