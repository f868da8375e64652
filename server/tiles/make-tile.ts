import type { GeoJSONVTTile } from '@maplibre/geojson-vt'
import type { Feature, Geometry } from 'geojson'
import type { Bounds } from '#contract/map.ts'
import type { Sql } from '../../db/connect.ts'
import type { TileArea } from '../../db/queries/tiles.ts'
import type { TileAddress } from './tile-bounds.ts'
import { geoJSONToTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import { tileAreas, tileBarriers, tileBuildings, tileGates, tileLabels, tileStreets } from '../../db/queries/tiles.ts'
import { labelPoint } from './label-point.ts'
import { tileBounds } from './tile-bounds.ts'
import { drawsBuildings, drawsWalls, leastExtent, namesBuildings, streetClasses } from './zoom-rules.ts'

type LayerName = 'landuse' | 'green' | 'water' | 'waterway' | 'rail' | 'street' | 'building' | 'barrier' | 'gate' | 'label'
type Layers = Record<LayerName, Feature[]>

/** Drawn this far over the edge, so that borders, casings and signs do not break there. */
const buffer = 96
const extent = 4096

/**
 * One tile of the base map as a Mapbox vector tile (not compressed), straight from the tables.
 *
 * | layer | properties |
 * |---|---|
 * | landuse | class (residential, compound, …), name |
 * | green | class, name |
 * | water, waterway | class (OSM value), name |
 * | rail | class |
 * | street | class (OSM highway), name; bridge, tunnel, stairs, foot: only when true |
 * | building | kind, name, floors; home: only when people live there |
 * | barrier | class (wall, fence, hedge) |
 * | gate | name; shut: only when nobody may pass on foot |
 * | label | class, name |
 */
export async function makeTile(sql: Sql, address: TileAddress): Promise<Uint8Array> {
  const layers = await readLayers(sql, address.z, tileBounds(address, buffer / extent))
  const tiles: Record<string, GeoJSONVTTile> = {}
  for (const [name, features] of Object.entries(layers)) {
    const tile = features.length > 0 && cut(features, address)
    if (tile && tile.features.length > 0)
      tiles[name] = tile
  }
  return fromGeojsonVt(tiles, { version: 2, extent })
}

function cut(features: Feature[], { z, x, y }: TileAddress): GeoJSONVTTile {
  return geoJSONToTile({ type: 'FeatureCollection', features }, z, x, y, {
    // Near zooms keep every corner, far ones lose what is below half a pixel.
    maxZoom: z >= 15
      ? z
      : z + 1,
    extent,
    buffer,
    clip: true,
  })
}

async function readLayers(sql: Sql, zoom: number, bounds: Bounds): Promise<Layers> {
  const [streets, areas, buildings, barriers, gates, labels] = await Promise.all([
    tileStreets(sql, bounds, streetClasses(zoom)),
    tileAreas(sql, bounds, leastExtent(zoom)),
    drawsBuildings(zoom)
      ? tileBuildings(sql, bounds)
      : [],
    drawsWalls(zoom)
      ? tileBarriers(sql, bounds)
      : [],
    drawsWalls(zoom)
      ? tileGates(sql, bounds)
      : [],
    tileLabels(sql, bounds, namesBuildings(zoom)),
  ])
  return {
    ...areaLayers(areas),
    street: streets.map(({ class: kind, name, foot, stairs, bridge, tunnel, lngs, lats }) =>
      feature(lineOf(lngs, lats), {
        class: kind,
        name,
        foot,
        stairs,
        bridge,
        tunnel,
      })),
    building: buildings.map(({ id, kind, name, floors, home, geometry }) => feature(geometry, { kind, name, floors, home }, id)),
    barrier: barriers.map(({ kind, lngs, lats }) => feature(lineOf(lngs, lats), { class: kind })),
    gate: gates.map(({ name, passable, location }) => feature(pointOf(location), { name, shut: !passable })),
    label: [
      ...labels.map(({ class: kind, name, location }) => feature(pointOf(location), { class: kind, name })),
      ...areaLabels(areas, bounds),
    ],
  }
}

function areaLayers(areas: TileArea[]): Pick<Layers, 'landuse' | 'green' | 'water' | 'waterway' | 'rail'> {
  const layers: ReturnType<typeof areaLayers> = {
    landuse: [],
    green: [],
    water: [],
    waterway: [],
    rail: [],
  }
  for (const { class: kind, subclass, name, geometry } of areas) {
    const layer = kind in layers
      ? kind as keyof typeof layers
      : 'landuse'
    layers[layer].push(feature(geometry, {
      class: layer === 'landuse' && kind !== 'landuse'
        ? kind
        : subclass ?? kind,
      name,
    }))
  }
  return layers
}

/** A lake, a park or a compound has its name at one point, not once in every tile that it touches. */
function areaLabels(areas: TileArea[], bounds: Bounds): Feature[] {
  return areas.flatMap(({ class: kind, name, geometry, west, south, east, north }) => {
    const at = name && ['water', 'green', 'compound'].includes(kind)
      ? labelPoint(geometry, [west, south, east, north])
      : null
    return at && inside(at, bounds)
      ? feature({ type: 'Point', coordinates: at }, { class: kind, name })
      : []
  })
}

function inside([lng, lat]: number[], [west, south, east, north]: Bounds): boolean {
  return lng! >= west && lng! <= east && lat! >= south && lat! <= north
}

/** Leaves out what is null or false: a tile carries only what is there. Negative ids (relations) do not fit the format. */
function feature(geometry: Geometry, properties: Record<string, unknown>, id = 0): Feature {
  return {
    type: 'Feature',
    ...(id > 0
      ? { id }
      : {}),
    geometry,
    properties: Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null && value !== false)),
  }
}

function lineOf(lngs: number[], lats: number[]): Geometry {
  return {
    type: 'LineString',
    coordinates: lngs.map((lng, i) => [lng, lats[i]!]),
  }
}

function pointOf(coordinates: [number, number]): Geometry {
  return { type: 'Point', coordinates }
}
