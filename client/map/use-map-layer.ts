import type { GeoJSONSource, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import type { MaybeRefOrGetter, Ref } from 'vue'
import type { Feature, FeatureCollection } from '#contract/geometry.ts'
import type { MapHandle } from './create-map.ts'
import type { LayerContext, MapLayer } from './map-layer.ts'
import { computed, onScopeDispose, toValue, watch } from 'vue'
import { changeLayers } from './change-layers.ts'
import { placedLayers, slotLayerId } from './map-layer.ts'

export interface MapLayerOptions {
  visible?: MaybeRefOrGetter<boolean>
  /** How loud against the other overlays: 0 hidden, 1 usual, above 1 the hero of the scene. */
  emphasis?: MaybeRefOrGetter<number>
  /** Milliseconds since 1970; for overlays that show how old something is. */
  now?: MaybeRefOrGetter<number>
}

/**
 * Keeps an overlay on the map for as long as the calling scope lives: its data, its look and its emphasis follow their sources, and it
 * comes back by itself after a lost WebGL context or another base map. The only caller of addSource and addLayer for overlays.
 */
export function useMapLayer<Item extends Feature>(
  handle: Readonly<Ref<MapHandle | undefined>>,
  layer: MapLayer<Item>,
  data: MaybeRefOrGetter<readonly Item[] | FeatureCollection>,
  options: MapLayerOptions = {},
): void {
  const context = computed<LayerContext | undefined>(() => handle.value && {
    look: handle.value.look.value,
    emphasis: toValue(options.visible) === false
      ? 0
      : toValue(options.emphasis) ?? 1,
    translate: handle.value.translate,
    now: toValue(options.now) ?? 0,
  })
  const placed = computed(() => context.value && placedLayers(layer as unknown as MapLayer, context.value))
  const shown = computed(() => (context.value?.emphasis ?? 0) > 0)
  const collection = computed(() => {
    const value = toValue(data)
    const items = 'features' in value
      ? value.features as unknown as Item[]
      : value
    // A hidden overlay costs nothing: its data is not even turned into GeoJSON.
    return context.value && layer.toGeoJson(shown.value
      ? items
      : [], context.value)
  })

  let onMap: LayerSpecification[] = []
  let shownData: unknown

  /** Makes the map hold this overlay as it now is, whatever the map holds of it. */
  function settle(map: MapLibreMap): void {
    if (!context.value || !placed.value || !collection.value)
      return
    for (const [id, image] of Object.entries(layer.images?.(context.value) ?? {})) {
      if (!map.hasImage(id))
        map.addImage(id, image.draw(), { pixelRatio: image.pixelRatio })
    }
    const source = map.getSource<GeoJSONSource>(layer.id)
    if (!source)
      map.addSource(layer.id, { type: 'geojson', data: collection.value })
    else if (shownData !== collection.value)
      void source.setData(collection.value)
    shownData = collection.value

    const next = placed.value.map(({ spec }) => withVisibility(spec, shown.value))
    changeLayers(map, onMap, next)
    next.forEach((spec, i) => {
      if (!map.getLayer(spec.id))
        map.addLayer(spec, map.getLayer(slotLayerId(placed.value![i]!.slot)) && slotLayerId(placed.value![i]!.slot))
    })
    onMap = next
  }

  let stop = () => {}
  watch(handle, (current) => {
    stop()
    onMap = []
    shownData = undefined
    stop = current?.whenStyled(settle) ?? (() => {})
  }, { immediate: true })
  watch([placed, collection], () => handle.value?.whileStyled(settle))

  onScopeDispose(() => {
    stop()
    handle.value?.whileStyled((map) => {
      for (const { id } of onMap.filter(({ id }) => map.getLayer(id)))
        map.removeLayer(id)
      if (map.getSource(layer.id))
        map.removeSource(layer.id)
    })
  })
}

function withVisibility(spec: LayerSpecification, visible: boolean): LayerSpecification {
  return {
    ...spec,
    layout: {
      ...spec.layout,
      visibility: visible ? 'visible' : 'none',
    },
  } as LayerSpecification
}
