import type { BuildingRecord, ObstructionRecord, WalkRecords } from '#coverage/records.ts'
import type { BuildingRow } from '../../db/queries/import/buildings.ts'
import type { Rows, RowsContext } from '../../server/ingest/osm/rows.ts'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { obstructionKind } from '#coverage/obstruction.ts'
import { NodeStore } from '../../server/ingest/osm/node-store.ts'
import { addNode, addWay, noRows } from '../../server/ingest/osm/rows.ts'
import { readOsmXml } from '../../server/ingest/read/osm-xml.ts'

/** An OSM file (.osm, .osm.gz) read by the importer's own parser, without a database. Nobody lives there unless `agedIn` says so. */
export async function osmRecords(file: string, agedIn: (building: BuildingRow) => number = () => 0): Promise<WalkRecords> {
  const stream = createReadStream(file)
  const rows = await osmRows(file.endsWith('.gz')
    ? stream.pipe(createGunzip())
    : stream)
  return recordsOfRows(rows, building => ({
    aged60: agedIn(building),
  }))
}

/** What the importer makes of OSM XML; relations are left out. */
export async function osmRows(chunks: AsyncIterable<Uint8Array>): Promise<Rows> {
  const rows = noRows()
  const doors = new Set<number>()
  const context: RowsContext = {
    nodes: new NodeStore(),
    clip: null,
    doors,
    ownerOf: () => '990101001',
  }
  let sealed = false
  for await (const batch of readOsmXml(chunks)) {
    for (const element of batch) {
      if (element.type === 'bounds') {
        context.clip = element.box
      }
      else if (element.type === 'node') {
        context.nodes.add(element.id, element.lng, element.lat)
        if (element.tags?.entrance && element.tags.entrance !== 'no')
          doors.add(element.id)
        addNode(rows, element, context)
      }
      else if (element.type === 'way') {
        if (!sealed)
          context.nodes.seal()
        sealed = true
        addWay(rows, element, context)
      }
    }
  }
  return rows
}

/** Who lives in a building, and where it lies. */
type Settled = Partial<Pick<BuildingRecord, 'community' | 'households' | 'population' | 'aged60' | 'aged70' | 'aged80'>>

export function recordsOfRows(rows: Rows, settle: (building: BuildingRow) => Settled = () => ({})): WalkRecords {
  return {
    streets: rows.streets,
    points: rows.street_points.map(({ location, ...point }) => ({ ...point, lng: location[0], lat: location[1] })),
    barriers: rows.barriers,
    obstructions: rows.areas.flatMap((area) => {
      const kind = obstructionKind({ ...area, subclass: area.subclass ?? null })
      return kind
        ? [
            { kind, geometry: area.geometry as ObstructionRecord['geometry'] },
          ]
        : []
    }),
    buildings: rows.buildings.map(building => ({
      id: building.id,
      subdistrict: building.subdistrict,
      name: building.name,
      community: null,
      grid: null,
      geometry: building.geometry as BuildingRecord['geometry'],
      centre: building.centre,
      households: building.households ?? 0,
      population: 0,
      aged60: 0,
      aged70: 0,
      aged80: 0,
      doors: building.doors,
      ...settle(building),
    })),
  }
}
