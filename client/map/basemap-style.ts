/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import type { BasemapSchema } from './basemap-schemas.ts'
import type { Slot } from './map-layer.ts'
import type { MapConfig } from '#contract/map.ts'
import type { Look } from './palette.ts'
import { basemapLabels } from './basemap-labels.ts'
import { basemapPalettes } from './basemap-palette.ts'
import { all, basemapSchemas } from './basemap-schemas.ts'
import { basemapStreets } from './basemap-streets.ts'
import { slotLayerId, slots } from './map-layer.ts'

type Expression = ExpressionSpecification

export const basemapSource = 'basemap'

/** Our own base map as a MapLibre style: vector tiles drawn in our look, invisible layers as slots for overlays, no glyph server. */
export function basemapStyle(config: MapConfig, look: Look): StyleSpecification {
  return {
    version: 8,
    sources: basemapSources(config),
    layers: basemapLayers(config, look),
  }
}

export function basemapSources(config: MapConfig): Record<string, SourceSpecification> {
  const sources: Record<string, SourceSpecification> = {}
  const { base } = config
  if (base.kind === 'streets') {
    sources[basemapSource] = {
      type: 'vector',
      tiles: [absolute(base.tiles)],
      minzoom: base.minzoom,
      maxzoom: base.maxzoom,
      ...within(config),
    }
  }
  if (base.kind === 'pmtiles') {
    const url = `pmtiles://${absolute(base.url)}`
    sources[basemapSource] = base.tiles === 'vector'
      ? { type: 'vector', url }
      : { type: 'raster', url, tileSize: 256 }
  }
  if (config.tianditu) {
    sources['tianditu-map'] = {
      type: 'raster',
      tiles: config.tianditu.map,
      tileSize: 256,
      maxzoom: 18,
    }
    sources['tianditu-labels'] = {
      type: 'raster',
      tiles: config.tianditu.labels,
      tileSize: 256,
      maxzoom: 18,
    }
  }
  return sources
}

/** Every layer of the base map in drawing order, with the slots. `base` chooses between our drawing and 天地图. */
export function basemapLayers(config: MapConfig, look: Look, base: 'own' | 'tianditu' = 'own'): LayerSpecification[] {
  const colours = basemapPalettes[look.theme]
  const own = config.base.kind === 'pmtiles' && config.base.tiles === 'raster'
    ? [
{
  id: 'basemap-raster',
  type: 'raster',
  source: basemapSource,
  paint: darkened(look),
} satisfies LayerSpecification,
      ]
    : ownLayers(config, look)
  const tianditu: LayerSpecification[] = config.tianditu
    ? [
        {
          id: 'tianditu-map',
          type: 'raster',
          source: 'tianditu-map',
          paint: darkened(look),
        },
        {
          id: 'tianditu-labels',
          type: 'raster',
          source: 'tianditu-labels',
          paint: darkened(look),
        },
      ]
    : []
  const shown = (layers: LayerSpecification[], visible: boolean) =>
    layers.map(layer => ({
      ...layer,
      layout: {
        ...layer.layout,
        visibility: visible ? 'visible' : 'none',
      },
    }) as LayerSpecification)
  const ground = own.filter(layer => layer.type !== 'symbol')
  const labels = own.filter(layer => layer.type === 'symbol')
  return [
    {
      id: 'ground',
      type: 'background',
      paint: { 'background-color': colours.ground },
    },
    ...shown(ground, base === 'own'),
    ...shown(tianditu, base === 'tianditu'),
    ...slotLayers('reach', 'outline'),
    ...shown(labels, base === 'own'),
    ...slotLayers('community-labels', 'pins'),
  ]
}

/** The slots from one to another, both included. */
export function slotLayers(from: Slot, to: Slot): LayerSpecification[] {
  return slots.slice(slots.indexOf(from), slots.indexOf(to) + 1)
    .map(slot => ({
      id: slotLayerId(slot),
      type: 'background',
      layout: { visibility: 'none' },
    }))
}

function ownLayers(config: MapConfig, look: Look): LayerSpecification[] {
  const schema = basemapSchemas[config.base.kind === 'pmtiles'
    ? config.base.schema
    : 'huizhi']
  return [
    ...groundLayers(schema, look),
    ...basemapStreets(schema, look, buildingLayers(schema, look)),
    ...basemapLabels(schema, look),
  ]
}

function groundLayers(schema: BasemapSchema, look: Look): LayerSpecification[] {
  const colours = basemapPalettes[look.theme]
  const layers: LayerSpecification[] = []
  for (const [id, part, colour] of [['landuse', schema.landuse, colours.landuse], ['compound', schema.compound, colours.compound]] as const) {
    if (part) {
      layers.push({
        'id': id,
        'type': 'fill',
        'source': basemapSource,
        'source-layer': part.layer,
        'filter': all(part.filter),
        'paint': { 'fill-color': colour },
      })
    }
  }
  schema.green.forEach((part, i) => layers.push({
    'id': `green-${i}`,
    'type': 'fill',
    'source': basemapSource,
    'source-layer': part.layer,
    'filter': all(part.filter),
    'paint': { 'fill-color': colours.green, 'fill-opacity': 0.85 },
  }))
  layers.push(
    {
      'id': 'water',
      'type': 'fill',
      'source': basemapSource,
      'source-layer': schema.water.layer,
      'filter': all(schema.water.filter),
      'paint': { 'fill-color': colours.water },
    },
    {
      'id': 'waterway',
      'type': 'line',
      'source': basemapSource,
      'source-layer': schema.waterway.layer,
      'filter': all(schema.waterway.filter, ['==', ['geometry-type'], 'LineString']),
      'layout': { 'line-cap': 'round', 'line-join': 'round' },
      'paint': {
        'line-color': colours.water,
        'line-width': growing(look.scale, waterwayWidth(1.2, 0.8), waterwayWidth(3, 1.6), waterwayWidth(16, 6)),
      },
    },
  )
  return layers
}

function buildingLayers(schema: BasemapSchema, look: Look): LayerSpecification[] {
  const colours = basemapPalettes[look.theme]
  const { layer, filter } = schema.building
  const layers: LayerSpecification[] = [
    {
      'id': 'building',
      'type': 'fill',
      'source': basemapSource,
      'source-layer': layer,
      'filter': all(filter),
      'minzoom': 13.5,
      'paint': {
        'fill-color': ['case', schema.home, colours.home, colours.building],
        'fill-outline-color': ['case', schema.home, colours.homeEdge, colours.buildingEdge],
      },
    },
  ]
  if (schema.barrier) {
    layers.push({
      'id': 'barrier',
      'type': 'line',
      'source': basemapSource,
      'source-layer': schema.barrier.layer,
      'minzoom': 15,
      'paint': {
        'line-color': colours.barrier,
        'line-width': growing(look.scale, 0.8, 0.8, 2),
        'line-dasharray': [6, 1.2],
      },
    })
  }
  if (schema.gate) {
    layers.push({
      'id': 'gate',
      'type': 'circle',
      'source': basemapSource,
      'source-layer': schema.gate.layer,
      'minzoom': 15.8,
      'paint': {
        'circle-color': colours.ground,
        'circle-radius': growing(look.scale, 1.6, 1.6, 4),
        'circle-stroke-color': ['case', ['has', 'shut'], colours.barrier, colours.labelSoft],
        'circle-stroke-width': growing(look.scale, 1, 1, 1.8),
      },
    })
  }
  return layers
}

function waterwayWidth(river: number, brook: number): Expression {
  return ['match', ['get', 'class'], ['river', 'canal'], river, brook]
}

/** Pixel sizes at zoom 11, 14 and 18 that grow like streets do on our maps: exponentially by 1.6 a zoom. */
export function growing(scale: number, ...[far, middle, near]: [far: number | Expression, middle: number | Expression, near: number | Expression]): Expression {
  const at = (size: number | Expression): Expression | number => typeof size === 'number'
    ? size * scale
    : ['*', scale, size]
  return ['interpolate', ['exponential', 1.6], ['zoom'], 11, at(far), 14, at(middle), 18, at(near)] as unknown as Expression
}

/** Foreign raster maps are bright: on dark screens they step back far enough for the overlays' contrast. */
function darkened(look: Look) {
  return look.theme === 'dark'
    ? { 'raster-brightness-max': 0.42, 'raster-saturation': -0.55 }
    : {}
}

function within(config: MapConfig): { bounds?: [number, number, number, number] } {
  return config.bounds
    ? { bounds: config.bounds }
    : {}
}

/** Tile addresses are fetched inside a worker, where a path alone means nothing. */
export function absolute(url: string): string {
  return /^[a-z]+:/i.test(url)
    ? url
    : `${location.origin}${url}`
}
