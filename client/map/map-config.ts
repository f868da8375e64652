/** What the server says of the base map (`/map-config.json`). */
export interface MapConfig {
  /** Changes when the drawn streets, buildings or areas change; part of the tiles' address. */
  version: string
  /** Of everything that is drawn, `[west, south, east, north]`; null before anything was imported. */
  bounds: [number, number, number, number] | null
  base:
    | { kind: 'streets', tiles: string, minzoom: number, maxzoom: number }
    | { kind: 'pmtiles', url: string, tiles: 'vector' | 'raster', schema: 'huizhi' | 'openmaptiles' | 'protomaps', minzoom: number, maxzoom: number }
    | { kind: 'style', url: string }
  /** Who made the data, as it must stand on the map. */
  attribution: string
  /** The town is generated. */
  demo: boolean
  /** 天地图 by the key of the deployment: tile addresses of the map and of its labels. */
  tianditu: { map: string[], labels: string[], attribution: string } | null
}

export async function loadMapConfig(url = '/map-config.json'): Promise<MapConfig> {
  const response = await fetch(url)
  if (!response.ok)
    throw new Error(`${url}: ${response.status}`)
  return await response.json() as MapConfig
}
