import type { RenovationZoneFeature } from '#contract/places.ts'
import type { ZoneView } from '#contract/screen.ts'
import { computed, shallowRef } from 'vue'
import { useZoneMonths } from '../../state/use-zone-months.ts'
import { world } from '../../state/world.ts'
import { presentZones, zonesAt } from '../../state/zones-at.ts'

/** What the duty map shows of renovation zones: which view, and what follows from it. */
export function useDutyZones() {
  const view = shallowRef<ZoneView>(presentZones)
  const open = shallowRef(false)
  const { months, failed } = useZoneMonths(() => open.value || view.value.heat || view.value.month !== null)
  const layer = world.view('renovation-zones')
  const zones = computed(() => [
    ...layer.value.items.values(),
  ] as unknown as RenovationZoneFeature[])
  const shown = computed(() => zonesAt(zones.value, months.value, view.value))

  return {
    view,
    open,
    failed,
    shown,
    /** Not the present. */
    past: computed(() => view.value.month !== null),
    changed: computed(() => view.value.batch !== null || view.value.month !== null || view.value.heat),
    /** The months that are over. */
    months: computed(() => months.value[0]?.months.slice(0, -1).map(({ month }) => month) ?? []),
    batches: computed(() => [
      ...new Set(zones.value.flatMap(({ properties }) => properties.batch ?? [])),
    ].sort()),
    /** Calls of the zone and month with the most. */
    most: computed(() => Number(shown.value.heat[0]?.properties.most ?? 0)),
  }
}

export type DutyZones = ReturnType<typeof useDutyZones>
