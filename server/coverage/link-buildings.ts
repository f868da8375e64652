import type { Buildings } from './buildings.ts'
import type { Found, Linker } from './linker.ts'
import type { LinkList, Links } from './links.ts'
import type { LocalFrame } from './local-metres.ts'
import type { BuildingRecord, StreetPointRecord, WalkRecords } from './records.ts'
import type { StreetGraph } from './street-graph.ts'
import { outlineOf } from './buildings.ts'
import { linkList } from './links.ts'
import { eastOf, northOf } from './local-metres.ts'
import { pointShape } from './nearest-point.ts'
import { nodeFlag } from './street-graph.ts'

interface Parts {
  frame: LocalFrame
  graph: StreetGraph
  nodeOf: Map<number, number>
  linker: Linker
  buildings: Buildings
}

/**
 * Links buildings to the streets: from their doors, or, where no door is known or none leads out, from the outline's nearest
 * point. A door that is itself a node of a footway is on the network already.
 */
export function linkBuildings(records: WalkRecords, parts: Parts): Links {
  const doors = new Map(records.points.map(point => [point.id, point]))
  const list = linkList()
  records.buildings.forEach((building, b) => {
    if (!linkDoors(building, b, doors, parts, list))
      addFound(list, parts.linker.find(outlineOf(parts.buildings, b), b))
    list.next()
  })
  return list.done()
}

function linkDoors(building: BuildingRecord, b: number, points: Map<number, StreetPointRecord>, { frame, graph, nodeOf, linker }: Parts, list: LinkList): boolean {
  let linked = false
  for (const id of building.doors) {
    const point = points.get(id)
    if (point && !point.passable)
      continue
    const node = nodeOf.get(id)
    if (node !== undefined) {
      if (graph.nodeFlags[node]! & nodeFlag.closed)
        continue
      addNode(list, graph, node)
      linked = true
    }
    else if (point) {
      const found = linker.find(pointShape(eastOf(frame, point.lng), northOf(frame, point.lat)), b)
      addFound(list, found)
      linked ||= found.count > 0
    }
  }
  return linked
}

/** A node of the network as a link: the end of any edge there, 0 m away. */
function addNode(list: LinkList, graph: StreetGraph, node: number): void {
  const edge = graph.edgesAt[graph.firstAt[node]!]!
  list.add(edge, graph.ends[2 * edge] === node
    ? 0
    : 1, 0)
}

export function addFound(list: LinkList, { count, edge, fraction, metres }: Found): void {
  for (let l = 0; l < count; l++)
    list.add(edge[l]!, fraction[l]!, metres[l]!)
}
