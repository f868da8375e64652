import type { LngLat } from '#contract/geometry.ts'
import type { Tx } from '../../db/connect.ts'
import type { Outcome } from '../../db/queries/import/outcome.ts'
import type { Box } from '../places/polygon.ts'
import type { ImportJob } from './import-job.ts'
import type { Survey } from './osm/survey.ts'
import type { MemberWay } from './osm/multipolygon.ts'
import type { OsmElement } from './osm/osm-element.ts'
import type { Rows, RowsContext } from './osm/rows.ts'
import { appendEvents, confirmLayers } from '../../db/queries/events.ts'
import { upsertAreas } from '../../db/queries/import/areas.ts'
import { upsertBarriers } from '../../db/queries/import/barriers.ts'
import { upsertBuildings } from '../../db/queries/import/buildings.ts'
import { upsertMapLabels } from '../../db/queries/import/map-labels.ts'
import { addOutcome } from '../../db/queries/import/outcome.ts'
import { listRegionAreas, lockPlaces } from '../../db/queries/import/settle.ts'
import { upsertStreetPoints } from '../../db/queries/import/street-points.ts'
import { upsertStreets } from '../../db/queries/import/streets.ts'
import { grownBox } from '../places/polygon.ts'
import { RegionIndex, unknownSubdistrict } from '../places/region-index.ts'
import { settleAllBuildings } from '../places/settle-map.ts'
import { inTransaction } from './import-job.ts'
import { chooseClip } from './osm/choose-clip.ts'
import { assembleMultipolygon } from './osm/multipolygon.ts'
import { NodeStore } from './osm/node-store.ts'
import { StalePieces } from './osm/stale-pieces.ts'
import { addNode, addRelation, addWay, noRows, runsOf } from './osm/rows.ts'
import { surveyOsm } from './osm/survey.ts'
import { readOsmPbf } from './read/osm-pbf.ts'
import { readOsmXml } from './read/osm-xml.ts'
import { UnusableInput } from './import-request.ts'

const batchRows = 500
// Way ends beyond the clip are needed to cut at it, and polygons around it; 50 km reach for both.
const keepMetres = 50_000

/**
 * Loads streets, barriers, gates, buildings, areas and labels. The file is read twice: once to its end, to know that it is
 * whole and what its relations need, then to load it, all in one transaction: a broken file leaves nothing.
 */
export async function importOsm(job: ImportJob): Promise<Outcome> {
  const read = (stage: 'check' | 'load') => counted(job, stage)
  const survey = await surveyOsm(read('check'))
  if (survey.nodes === 0)
    throw new UnusableInput('文件里没有节点 · There is nothing in the file: it has no nodes.')
  return await inTransaction(job, async (tx) => {
    await lockPlaces(tx)
    const areas = await listRegionAreas(tx)
    const regions = new RegionIndex(areas)
    const { clip, keep } = chooseClip(survey, areas, job.note)
    const context: RowsContext & { keep: Box | null, doors: Set<number> } = {
      nodes: new NodeStore(),
      clip,
      keep: keep && grownBox(keep, keepMetres),
      doors: new Set(),
      ownerOf: point => regions.ownerOf(point),
    }
    const loaded = await load(tx, job, survey, context, read)
    if (loaded.created + loaded.updated > 0) {
      job.progress({ stage: 'place', bytes: 0, rows: 0 })
      await settleAllBuildings(tx, regions)
      await appendEvents(tx, regions.home ?? unknownSubdistrict, [
        {
          type: 'basemap.imported',
          id: 'basemap',
          set: {
            version: job.now.toISOString(),
          },
        },
      ])
    }
    else {
      await confirmLayers(tx, ['basemap'])
    }
    return loaded
  })
}

async function load(tx: Tx, job: ImportJob, survey: Survey, context: RowsContext & { keep: Box | null, doors: Set<number> }, read: (stage: 'load') => AsyncIterable<OsmElement[]>): Promise<Outcome> {
  const total: Outcome = { created: 0, updated: 0, unchanged: 0 }
  const stale = await StalePieces.of(tx)
  const memberRefs = new Map<number, number[]>()
  let rows = noRows()
  const flush = async (least: number) => {
    if (countOf(rows) < least)
      return
    stale.meet(rows)
    addOutcome(total, await write(tx, rows))
    rows = noRows()
  }

  if (!survey.nodesFirst)
    await forEach(read('load'), element => takeNode(element, rows, context, job), () => flush(batchRows))
  let isSealed = !survey.nodesFirst
  if (isSealed)
    context.nodes.seal()
  await forEach(read('load'), (element) => {
    if (element.type === 'way') {
      if (!isSealed)
        context.nodes.seal()
      isSealed = true
      if (survey.memberWays.has(element.id))
        memberRefs.set(element.id, element.refs)
      stale.see(element.id)
      const fault = addWay(rows, element, context, survey.outlines.get(element.id))
      if (fault)
        job.reject({ at: `way/${element.id}`, reason: fault, original: element })
    }
    else if (survey.nodesFirst) {
      takeNode(element, rows, context, job)
    }
  }, () => flush(batchRows))

  context.nodes.seal()
  let incomplete = 0
  for (const relation of survey.relations) {
    const polygons = assembleMultipolygon(relation, id => memberWay(id, memberRefs, context))
    const doors = relation.members.flatMap(({ ref, type }) => type === 'way'
      ? memberRefs.get(ref) ?? []
      : []).filter(ref => context.doors.has(ref))
    if (polygons)
      addRelation(rows, relation, polygons, doors, context)
    else
      incomplete++
    await flush(batchRows)
  }
  await flush(1)
  const removed = await stale.remove(tx)
  total.updated += removed
  if (incomplete > 0)
    job.note(`${incomplete} 个多边形关系在文件中不完整，已略过 · ${incomplete} multipolygons are not whole in the file and were left out`)
  return total
}

function takeNode(element: OsmElement, rows: Rows, context: RowsContext & { keep: Box | null, doors: Set<number> }, job: ImportJob): void {
  if (element.type === 'bad') {
    job.reject({ at: element.at, reason: element.reason, original: element.original })
  }
  else if (element.type === 'node') {
    const { keep } = context
    if (keep && (element.lng < keep[0] || element.lat < keep[1] || element.lng > keep[2] || element.lat > keep[3]))
      return
    context.nodes.add(element.id, element.lng, element.lat)
    if (element.tags?.entrance && element.tags.entrance !== 'no')
      context.doors.add(element.id)
    addNode(rows, element, context)
  }
}

function memberWay(id: number, memberRefs: Map<number, number[]>, { nodes }: RowsContext): MemberWay | undefined {
  const refs = memberRefs.get(id)
  if (!refs)
    return undefined
  const { runs, missing } = runsOf({ type: 'way', id, refs, tags: null }, nodes)
  const [run] = runs
  return run && missing === 0
    ? {
        refs: run.nodes,
        points: run.lngs.map<LngLat>((lng, i) => [lng, run.lats[i]!]),
      }
    : undefined
}

async function write(tx: Tx, rows: Rows): Promise<Outcome> {
  const outcomes = await Promise.all([
    rows.streets.length > 0 && upsertStreets(tx, rows.streets),
    rows.street_points.length > 0 && upsertStreetPoints(tx, rows.street_points),
    rows.barriers.length > 0 && upsertBarriers(tx, rows.barriers),
    rows.buildings.length > 0 && upsertBuildings(tx, rows.buildings),
    rows.areas.length > 0 && upsertAreas(tx, rows.areas),
    rows.map_labels.length > 0 && upsertMapLabels(tx, rows.map_labels),
  ])
  const total: Outcome = { created: 0, updated: 0, unchanged: 0 }
  outcomes.forEach(outcome => outcome && addOutcome(total, outcome))
  return total
}

function countOf(rows: Rows): number {
  return Object.values(rows).reduce((sum, list) => sum + list.length, 0)
}

async function forEach(batches: AsyncIterable<OsmElement[]>, take: (element: OsmElement) => void, pause: () => Promise<void>): Promise<void> {
  for await (const batch of batches) {
    for (const element of batch)
      take(element)
    await pause()
  }
}

async function* counted({ source, format, progress }: ImportJob, stage: 'check' | 'load'): AsyncGenerator<OsmElement[]> {
  let bytes = 0
  let rows = 0
  const chunks = source.open(read => void (bytes = read))
  for await (const batch of format === 'osm-pbf'
    ? readOsmPbf(chunks)
    : readOsmXml(chunks)) {
    rows += batch.length
    progress({ stage, bytes, rows })
    yield batch
  }
}
