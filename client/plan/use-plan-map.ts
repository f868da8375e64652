import type { ShallowRef } from 'vue'
import type { Feature } from '#contract/geometry.ts'
import type { LayerName } from '#contract/live.ts'
import type { CareFacilityFeature, RegionFeature } from '#contract/places.ts'
import type { Plan } from './use-plan.ts'
import { computed } from 'vue'
import { useDeskMap } from '../desk/use-desk-map.ts'
import { careLayer } from '../map/layers/care.ts'
import { coverageLayer } from '../map/layers/coverage.ts'
import { gapsLayer } from '../map/layers/gaps.ts'
import { regionsLayer } from '../map/layers/regions.ts'
import { useMapLayer } from '../map/use-map-layer.ts'
import { world } from '../state/world.ts'

/** The planner's map: reach and those outside of it for the minutes and speed that were asked. */
export function usePlanMap(container: Readonly<ShallowRef<HTMLElement | null>>, plan: Plan) {
  const { handle, failure } = useDeskMap(container)
  const list = (name: LayerName) => {
    const view = world.view(name)
    return computed(() => [
      ...view.value.items.values(),
    ])
  }
  const reach = computed<Feature[]>(() => plan.coverage.value?.reach.features ?? [])
  const missed = computed<Feature[]>(() => plan.coverage.value?.missed.features ?? [])

  useMapLayer(handle, regionsLayer, list('regions') as unknown as () => RegionFeature[])
  useMapLayer(handle, coverageLayer, reach, { emphasis: 1.5 })
  useMapLayer(handle, gapsLayer, missed)
  useMapLayer(handle, careLayer, list('care-facilities') as unknown as () => CareFacilityFeature[], { emphasis: 1.3 })
  return { handle, failure }
}
