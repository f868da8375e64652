import type { Map as MapLibreMap } from 'maplibre-gl'
import type { Ref } from 'vue'
import type { MapConfig } from '#contract/map.ts'
import type { BaseName } from './base.ts'
import { computed, shallowRef } from 'vue'

/** Whose map is shown: of ours the server says it, of somebody else's style its sources do, once they are loaded. */
export function attributionOf(map: MapLibreMap, config: Readonly<Ref<MapConfig>>, base: Readonly<Ref<BaseName>>): Readonly<Ref<string>> {
  const fromSources = shallowRef<string[]>([])
  map.on('sourcedata', ({ sourceDataType }) => {
    if (sourceDataType !== 'metadata' || config.value.base.kind !== 'style')
      return
    const told = Object.keys(map.getStyle().sources).map(id => (map.getSource(id) as { attribution?: string } | undefined)?.attribution)
    fromSources.value = [
      ...new Set(told.filter(text => text !== undefined).map(plainText)),
    ]
  })
  return computed(() => {
    const { attribution, demo, tianditu } = config.value
    if (base.value === 'tianditu' && tianditu) {
      return [
        tianditu.attribution,
        ...demo
          ? [attribution]
          : [],
      ].join(' · ')
    }
    return [...fromSources.value, attribution].filter(Boolean).join(' · ')
  })
}

/** Attributions come with links; a wall has nobody to click them. */
function plainText(html: string): string {
  return new DOMParser().parseFromString(html, 'text/html').body.textContent.trim()
}
