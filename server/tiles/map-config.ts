/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
import type { MapConfig } from '#contract/map.ts'
import type { Config } from '../config.ts'
import type { PmtilesFile } from './pmtiles-file.ts'
import type { TileStore } from './tile-store.ts'
import { zooms } from './zoom-rules.ts'

export interface MapConfigSource {
  store: Pick<TileStore, 'version' | 'extent'>
  config: Pick<Config, 'basemap' | 'tiandituKey'>
  pmtiles: PmtilesFile | null
}

export async function mapConfig({ store, config, pmtiles }: MapConfigSource): Promise<MapConfig> {
  const [version, { drawn, view, subdistricts }] = await Promise.all([store.version(), store.extent()])
  const generated = subdistricts.filter(isGenerated)
  const streets = config.basemap.from === 'streets'
  const credits = [
    ...streets && generated.length < subdistricts.length
      ? ['© OpenStreetMap 贡献者']
      : [],
    ...pmtiles
      ? [pmtiles.attribution || '© OpenStreetMap 贡献者']
      : [],
    ...generated.length > 0
      ? ['演示数据']
      : [],
  ]
  return {
    version: pmtiles ? pmtiles.version : version,
    bounds: pmtiles?.bounds ?? drawn,
    view: view ?? drawn,
    base: baseOf(config.basemap, pmtiles, version),
    attribution: credits.join(' · '),
    demo: generated.length > 0,
    tianditu: config.tiandituKey
      ? tianditu(config.tiandituKey)
      : null,
  }
}

function baseOf(basemap: Config['basemap'], pmtiles: PmtilesFile | null, version: string): MapConfig['base'] {
  if (basemap.from === 'style')
    return { kind: 'style', url: basemap.url }
  if (pmtiles) {
    const { tiles, schema, minzoom, maxzoom } = pmtiles
    return {
      kind: 'pmtiles',
      url: `/basemap.pmtiles?v=${pmtiles.version}`,
      tiles,
      schema,
      minzoom,
      maxzoom,
    }
  }
  return {
    kind: 'streets',
    tiles: `/tiles/{z}/{x}/{y}.mvt?v=${version}`,
    minzoom: zooms.first,
    maxzoom: zooms.last,
  }
}

/** 99 is no province of GB/T 2260: such codes are generated towns. */
function isGenerated(subdistrict: string): boolean {
  return subdistrict.startsWith('99')
}

/**
 * 天地图 by WMTS in Web Mercator (its `_w` services), from its eight hosts. The key is one for browsers: 天地图 checks the page's
 * address, so it may be seen. A map shown to the public also needs its 审图号 on the screen, which 天地图 prints on its own site.
 */
function tianditu(key: string): NonNullable<MapConfig['tianditu']> {
  const templates = (layer: string) => Array.from({ length: 8 }, (_, host) => {
    const query = `SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles`
    return `https://t${host}.tianditu.gov.cn/${layer}_w/wmts?${query}&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${key}`
  })
  return {
    map: templates('vec'),
    labels: templates('cva'),
    attribution: '© 国家地理信息公共服务平台（天地图）',
  }
}
