import type { ScreenShow, ShownScreen } from '#contract/screen.ts'
import { computed } from 'vue'
import { now } from '../state/clock.ts'
import { me } from '../state/me.ts'
import { world } from '../state/world.ts'

const screens = world.view('screens')

/** What an officer has sent to this screen, until its time is over; it ends on time also when the server cannot be reached. */
export const show = computed<ScreenShow | null>(() => {
  const id = me.value?.account?.id
  const sent = id === undefined
    ? undefined
    : (screens.value.items.get(id)?.properties as ShownScreen | undefined)?.show
  return sent && Date.parse(sent.until) > now.value
    ? sent
    : null
})
