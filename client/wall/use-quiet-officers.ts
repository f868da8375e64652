import type { Ref } from 'vue'
import type { Feature } from '#contract/geometry.ts'
import { computed, shallowRef, watch } from 'vue'
import { now } from '../state/clock.ts'
import { onPositions } from '../state/officers-on-map.ts'
import { world } from '../state/world.ts'

/** A wall draws 3840 × 1080 pixels for every change: so often is enough to see that people walk. */
const everyMs = 5000

/** Officers where they were last seen, moved every five seconds only; a wall is no place to follow somebody. */
export function useQuietOfficers(): Readonly<Ref<readonly Feature[]>> {
  const shown = shallowRef<readonly Feature[]>([])
  const tick = computed(() => Math.floor(now.value / everyMs))
  watch([
    tick,
    world.view('officers'),
  ], () => {
    shown.value = onPositions(world.view('officers').value.items, world.positions.value.items)
  }, { immediate: true })
  return shown
}
