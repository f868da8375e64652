import type { Problem } from '#contract/problem.ts'
import type { PropertyPlace, PropertyRecord } from '#contract/property.ts'
import type { LadderTerm } from '#contract/renovation.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { getJson, sendJson } from '../../api.ts'
import { dayOf } from '../../state/china-time.ts'
import { now } from '../../state/clock.ts'
import { person } from '../../state/me.ts'
import { world } from '../../state/world.ts'
import { problemOf } from '../wages/save-problem.ts'

/** All compounds with where their property companies stand, and of the one that the address names (`#/property?place=…`) the whole record; kept up to date by what happens. */
export function useProperty() {
  const selected = shallowRef(placeOfAddress())
  const places = shallowRef<PropertyPlace[] | null>(null)
  const record = shallowRef<PropertyRecord | null>(null)
  const failure = shallowRef<Problem | null>(null)
  let asked = new AbortController()

  async function load() {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    try {
      const [all, one] = await Promise.all([
        getJson<PropertyPlace[]>('/api/v1/property-ladders', { signal }),
        selected.value === null
          ? null
          : getJson<PropertyRecord>(pathOf(selected.value), { signal }),
      ])
      places.value = all
      record.value = one
      failure.value = null
    }
    catch (error) {
      if (!signal.aborted)
        failure.value = problemOf(error)
    }
  }

  /** null = saved; what somebody else saved before is told as it is now, and nothing is overwritten. */
  async function change(method: 'PUT' | 'POST', part: string, body: Record<string, unknown>): Promise<Problem | null> {
    if (selected.value === null)
      return null
    try {
      record.value = await sendJson<PropertyRecord>(method, `${pathOf(selected.value)}/${part}`, body)
      return null
    }
    catch (error) {
      return problemOf(error)
    }
  }

  /** Until when steps have to help, everywhere. */
  async function setTerms(terms: readonly LadderTerm[]): Promise<Problem | null> {
    try {
      await sendJson('PUT', '/api/v1/ladder-terms', terms)
      await load()
      return null
    }
    catch (error) {
      return problemOf(error)
    }
  }

  const onAddress = () => selected.value = placeOfAddress()
  window.addEventListener('hashchange', onAddress)
  watch(selected, () => {
    record.value = null
    void load()
  }, { immediate: true })
  const stops = [
    world.onChange('property', () => void load()),
    // Whom a zone names, and what lies in it.
    world.onChange('renovation-zones', () => void load()),
  ]
  onScopeDispose(() => {
    stops.forEach(stop => stop())
    asked.abort()
    window.removeEventListener('hashchange', onAddress)
  })

  return {
    selected,
    places,
    ledger: record,
    failure,
    today: computed(() => dayOf(now.value)),
    mayEdit: computed(() => person.value?.role === 'duty' || person.value?.role === 'community'),
    maySetTerms: computed(() => person.value?.role === 'admin'),
    change,
    setTerms,
    reload: load,
  }
}

export type Property = ReturnType<typeof useProperty>

function placeOfAddress(): string | null {
  return /^#\/property\b/.test(location.hash)
    ? new URLSearchParams(location.hash.split('?')[1] ?? '').get('place')
    : null
}

function pathOf(place: string): string {
  return `/api/v1/property-ladders/${encodeURIComponent(place)}`
}
