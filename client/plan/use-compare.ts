import type { PlanContent, Scenario } from '#contract/plan.ts'
import type { Comparison, WhatIf } from './use-what-if.ts'
import { computed, shallowRef, watch } from 'vue'
import { mapUrl } from './report/map-url.ts'

/** What stands on one side: the present state, the plan on the page, or the id of a saved one. */
export type Side = 'present' | 'page' | (string & {})

/** Two plans side by side: which, what they come to, and their maps. In the address, so that it can be handed on. */
export function useCompare(whatIf: WhatIf, words: Parameters<typeof mapUrl>[3]) {
  const wanted = new URLSearchParams(location.search).get('compare')?.split(',') ?? []
  const sides = shallowRef<[Side, Side]>([
    wanted[0] ?? 'present',
    wanted[1] ?? 'page',
  ])
  const isOpen = shallowRef(wanted.length === 2)
  const comparison = shallowRef<Comparison>()
  const maps = shallowRef<[string, string]>()
  const failure = shallowRef<string | null>(null)
  const scenarios = computed(() => new Map(whatIf.saved.value.map(scenario => [scenario.id, scenario])))
  /** Of those that were made on other data. */
  const stale = computed<Scenario[]>(() => sides.value.flatMap(side => scenarios.value.get(side) ?? []).filter(({ basis }) => basis !== whatIf.basis.value))
  let round = 0

  function contentOf(side: Side): PlanContent | undefined {
    const page = whatIf.content.value
    return side === 'present'
      ? { ...page, changes: [] }
      : side === 'page'
        ? page
        : scenarios.value.get(side)?.content
  }

  async function compare(): Promise<void> {
    const [one, other] = sides.value.map(contentOf)
    if (!isOpen.value || !one || !other || !whatIf.answer.value)
      return
    const mine = ++round
    failure.value = null
    try {
      const answer = await whatIf.compare(one, other)
      const drawn = await Promise.all(answer.compared.map(plan => mapUrl(answer.ground, plan, plan.content, words)))
      if (mine !== round)
        return drawn.forEach(URL.revokeObjectURL)
      forget()
      comparison.value = answer
      maps.value = drawn as [string, string]
    }
    catch (error) {
      failure.value = String(error)
    }
  }

  function forget(): void {
    maps.value?.forEach(URL.revokeObjectURL)
    maps.value = undefined
    comparison.value = undefined
  }

  function close(): void {
    isOpen.value = false
    forget()
    address()
  }

  /** The plan on the page has no address of its own. */
  function address(): void {
    const query = new URLSearchParams(location.search)
    if (isOpen.value && !sides.value.includes('page'))
      query.set('compare', sides.value.join(','))
    else
      query.delete('compare')
    history.replaceState(null, '', `?${query}`)
  }

  const isReady = computed(() => whatIf.answer.value !== undefined && sides.value.every(contentOf))
  watch([isOpen, sides, isReady], () => {
    address()
    void compare()
  }, { immediate: true })
  return {
    sides,
    isOpen,
    comparison,
    maps,
    failure,
    stale,
    close,
  }
}
