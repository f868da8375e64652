import type { MapConfig } from '#contract/map.ts'

export async function loadMapConfig(url = '/map-config.json'): Promise<MapConfig> {
  const response = await fetch(url)
  if (!response.ok)
    throw new Error(`${url}: ${response.status}`)
  return await response.json() as MapConfig
}
