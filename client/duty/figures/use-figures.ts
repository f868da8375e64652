import type { BurnDown, CaseRates } from '#contract/figures.ts'
import type { TableGroup } from './ledger-link.ts'
import type { Days, PeriodName } from './period.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { ApiProblem, getJson } from '../../api.ts'
import { now } from '../../state/clock.ts'
import { world } from '../../state/world.ts'
import { daysOf, isPeriod, periodNames } from './period.ts'

/** A change of cases is in the figures after so long at most. They are counted over all cases: not at every change. */
const refreshMs = 15_000

/** The figures of the period that the page's address names (`#/figures?period=own&from=…&to=…`), kept up to date. */
export function useFigures() {
  const query = shallowRef(queryOfAddress())
  const figures = shallowRef<Record<TableGroup, CaseRates> | null>(null)
  const burn = shallowRef<BurnDown | null>(null)
  const failure = shallowRef<string | null>(null)
  let asked = new AbortController()
  let waiting = 0

  const period = computed<PeriodName>(() => periodNames.find(name => name === query.value.get('period')) ?? 'month')
  const from = computed(() => days().from)
  const to = computed(() => days().to)
  const isValid = computed(() => isPeriod({ from: from.value, to: to.value }))

  function days(): Days {
    return period.value === 'own'
      ? { from: query.value.get('from') ?? '', to: query.value.get('to') ?? '' }
      : daysOf(period.value, now.value)
  }

  /** The address follows, so that it can be passed on and Back undoes it. An own period begins as the one before it. */
  function choose(name: PeriodName, own: Partial<Days> = {}) {
    const next = new URLSearchParams({ period: name })
    if (name === 'own') {
      next.set('from', own.from ?? from.value)
      next.set('to', own.to ?? to.value)
    }
    location.hash = `/figures?${next}`
  }

  async function load() {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    if (!isValid.value)
      return
    const ask = (by: TableGroup) => getJson<CaseRates>(`/api/v1/figures/satisfaction?${new URLSearchParams({ from: from.value, to: to.value, by })}`, { signal })
    try {
      const [community, kind, stock] = await Promise.all([
        ask('community'),
        ask('kind'),
        getJson<BurnDown>(`/api/v1/figures/burn-down?${new URLSearchParams({ from: from.value, to: to.value })}`, { signal }),
      ])
      burn.value = stock
      figures.value = { community, kind }
      failure.value = null
    }
    catch (error) {
      if (!signal.aborted) {
        failure.value = error instanceof ApiProblem
          ? error.problem.detail ?? error.problem.title
          : String(error)
      }
    }
  }

  const onAddress = () => query.value = queryOfAddress()
  window.addEventListener('hashchange', onAddress)
  watch([from, to], () => {
    figures.value = null
    burn.value = null
    void load()
  }, { immediate: true })
  const stop = world.onChange('cases', () => {
    waiting ||= window.setTimeout(() => {
      waiting = 0
      void load()
    }, refreshMs)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(waiting)
    asked.abort()
    window.removeEventListener('hashchange', onAddress)
  })

  return {
    period,
    from,
    to,
    isValid,
    figures,
    burn,
    failure,
    choose,
  }
}

function queryOfAddress(): URLSearchParams {
  return new URLSearchParams(location.hash.split('?')[1] ?? '')
}
