/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
import type { LayerSpecification, Map as MapLibreMap, StyleSpecification, VectorTileSource } from 'maplibre-gl'
import type { Ref } from 'vue'
import type { MapConfig } from '#contract/map.ts'
import type { Look } from './palette.ts'
import { addProtocol } from 'maplibre-gl'
import { shallowRef } from 'vue'
import { absolute, basemapLayers, basemapSource, basemapStyle, slotLayers } from './basemap-style.ts'
import { changeLayers } from './change-layers.ts'

/** Our own drawing (or what the deployment put in its place), or 天地图. */
export type BaseName = 'own' | 'tianditu'

/** The base map under the overlays: ours from the server's tiles, a .pmtiles file, somebody's style, or 天地图. */
export function baseOf(config: Readonly<Ref<MapConfig>>, look: Readonly<Ref<Look>>) {
  const chosen = shallowRef<BaseName>('own')
  let onMap: LayerSpecification[] = []
  const foreign = () => config.value.base.kind === 'style'
  const layers = () => basemapLayers(config.value, look.value, chosen.value)

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
    chosen,
    /**
     * Draws what changed on the server. New addresses for changed tiles keep the old ones on the screen until the new ones are there;
     * another base map altogether is another style.
     */
    async reload(map: MapLibreMap): Promise<void> {
      const { base } = config.value
      const source = base.kind === 'streets' && map.getSource<VectorTileSource>(basemapSource)
      if (source)
        source.setTiles([absolute(base.tiles)])
      else
        map.setStyle(await this.style(), { diff: false })
    },
  }
}

/** Only deployments with a .pmtiles file load its reader. */
async function speakPmtiles(): Promise<void> {
  const { Protocol } = await import('pmtiles')
  addProtocol('pmtiles', new Protocol().tile)
}
