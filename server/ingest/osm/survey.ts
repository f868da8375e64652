import type { Box } from '../../places/polygon.ts'
import type { OsmElement, OsmRelation } from './osm-element.ts'
import { joinBoxes } from '../../places/polygon.ts'
import { areaOf } from './area-tags.ts'
import { buildingOf } from './building-tags.ts'

/** What has to be known of an OSM file before anything of it is loaded. */
export interface Survey {
  nodes: number
  ways: number
  /** what the file says it covers */
  bounds: Box | null
  /** what its nodes cover */
  extent: Box | null
  /** multipolygons that mean something to us */
  relations: OsmRelation[]
  /** their member ways */
  memberWays: Set<number>
  /** outer way → what the relation around it means: `building` or the area's class */
  outlines: Map<number, string[]>
  /** all nodes stand before the first way, as they should */
  nodesFirst: boolean
}

/** Reads the file to its end, which also proves that it is whole. */
export async function surveyOsm(batches: AsyncIterable<OsmElement[]>): Promise<Survey> {
  const survey: Survey = {
    nodes: 0,
    ways: 0,
    bounds: null,
    extent: null,
    relations: [],
    memberWays: new Set(),
    outlines: new Map(),
    nodesFirst: true,
  }
  const extent: Box = [
    Infinity,
    Infinity,
    -Infinity,
    -Infinity,
  ]
  for await (const batch of batches) {
    for (const element of batch) {
      if (element.type === 'node') {
        survey.nodes++
        survey.nodesFirst &&= survey.ways === 0
        extent[0] = Math.min(extent[0], element.lng)
        extent[1] = Math.min(extent[1], element.lat)
        extent[2] = Math.max(extent[2], element.lng)
        extent[3] = Math.max(extent[3], element.lat)
      }
      else if (element.type === 'way') {
        survey.ways++
      }
      else if (element.type === 'bounds') {
        survey.bounds = joinBoxes(survey.bounds, element.box)
      }
      else if (element.type === 'relation') {
        meetRelation(survey, element)
      }
    }
  }
  survey.extent = survey.nodes > 0
    ? extent
    : null
  return survey
}

function meetRelation({ relations, memberWays, outlines }: Survey, relation: OsmRelation): void {
  const { tags, members } = relation
  if (tags?.type !== 'multipolygon')
    return
  const area = areaOf(tags)
  const meanings = [
    buildingOf(tags)
      ? 'building'
      : '',
    area && !area.line
      ? area.class
      : '',
  ].filter(Boolean)
  if (meanings.length === 0)
    return
  relations.push(relation)
  for (const { type, ref, role } of members) {
    if (type !== 'way')
      continue
    memberWays.add(ref)
    if (role !== 'inner') {
      outlines.set(ref, [
        ...outlines.get(ref) ?? [],
        ...meanings,
      ])
    }
  }
}
