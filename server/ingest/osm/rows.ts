import type { LngLat } from '#contract/geometry.ts'
import type { AreaRow } from '../../../db/queries/import/areas.ts'
import type { BarrierRow } from '../../../db/queries/import/barriers.ts'
import type { BuildingRow } from '../../../db/queries/import/buildings.ts'
import type { MapLabelRow } from '../../../db/queries/import/map-labels.ts'
import type { StreetPointRow } from '../../../db/queries/import/street-points.ts'
import type { StreetRow } from '../../../db/queries/import/streets.ts'
import type { Box } from '../../places/polygon.ts'
import type { AreaTags } from './area-tags.ts'
import type { BuildingTags } from './building-tags.ts'
import type { Line } from './clip.ts'
import type { NodeStore } from './node-store.ts'
import type { OsmNode, OsmRelation, OsmWay } from './osm-element.ts'
import { areaOfRing, boundsOfPoints, centreOf } from '../../places/polygon.ts'
import { areaOf } from './area-tags.ts'
import { barrierOf } from './barrier-tags.ts'
import { buildingOf } from './building-tags.ts'
import { labelOf } from './label-tags.ts'
import { pointOf } from './point-tags.ts'
import { streetOf } from './street-tags.ts'
import { boxesMeet, clipLine, clipRing, isInside } from './clip.ts'
import { placeId } from './place-id.ts'

export interface Rows {
  streets: StreetRow[]
  street_points: StreetPointRow[]
  barriers: BarrierRow[]
  buildings: BuildingRow[]
  areas: AreaRow[]
  map_labels: MapLabelRow[]
}

export interface RowsContext {
  nodes: NodeStore
  /** null = nothing is cut off */
  clip: Box | null
  /** nodes tagged as entrances */
  doors: ReadonlySet<number>
  /** subdistrict that owns a point */
  ownerOf: (point: LngLat) => string
}

export function noRows(): Rows {
  return {
    streets: [],
    street_points: [],
    barriers: [],
    buildings: [],
    areas: [],
    map_labels: [],
  }
}

export function addNode(rows: Rows, node: OsmNode, { clip, ownerOf }: RowsContext): void {
  if (!node.tags || (clip && !isInside(clip, node.lng, node.lat)))
    return
  const location: LngLat = [node.lng, node.lat]
  const common = {
    subdistrict: ownerOf(location),
    id: node.id,
    location,
  }
  const point = pointOf(node.tags)
  if (point) {
    rows.street_points.push({
      ...common,
      ...point,
    })
  }
  const label = labelOf(node.tags)
  if (label) {
    rows.map_labels.push({
      ...common,
      ...label,
    })
  }
}

/**
 * `outlineOf`: what the multipolygons mean whose outline the way is; they say the same, with the holes.
 *
 * @returns why the way could not be used; null when it could, or when there is nothing in it for us
 */
export function addWay(rows: Rows, way: OsmWay, context: RowsContext, outlineOf: readonly string[] = []): string | null {
  const { tags } = way
  if (!tags)
    return null
  const street = streetOf(tags)
  const barrier = barrierOf(tags)
  const building = outlineOf.includes('building')
    ? null
    : buildingOf(tags)
  const area = areaOf(tags)
  if (!street && !barrier && !building && !area)
    return null

  const { runs, missing } = runsOf(way, context.nodes)
  if (runs.length === 0)
    return `节点不足 · only ${way.refs.length - missing} of its ${way.refs.length} nodes are in the file`
  const { clip, ownerOf } = context
  if (clip && !runs.some(run => boxesMeet(boundsOfLine(run), clip)))
    return null

  if (street || barrier || area?.line) {
    const parts = clip
      ? runs.flatMap(run => clipLine(run, clip))
      : runs
    parts.forEach((part, piece) => {
      const bounds = boundsOfLine(part)
      const common = {
        subdistrict: ownerOf(middleOf(bounds)),
        id: placeId('way', way.id, piece),
        bounds,
      }
      if (street) {
        rows.streets.push({
          ...common,
          ...street,
          ...part,
        })
      }
      if (barrier) {
        rows.barriers.push({
          ...common,
          kind: barrier,
          ...part,
        })
      }
      if (area?.line) {
        rows.areas.push({
          ...common,
          ...drawn(area),
          geometry: {
            type: 'LineString',
            coordinates: part.lngs.map((lng, i) => [lng, part.lats[i]!]),
          },
        })
      }
    })
  }
  const flat = area && !area.line && !outlineOf.includes(area.class)
    ? area
    : null
  if (!building && !flat)
    return null
  const ring = missing === 0 && runs.length === 1
    ? ringOf(runs[0]!)
    : null
  if (ring) {
    addPolygons(rows, placeId('way', way.id), [
      [ring],
    ], {
      building,
      area: flat,
      doors: way.refs.filter(ref => context.doors.has(ref)),
    }, context)
  }
  else if (building && missing === 0) {
    return '轮廓未闭合 · the outline of the building is not closed'
  }
  return null
}

export function addRelation(rows: Rows, relation: OsmRelation, polygons: LngLat[][][], doors: number[], context: RowsContext): void {
  const tags = relation.tags ?? {}
  const area = areaOf(tags)
  addPolygons(rows, placeId('relation', relation.id), polygons, {
    building: buildingOf(tags),
    area: area && !area.line
      ? area
      : null,
    doors,
  }, context)
}

interface Meaning { building: BuildingTags | null, area: AreaTags | null, doors: number[] }

function addPolygons(rows: Rows, id: number, polygons: LngLat[][][], { building, area, doors }: Meaning, context: RowsContext): void {
  if (building) {
    const oriented = polygons.map(orient)
    // Half a house is no house: one that the edge cuts stays whole.
    const isHere = !context.clip || oriented.some(([outer]) => outer!.some(([lng, lat]) => isInside(context.clip!, lng, lat)))
    if (isHere) {
      const geometry = geometryOf(oriented)
      const centre = centreOf(geometry)
      rows.buildings.push({
        subdistrict: context.ownerOf(centre),
        id,
        ...building,
        geometry,
        centre,
        bounds: boundsOfPoints(oriented.flat(2)),
        doors: [
          ...new Set(doors),
        ],
      })
    }
  }
  if (area) {
    const { clip } = context
    const clipped = clip
      ? polygons.map(rings => clipPolygon(rings, clip)).filter(rings => rings !== null)
      : polygons
    if (clipped.length > 0) {
      const oriented = clipped.map(orient)
      const bounds = boundsOfPoints(oriented.flat(2))
      rows.areas.push({
        subdistrict: context.ownerOf(middleOf(bounds)),
        id,
        ...drawn(area),
        geometry: geometryOf(oriented),
        bounds,
      })
    }
  }
}

function clipPolygon([outer, ...holes]: LngLat[][], clip: Box): LngLat[][] | null {
  const cut = clipRing(outer!, clip)
  return cut && [
    cut,
    ...holes.map(hole => clipRing(hole, clip)).filter(hole => hole !== null),
  ]
}

function drawn({ class: kind, subclass, name, bridge, tunnel }: AreaTags) {
  return {
    class: kind,
    subclass,
    name,
    bridge,
    tunnel,
  }
}

/** Outer rings counter-clockwise, holes clockwise (RFC 7946). */
function orient(rings: LngLat[][]): LngLat[][] {
  return rings.map((ring, index) => (areaOfRing(ring) > 0) === (index === 0)
    ? ring
    : ring.toReversed())
}

function geometryOf(polygons: LngLat[][][]) {
  return polygons.length === 1
    ? { type: 'Polygon' as const, coordinates: polygons[0]! }
    : { type: 'MultiPolygon' as const, coordinates: polygons }
}

/** The stretches of a way whose nodes are in the file, without a node twice in a row. */
export function runsOf(way: OsmWay, nodes: NodeStore): { runs: Line[], missing: number } {
  const runs: Line[] = []
  let run: Line | null = null
  let missing = 0
  for (const ref of way.refs) {
    const position = nodes.find(ref)
    if (position < 0) {
      missing++
      run = null
      continue
    }
    if (!run) {
      run = { nodes: [], lngs: [], lats: [] }
      runs.push(run)
    }
    if (run.nodes.at(-1) === ref)
      continue
    run.nodes.push(ref)
    run.lngs.push(nodes.lng(position))
    run.lats.push(nodes.lat(position))
  }
  return {
    runs: runs.filter(line => line.nodes.length > 1),
    missing,
  }
}

function ringOf({ nodes, lngs, lats }: Line): LngLat[] | null {
  return nodes.length > 3 && nodes[0] === nodes.at(-1)
    ? lngs.map((lng, i) => [lng, lats[i]!])
    : null
}

function boundsOfLine({ lngs, lats }: Line): Box {
  return boundsOfPoints(lngs.map((lng, i) => [lng, lats[i]!]))
}

function middleOf([west, south, east, north]: Box): LngLat {
  return [(west + east) / 2, (south + north) / 2]
}
