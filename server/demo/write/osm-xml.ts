import type { Relation, Tags, Vertex, Way } from '../geometry/drawing.ts'
import type { Town } from '../town.ts'
import { boundsOf } from '../geometry/plane.ts'
import { toLngLat } from '../layout/geo.ts'

const CHUNK_CHARACTERS = 1 << 18

/** The town as OSM XML 0.6: nodes before ways before relations, as the import likes it. */
export function* osmXml(town: Town): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  let chunk = ''
  for (const line of lines(town)) {
    chunk += line
    if (chunk.length > CHUNK_CHARACTERS) {
      yield encoder.encode(chunk)
      chunk = ''
    }
  }
  yield encoder.encode(chunk)
}

function* lines(town: Town): Generator<string> {
  const { drawing } = town
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="huizhi demo town (invented)">\n'
  yield boundsLine(town)
  const used = new Set<Vertex>(drawing.ways.flatMap(way => way.vertices))
  // A border crossing is met once a town; drawn twice it would be two nodes of one id.
  const seen = new Set<number>()
  for (const vertex of drawing.vertices) {
    if (!used.has(vertex) || seen.has(vertex.id))
      continue
    seen.add(vertex.id)
    yield nodeLine(vertex)
  }
  for (const way of drawing.ways)
    yield wayLines(way)
  for (const relation of drawing.relations)
    yield relationLines(relation)
  yield '</osm>\n'
}

/**
 * What the file covers. With surroundings their ragged rim is left out, so that the map ends on a straight line.
 */
function boundsLine({ plan, land }: Town): string {
  const { west, south, east, north } = plan.skeleton.extent
  const corners = plan.surroundings
    ? ([
        [west, south],
        [east, south],
        [east, north],
        [west, north],
      ] as const).map(plan.warp)
    : land.flatMap(l => l.ring)
  const box = plan.surroundings
    ? {
        west: Math.max(corners[0]![0], corners[3]![0]) + 60,
        south: Math.max(corners[0]![1], corners[1]![1]) + 60,
        east: Math.min(corners[1]![0], corners[2]![0]) - 60,
        north: Math.min(corners[2]![1], corners[3]![1]) - 60,
      }
    : boundsOf(corners)
  const [minlon, minlat] = toLngLat([box.west, box.south])
  const [maxlon, maxlat] = toLngLat([box.east, box.north])
  return ` <bounds minlat="${minlat}" minlon="${minlon}" maxlat="${maxlat}" maxlon="${maxlon}"/>\n`
}

function nodeLine({ id, at, tags }: Vertex): string {
  const [lng, lat] = toLngLat(at)
  const open = ` <node id="${id}" version="1" lat="${lat}" lon="${lng}"`
  return tags
    ? `${open}>\n${tagLines(tags)} </node>\n`
    : `${open}/>\n`
}

function wayLines({ id, vertices, tags }: Way): string {
  return ` <way id="${id}" version="1">\n${vertices.map(vertex => `  <nd ref="${vertex.id}"/>\n`).join('')}${tagLines(tags)} </way>\n`
}

function relationLines({ id, members, tags }: Relation): string {
  return ` <relation id="${id}" version="1">\n${members.map(({ way, role }) => `  <member type="way" ref="${way.id}" role="${role}"/>\n`).join('')}${tagLines(tags)} </relation>\n`
}

function tagLines(tags: Tags): string {
  return Object.entries(tags).map(([key, value]) => `  <tag k="${escape(key)}" v="${escape(value)}"/>\n`).join('')
}

function escape(text: string): string {
  return text.replace(/[<>&"]/g, c => ({
    '<': '&lt;',
    '>': '&gt;',
    '&': '&amp;',
    '"': '&quot;',
  })[c]!)
}
