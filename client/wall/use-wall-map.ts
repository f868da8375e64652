import type { ShallowRef } from 'vue'
import type { Feature } from '#contract/geometry.ts'
import type { ScreenShow } from '#contract/screen.ts'
import type { LayerName } from '#contract/live.ts'
import type { CareFacilityFeature, OfficerFeature, RegionFeature, WorksiteFeature } from '#contract/places.ts'
import type { Scene } from './scenes.ts'
import type { WallZones } from './use-wall-zones.ts'
import { computed, watch } from 'vue'
import { careLayer } from '../map/layers/care.ts'
import { coverageLayer } from '../map/layers/coverage.ts'
import { gapsLayer } from '../map/layers/gaps.ts'
import { officersLayer } from '../map/layers/officers.ts'
import { regionsLayer } from '../map/layers/regions.ts'
import { renovationLayer } from '../map/layers/renovation.ts'
import { worksitesLayer } from '../map/layers/worksites.ts'
import { zoneHeatLayer } from '../map/layers/zone-heat.ts'
import { useCasePins } from '../map/use-case-pins.ts'
import { useMapLayer } from '../map/use-map-layer.ts'
import { remPixels } from '../parts/rem-pixels.ts'
import { useMapHandle } from '../parts/use-map-handle.ts'
import { now } from '../state/clock.ts'
import { caseOf } from '../state/figures/case-times.ts'
import { world } from '../state/world.ts'
import { consecutiveFrom } from './figures.ts'
import { isInScene } from './scene-cases.ts'
import { emphasisOf } from './scenes.ts'
import { useQuietOfficers } from './use-quiet-officers.ts'

/** Around a case, degrees: some 300 m, a compound and its neighbours. */
const caseReach = 0.003

/**
 * A map of the wall: its overlays as loud as the scene has them, and the scene's cases as pins. `handle` is there once the map is.
 * `apart` names cases that keep a pin of their own,
 * `zones` are those that are seen, as of now or of a month of the past, when no case is shown,
 * `show` is what an officer wants to be seen; when it is over the whole subdistrict is there again.
 */
export function useWallMap(container: Readonly<ShallowRef<HTMLElement | null>>, scene: () => Scene, apart: () => ReadonlySet<string>, show: () => ScreenShow | null, zones: WallZones) {
  const { handle, failure } = useMapHandle(container, { look: theme, padding: paddingOf, interactive: false })

  const emphasis = () => emphasisOf[scene()]
  const minute = computed(() => now.value - now.value % 10_000)
  const hour = computed(() => now.value - now.value % 3_600_000)
  const layer = (name: LayerName) => {
    const view = world.view(name)
    return computed(() => [
      ...view.value.items.values(),
    ])
  }
  const coverage = layer('coverage')
  useMapLayer(handle, regionsLayer, layer('regions') as unknown as () => RegionFeature[])
  useMapLayer(handle, coverageLayer, coverage as unknown as () => Feature[], {
    emphasis: () => emphasis().reach,
  })
  useMapLayer(handle, gapsLayer, coverage as unknown as () => Feature[], {
    emphasis: () => emphasis().missed,
  })
  useMapLayer(handle, zoneHeatLayer, () => zones.shown.value.heat, {
    visible: () => zones.view.value.heat,
  })
  useMapLayer(handle, renovationLayer, () => zones.shown.value.zones, {
    emphasis: () => emphasis().zones,
  })
  useMapLayer(handle, careLayer, layer('care-facilities') as unknown as () => CareFacilityFeature[], {
    emphasis: () => emphasis().facilities,
  })
  useMapLayer(handle, worksitesLayer, layer('worksites') as unknown as () => WorksiteFeature[], {
    emphasis: () => emphasis().worksites,
    now: hour,
  })

  useMapLayer(handle, officersLayer, useQuietOfficers() as unknown as () => OfficerFeature[], {
    emphasis: () => emphasis().officers,
    visible: () => zones.view.value.month === null,
    now: minute,
  })

  const cases = computed(() => [
    ...world.view('cases').value.items.values(),
  ].filter(feature => isInScene(scene(), caseOf(feature), consecutiveFrom.value)))
  const pins = useCasePins(handle, cases, {
    now: minute,
    visible: () => emphasis().pins > 0 && zones.view.value.month === null,
    apart: () => new Set([
      ...apart(),
      ...show()?.caseId
        ? [show()!.caseId!]
        : [],
    ]),
    selected: () => show()?.caseId ?? null,
  })

  /** The part of the map that is to be seen; null = all of it. */
  const wanted = computed(() => {
    const shown = show()
    const place = shown?.caseId
      ? world.view('cases').value.items.get(shown.caseId)?.geometry
      : undefined
    if (place?.type !== 'Point')
      return shown?.bounds ?? null
    const [lng, lat] = place.coordinates
    return [
      lng - caseReach,
      lat - caseReach,
      lng + caseReach,
      lat + caseReach,
    ] as const
  })
  const look = () => {
    const current = handle.value
    if (!current)
      return
    if (wanted.value) {
      current.map.fitBounds([...wanted.value], {
        padding: paddingOf(container.value!),
        animate: false,
      })
    }
    else if (current.moved.value) {
      current.showOverview()
    }
  }
  watch([
    handle,
    () => String(wanted.value),
  ], look)
  watch(handle, (current, _, onCleanup) => {
    current?.map.on('resize', look)
    onCleanup(() => current?.map.off('resize', look))
  })

  return { handle, failure, pins }
}

function theme() {
  return { theme: 'dark' as const, scale: remPixels() / 16, screen: 'wall' as const }
}

/** Room at the sides for the legend, with half a sign that stands on the border, and the list of overdue cases: a tall subdistrict on a wide wall leaves it anyway. */
function paddingOf(element: HTMLElement) {
  const rem = remPixels()
  const wide = element.clientWidth > element.clientHeight
  return {
    top: 1.2 * rem,
    bottom: 1.2 * rem,
    left: wide
      ? 18.5 * rem
      : 0,
    right: wide
      ? 16 * rem
      : 0,
  }
}
