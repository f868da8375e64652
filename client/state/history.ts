import type { DayFigures, Figures } from '#contract/figures.ts'
import { shallowRef } from 'vue'
import { getJson } from '../api.ts'
import { dayOf } from './china-time.ts'
import { clock } from './clock.ts'

const days = shallowRef<DayFigures[]>([])
let loadedOn = ''
let loading = false

/** Past days do not change, so they are loaded once a day; today comes live. Past days, oldest first; empty until they are here. Call again whenever the day may have changed: it loads only when it has. */
export function useHistory(count: number) {
  async function refresh() {
    const today = dayOf(clock.now())
    if (loading || loadedOn === today)
      return
    loading = true
    try {
      const answer = await getJson<Figures>(`/api/v1/figures?days=${count}`)
      days.value = answer.days.filter(({ day }) => day < today)
      loadedOn = today
    }
    catch {
      // Not there now: the next call tries again, and the panel shows today alone until then.
    }
    finally {
      loading = false
    }
  }
  return { days, refresh }
}
