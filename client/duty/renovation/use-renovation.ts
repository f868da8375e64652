import type { Feature } from '#contract/geometry.ts'
import type { RenovationZoneFeature } from '#contract/places.ts'
import type { Problem } from '#contract/problem.ts'
import type { ContractorRecord, ZoneArea, ZoneChange, ZoneLedger, ZoneMonths, ZoneSchedule } from '#contract/renovation.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { ApiProblem, getJson, sendJson } from '../../api.ts'
import { dayOf } from '../../state/china-time.ts'
import { now } from '../../state/clock.ts'
import { renovationFigures } from '../../state/figures/renovation.ts'
import { person } from '../../state/me.ts'
import { world } from '../../state/world.ts'
import { factFields } from './columns.ts'

const noFacts = Object.fromEntries(factFields.map(({ name }) => [name, null]))

/**
 * All zones with their dates, and of the one that the page's address names (`#/renovation?zone=…`) the whole ledger; or, at
 * `#/renovation?view=contractors`, each contractor over all its zones; at `#/renovation?view=map` a map that goes back in time, at `#/renovation?view=sums` sums by region.
 * Kept up to date by what happens.
 */
export function useRenovation() {
  const address = shallowRef(readAddress())
  const schedule = shallowRef<ZoneSchedule[] | null>(null)
  const ledger = shallowRef<ZoneLedger | null>(null)
  const history = shallowRef<ZoneChange[]>([])
  const contractors = shallowRef<ContractorRecord[] | null>(null)
  const months = shallowRef<ZoneMonths[]>([])
  const failure = shallowRef<Problem | null>(null)
  let asked = new AbortController()

  const layer = world.view('renovation-zones')
  const cases = world.view('cases')
  const today = computed(() => dayOf(now.value))
  /** Those whose ledger the account may see: a map shows everybody all of them, a community works on its own. */
  const zones = computed(() => {
    const mine = schedule.value && new Set(schedule.value.map(({ zone }) => zone))
    return [
      ...layer.value.items.values(),
    ].filter(({ id }) => !mine || mine.has(id)) as unknown as RenovationZoneFeature[]
  })
  const figures = computed(() => renovationFigures(zones.value as unknown as Feature[], cases.value.items.values(), today.value))
  const mayEdit = computed(() => person.value?.role === 'duty' || person.value?.role === 'community')
  const mayDraw = computed(() => person.value?.role === 'duty')
  const mayCheck = computed(() => mayEdit.value || person.value?.role === 'inspector')
  const selectedId = computed(() => address.value.zone)
  const view = computed(() => address.value.view)

  async function load() {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    const { zone } = address.value
    try {
      const [dates, found, changes, records, past] = await Promise.all([
        getJson<ZoneSchedule[]>('/api/v1/renovation-schedule', { signal }),
        zone === null
          ? null
          : getJson<ZoneLedger>(`${pathOf(zone)}/ledger`, { signal }),
        zone === null
          ? []
          : getJson<ZoneChange[]>(`${pathOf(zone)}/history`, { signal }),
        address.value.view === 'contractors'
          ? getJson<ContractorRecord[]>('/api/v1/renovation-contractors', { signal })
          : contractors.value,
        address.value.view === 'map'
          ? getJson<ZoneMonths[]>('/api/v1/renovation-months', { signal })
          : months.value,
      ])
      schedule.value = dates
      ledger.value = found
      history.value = changes
      contractors.value = records
      months.value = past
      failure.value = null
    }
    catch (error) {
      if (!signal.aborted)
        failure.value = problemOf(error)
    }
  }

  /** null = saved; what somebody else saved before is told as it is now, and nothing is overwritten. */
  async function change(method: 'PUT' | 'POST', part: string, body: { version: number } & Record<string, unknown>): Promise<Problem | null> {
    if (!ledger.value)
      return null
    try {
      ledger.value = await sendJson<ZoneLedger>(method, `${pathOf(ledger.value.zone)}/${part}`, body)
      return null
    }
    catch (error) {
      return problemOf(error)
    }
  }

  /** A zone that nobody has imported; the page goes to it. */
  async function create(name: string, area: ZoneArea): Promise<Problem | null> {
    try {
      const { zone } = await sendJson<ZoneLedger>('POST', '/api/v1/renovation-zones', {
        facts: { ...noFacts, name },
        area,
      })
      location.hash = `#/renovation?view=map&zone=${encodeURIComponent(zone)}`
      return null
    }
    catch (error) {
      return problemOf(error)
    }
  }

  const onAddress = () => address.value = readAddress()
  window.addEventListener('hashchange', onAddress)
  watch(address, (after, before) => {
    if (after.zone !== before?.zone)
      ledger.value = null
    failure.value = null
    void load()
  }, { immediate: true })
  const stops = [
    world.onChange('renovation-zones', () => void load()),
    world.onChange('cases', ({ put }) => {
      // A call that comes changes the figures of its zone; what is done on one that is known does not.
      const shown = ledger.value
      if (shown && [...put].some(id => cases.value.items.get(id)?.properties.zone === shown.zone && !shown.recent.some(call => call.case === id)))
        void load()
    }),
  ]
  onScopeDispose(() => {
    stops.forEach(stop => stop())
    asked.abort()
    window.removeEventListener('hashchange', onAddress)
  })

  return {
    selectedId,
    view,
    zones,
    schedule: computed(() => schedule.value ?? []),
    ledger,
    history,
    contractors,
    months,
    failure,
    figures,
    today,
    mayEdit,
    mayCheck,
    mayDraw,
    change,
    create,
    reload: load,
  }
}

export type Renovation = ReturnType<typeof useRenovation>

export type View = 'zones' | 'contractors' | 'map' | 'sums'

function readAddress(): { zone: string | null, view: View } {
  const query = new URLSearchParams(location.hash.split('?')[1] ?? '')
  const view = query.get('view')
  return {
    zone: query.get('zone'),
    view: view === 'contractors' || view === 'map' || view === 'sums'
      ? view
      : 'zones',
  }
}

function pathOf(zone: string): string {
  return `/api/v1/renovation-zones/${encodeURIComponent(zone)}`
}

function problemOf(error: unknown): Problem {
  return error instanceof ApiProblem
    ? error.problem
    : {
        type: 'about:blank',
        title: String(error),
        status: 0,
      }
}
