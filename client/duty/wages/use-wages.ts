import type { Company, WageLedger } from '#contract/wages.ts'
import type { Problem } from '#contract/problem.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { getJson, sendJson } from '../../api.ts'
import { now } from '../../state/clock.ts'
import { wageFigures } from '../../state/figures/wages.ts'
import { person } from '../../state/me.ts'
import { world } from '../../state/world.ts'
import { problemOf } from './save-problem.ts'

export type LedgerPart = 'parties' | 'months' | 'institutions'

/** All sites as they stand, and the ledger of the one that the page's address names (`#/wages?site=…`), kept up to date. */
export function useWages() {
  const selectedId = shallowRef(siteOfAddress())
  const ledger = shallowRef<WageLedger | null>(null)
  const companies = shallowRef<Company[]>([])
  const failure = shallowRef<Problem | null>(null)
  let asked = new AbortController()

  const sites = world.view('worksites')
  const cases = world.view('cases')
  // What depends on the time is told by days: once a minute is often enough.
  const minute = computed(() => now.value - now.value % 60_000)
  const figures = computed(() => wageFigures(sites.value.items.values(), cases.value.items.values(), minute.value))
  const mayEdit = computed(() => person.value?.role === 'duty' || person.value?.role === 'community')
  const mayMerge = computed(() => person.value?.role === 'duty')

  async function load() {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    if (selectedId.value === null)
      return
    try {
      const path = pathOf(selectedId.value)
      const [found, known] = await Promise.all([
        getJson<WageLedger>(path, { signal }),
        getJson<Company[]>('/api/v1/companies', { signal }),
      ])
      ledger.value = found
      companies.value = known
      failure.value = null
    }
    catch (error) {
      if (!signal.aborted)
        failure.value = problemOf(error)
    }
  }

  /** null = saved; what somebody else saved before is told as it is now, and nothing is overwritten. */
  async function save(part: LedgerPart, version: number, value: unknown): Promise<Problem | null> {
    if (!ledger.value)
      return null
    try {
      ledger.value = await sendJson<WageLedger>('PUT', `${pathOf(ledger.value.worksite)}/${part}`, { version, [part]: value })
      return null
    }
    catch (error) {
      return problemOf(error)
    }
  }

  async function merge(company: string, into: string | null) {
    const path = `/api/v1/companies/${encodeURIComponent(company)}/merge`
    try {
      companies.value = into === null
        ? await sendJson<Company[]>('DELETE', path)
        : await sendJson<Company[]>('PUT', path, { into })
      failure.value = null
    }
    catch (error) {
      failure.value = problemOf(error)
    }
  }

  const onAddress = () => selectedId.value = siteOfAddress()
  window.addEventListener('hashchange', onAddress)
  watch(selectedId, () => {
    ledger.value = null
    failure.value = null
    void load()
  }, { immediate: true })
  const stop = world.onChange('worksites', () => void load())
  onScopeDispose(() => {
    stop()
    asked.abort()
    window.removeEventListener('hashchange', onAddress)
  })

  return {
    selectedId,
    ledger,
    companies,
    failure,
    figures,
    mayEdit,
    mayMerge,
    save,
    merge,
    reload: load,
  }
}

function siteOfAddress(): string | null {
  return new URLSearchParams(location.hash.split('?')[1] ?? '').get('site')
}

function pathOf(site: string): string {
  return `/api/v1/worksites/${encodeURIComponent(site)}/wages`
}
