import type { FrozenWeek, FrozenWeeks } from '#contract/figures.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { getJson } from '../../api.ts'

/** The frozen weeks, and the one that the page's address names (`week=2026-11-16`). */
export function useFrozen() {
  const weeks = shallowRef<FrozenWeeks['weeks']>([])
  const asked = shallowRef(weekOfAddress())
  const frozen = shallowRef<FrozenWeek | null>(null)
  const failure = shallowRef<string | null>(null)
  const said = (error: unknown) => failure.value = (error as Error).message

  const onAddress = () => asked.value = weekOfAddress()
  window.addEventListener('hashchange', onAddress)
  onScopeDispose(() => window.removeEventListener('hashchange', onAddress))
  getJson<FrozenWeeks>('/api/v1/figures/weeks').then(answer => weeks.value = answer.weeks).catch(said)

  watch(asked, async (week) => {
    frozen.value = null
    failure.value = null
    if (week === null)
      return
    const answer = await getJson<FrozenWeek>(`/api/v1/figures/weeks/${week}`).catch(said)
    if (asked.value === week && typeof answer === 'object')
      frozen.value = answer
  }, { immediate: true })

  /** The live figures of the same days stand beside it. */
  function choose(week: string) {
    location.hash = `/figures?${new URLSearchParams({
      period: 'own',
      from: week,
      to: sundayOf(week),
      week,
    })}`
  }

  return {
    weeks,
    week: computed(() => asked.value),
    frozen,
    failure,
    choose,
  }
}

export function sundayOf(monday: string): string {
  return new Date(Date.parse(`${monday}T00:00:00Z`) + 6 * 86_400_000).toISOString().slice(0, 10)
}

function weekOfAddress(): string | null {
  return new URLSearchParams(location.hash.split('?')[1] ?? '').get('week')
}
