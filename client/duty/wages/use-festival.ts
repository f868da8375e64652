import type { Problem } from '#contract/problem.ts'
import type { SpringFestival } from '#contract/wages.ts'
import { computed, shallowRef, watch } from 'vue'
import { getJson } from '../../api.ts'
import { daysSince } from '../../state/china-time.ts'
import { now } from '../../state/clock.ts'
import { problemOf } from './save-problem.ts'

/** Before the festival the centre looks at every debt each day. */
export const lastDays = 30

/** The next Spring Festival and the days until it; once it is over, the next one is asked for. */
export function useFestival() {
  const day = shallowRef<string | null>(null)
  const failure = shallowRef<Problem | null>(null)
  const daysLeft = computed(() => day.value === null
    ? null
    : -daysSince(day.value, now.value))

  async function load() {
    try {
      day.value = (await getJson<SpringFestival>('/api/v1/spring-festival')).day
      failure.value = null
    }
    catch (error) {
      failure.value = problemOf(error)
    }
  }

  watch(() => daysLeft.value === null || daysLeft.value < 0, isOver => isOver && void load(), { immediate: true })
  return {
    day,
    daysLeft,
    isNear: computed(() => daysLeft.value !== null && daysLeft.value <= lastDays),
    failure,
  }
}
