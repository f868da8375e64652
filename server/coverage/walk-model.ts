import type { Buildings } from './buildings.ts'
import type { Linker } from './linker.ts'
import type { Links, LinksByEdge } from './links.ts'
import type { LocalFrame } from './local-metres.ts'
import type { Obstacles } from './obstacles.ts'
import type { ObstructionRecord, WalkRecords } from './records.ts'
import type { LinkSettings } from './settings.ts'
import type { Gate, StreetGraph } from './street-graph.ts'
import { buildBuildings } from './buildings.ts'
import { linkBuildings } from './link-buildings.ts'
import { createLinker } from './linker.ts'
import { linksByEdge } from './links.ts'
import { localFrame } from './local-metres.ts'
import { buildObstacles } from './obstacles.ts'
import { defaultLinkSettings } from './settings.ts'
import { buildStreetGraph } from './street-graph.ts'

/** Everything that walking times follow from: streets, what stands in the way, buildings with their people and their links. */
export interface WalkModel {
  frame: LocalFrame
  graph: StreetGraph
  gates: Gate[]
  /** nodes of the network that are doors of buildings, by OSM node id */
  doors: ReadonlySet<number>
  obstacles: Obstacles
  waters: ObstructionRecord['geometry'][]
  buildings: Buildings
  links: Links
  linksByEdge: LinksByEdge
  linker: Linker
  settings: LinkSettings
}

/** Builds the model; a town of 3,000 buildings takes about a tenth of a second. */
export function buildWalkModel(records: WalkRecords, settings: LinkSettings = defaultLinkSettings): WalkModel {
  const frame = frameOf(records)
  const { graph, nodeOf, gates } = buildStreetGraph(records.streets, records.points, frame, settings.at)
  const obstacles = buildObstacles(records, frame)
  const linker = createLinker(graph, obstacles, settings)
  const buildings = buildBuildings(records.buildings, frame)
  const links = linkBuildings(records, {
    frame,
    graph,
    nodeOf,
    linker,
    buildings,
  })
  return {
    frame,
    graph,
    gates,
    doors: new Set(records.buildings.flatMap(({ doors }) => doors)),
    obstacles,
    waters: records.obstructions.filter(({ kind }) => kind === 'water').map(({ geometry }) => geometry),
    buildings,
    links,
    linksByEdge: linksByEdge(links, graph.edgeCount),
    linker,
    settings,
  }
}

/** A frame around the middle of all streets and buildings. */
function frameOf({ streets, buildings }: WalkRecords): LocalFrame {
  let [west, south, east, north] = [
    Infinity,
    Infinity,
    -Infinity,
    -Infinity,
  ]
  const include = (lng: number, lat: number) => {
    west = Math.min(west, lng)
    east = Math.max(east, lng)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  for (const { lngs, lats } of streets)
    lngs.forEach((lng, i) => include(lng, lats[i]!))
  for (const { centre } of buildings)
    include(...centre)
  return east >= west
    ? localFrame((west + east) / 2, (south + north) / 2)
    : localFrame(0, 0)
}
