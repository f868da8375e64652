/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
import type { LayerSpecification, Map as MapLibreMap, StyleSpecification, VectorTileSource } from 'maplibre-gl'
import type { Ref } from 'vue'
import type { MapConfig } from '#contract/map.ts'
import type { Look } from './palette.ts'
import { absolute, basemapLayers, basemapSource, basemapSources, basemapStyle, slotLayers } from './basemap-style.ts'
import { changeLayers } from './change-layers.ts'

/** The base map under the overlays: ours from the server's tiles, a .pmtiles file, somebody's style, or 天地图. */
export function baseOf(config: Readonly<Ref<MapConfig>>, look: Readonly<Ref<Look>>) {
  let chosen: 'own' | 'tianditu' = 'own'
  let onMap: LayerSpecification[] = []
  const foreign = () => config.value.base.kind === 'style'
  const layers = () => basemapLayers(config.value, look.value, chosen)

  /** Carries the base map's layers over to the look and the choice as they now are. */
  function settle(map: MapLibreMap): void {
    if (foreign())
      return
    const next = layers()
    changeLayers(map, onMap, next)
    onMap = next
  }

  return {
    /** What a new map starts with. */
    async style(): Promise<StyleSpecification | string> {
      const { base } = config.value
      if (base.kind === 'pmtiles')
        await speakPmtiles()
      if (base.kind === 'style')
        return base.url
      onMap = layers()
      return basemapStyle(config.value, look.value)
    },
    /** Adds what a loaded style lacks: somebody else's has no slots. */
    complete(map: MapLibreMap): void {
      if (foreign()) {
        for (const slot of slotLayers('reach', 'pins').filter(({ id }) => !map.getLayer(id)))
          map.addLayer(slot)
      }
      else {
        settle(map)
      }
    },
    settle,
    choose(base: 'own' | 'tianditu'): void {
      chosen = base
    },
    /** New addresses for changed tiles; the old ones stay on the screen until the new ones are there. */
    reload(map: MapLibreMap): void {
      const { base } = config.value
      if (base.kind !== 'streets')
        return
      const source = map.getSource<VectorTileSource>(basemapSource)
      const bounds = basemapSources(config.value)[basemapSource] as { bounds?: [number, number, number, number] }
      if (source && bounds.bounds)
        source.bounds = bounds.bounds
      source?.setTiles([absolute(base.tiles)])
    },
  }
}

/** Only deployments with a .pmtiles file load its reader. */
async function speakPmtiles(): Promise<void> {
  const [{ Protocol }, { addProtocol }] = await Promise.all([import('pmtiles'), import('maplibre-gl')])
  addProtocol('pmtiles', new Protocol().tile)
}
