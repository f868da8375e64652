import type { Tags } from '../../server/ingest/osm/tags.ts'

export interface SmallMap {
  /** west, south, east, north */
  bounds?: [number, number, number, number]
  /** id → lng, lat, tags */
  nodes: Record<number, [lng: number, lat: number, tags?: Tags]>
  ways?: Record<number, [refs: number[], tags: Tags]>
  relations?: Record<number, [members: [type: string, ref: number, role: string][], tags: Tags]>
}

/** A small map as OSM XML. */
export function osmXml({ bounds, nodes, ways = {}, relations = {} }: SmallMap): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<osm version="0.6">',
    bounds
      ? `<bounds minlon="${bounds[0]}" minlat="${bounds[1]}" maxlon="${bounds[2]}" maxlat="${bounds[3]}"/>`
      : '',
    ...Object.entries(nodes).map(([id, [lng, lat, tags]]) => `<node id="${id}" lon="${lng}" lat="${lat}">${tagsXml(tags)}</node>`),
    ...Object.entries(ways).map(([id, [refs, tags]]) => `<way id="${id}">${refs.map(ref => `<nd ref="${ref}"/>`).join('')}${tagsXml(tags)}</way>`),
    ...Object.entries(relations).map(([id, [members, tags]]) => `<relation id="${id}">${members.map(([type, ref, role]) => `<member type="${type}" ref="${ref}" role="${role}"/>`).join('')}${tagsXml(tags)}</relation>`),
    '</osm>',
  ].join('\n')
}

function tagsXml(tags: Tags = {}): string {
  return Object.entries(tags).map(([k, v]) => `<tag k="${k}" v="${v}"/>`).join('')
}
