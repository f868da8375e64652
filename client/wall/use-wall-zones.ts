import type { RenovationZoneFeature } from '#contract/places.ts'
import type { ScreenShow } from '#contract/screen.ts'
import type { Scene } from './scenes.ts'
import { computed } from 'vue'
import { useZoneMonths } from '../state/use-zone-months.ts'
import { world } from '../state/world.ts'
import { presentZones, zonesAt } from '../state/zones-at.ts'
import { readZoneView } from './options.ts'
import { replay } from './replay/use-replay.ts'

const asked = readZoneView(location.search)

/** Which renovation zones a map of the wall shows: those that an officer has sent, else what the address asks for; only in the scene renovation. */
export function useWallZones(scene: () => Scene, show: () => ScreenShow | null) {
  const wanted = computed(() => {
    if (scene() !== 'renovation' || replay.value)
      return presentZones
    const sent = show()
    return sent
      ? sent.zones ?? presentZones
      : asked
  })
  const { months, failed } = useZoneMonths(() => wanted.value.heat || wanted.value.month !== null)
  /** A month that is not over is now, and one that the server does not tell is not shown as another. */
  const view = computed(() => {
    const { month } = wanted.value
    return month !== null && month >= (months.value[0]?.months.at(-1)?.month ?? '9')
      ? { ...wanted.value, month: null }
      : wanted.value
  })
  const layer = world.view('renovation-zones')
  const zones = computed(() => [
    ...layer.value.items.values(),
  ] as unknown as RenovationZoneFeature[])
  const shown = computed(() => zonesAt(zones.value, months.value, view.value))

  return {
    view,
    shown,
    failed,
    most: computed(() => Number(shown.value.heat[0]?.properties.most ?? 0)),
  }
}

export type WallZones = ReturnType<typeof useWallZones>
