import { computed } from 'vue'
import { link, trueAt } from '../live.ts'
import { timeOfDay } from '../state/china-time.ts'

/** The link is lost: what is shown is history. */
export const stale = computed(() => link.value === 'lost')

/** `HH:MM:SS` at which the picture stopped; null while it is true. */
export const stoppedAt = computed(() => stale.value && trueAt.value !== null ? timeOfDay(trueAt.value) : null)
