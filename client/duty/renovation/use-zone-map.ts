import type { MapMouseEvent } from 'maplibre-gl'
import type { Ref, ShallowRef } from 'vue'
import type { RegionFeature } from '#contract/places.ts'
import type { ZoneView } from '#contract/screen.ts'
import type { Renovation } from './use-renovation.ts'
import { computed, watch } from 'vue'
import { useDeskMap } from '../../desk/use-desk-map.ts'
import { boundsOf, polygonsOf } from '../../map/label-place.ts'
import { regionsLayer } from '../../map/layers/regions.ts'
import { renovationLayer } from '../../map/layers/renovation.ts'
import { zoneHeatLayer } from '../../map/layers/zone-heat.ts'
import { useMapLayer } from '../../map/use-map-layer.ts'
import { world } from '../../state/world.ts'
import { zonesAt } from '../../state/zones-at.ts'

export interface ZoneMapChoice {
  view: Readonly<Ref<ZoneView>>
  /** Whoever draws does not choose zones by a click. */
  drawing: Readonly<Ref<boolean>>
}

/** A map of zones only: as they stood in a month, with the calls of that month; a click chooses one. */
export function useZoneMap(container: Readonly<ShallowRef<HTMLElement | null>>, renovation: Renovation, { view, drawing }: ZoneMapChoice) {
  const { handle, failure } = useDeskMap(container)
  const regions = world.view('regions')
  const { zones } = renovation
  const shown = computed(() => zonesAt(zones.value, renovation.months.value, view.value))
  useMapLayer(handle, regionsLayer, computed(() => [
    ...regions.value.items.values(),
  ] as unknown as RegionFeature[]))
  useMapLayer(handle, zoneHeatLayer, computed(() => shown.value.heat), {
    visible: () => view.value.heat && !drawing.value,
  })
  useMapLayer(handle, renovationLayer, computed(() => shown.value.zones), { emphasis: 1.4 })

  watch(handle, (current, _, onCleanup) => {
    if (!current)
      return
    const { map } = current
    const zoneAt = ({ point }: MapMouseEvent): unknown => map.getStyle() && map.queryRenderedFeatures(point, {
      layers: map.getStyle().layers.map(({ id }) => id).filter(id => id.startsWith('renovation-zones-') && !/name|number/.test(id)),
    })[0]?.properties.id
    const onClick = (event: MapMouseEvent) => {
      const id = drawing.value
        ? undefined
        : zoneAt(event)
      if (typeof id === 'string')
        location.hash = `#/renovation?view=map&zone=${encodeURIComponent(id)}`
    }
    map.on('click', onClick)
    onCleanup(() => map.off('click', onClick))
  }, { immediate: true })

  // A zone that was chosen and lies out of sight is brought into it.
  watch([handle, renovation.selectedId], ([current, id]) => {
    const zone = zones.value.find(other => other.id === id)
    const box = zone && boundsOf(polygonsOf(zone.geometry))
    if (!current || !box)
      return
    const [west, south, east, north] = box
    if (!current.map.getBounds().contains([(west + east) / 2, (south + north) / 2]) || current.map.getZoom() < 15) {
      current.map.fitBounds([
        [west, south],
        [east, north],
      ], { padding: 120, maxZoom: 17, duration: 400 })
    }
  })

  return { handle, failure, shown }
}
