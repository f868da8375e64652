import type { CaseFeature } from '#contract/case.ts'
import type { LedgerPage, LedgerSort } from '#contract/ledger.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { ApiProblem, getJson } from '../../api.ts'
import { world } from '../../state/world.ts'
import { blockSize, emptyWindow, holds, missingBlocks, patchRows, putBlock, rowAt } from './row-window.ts'

/** The ledger as the address of the page asks for it (`#/ledger?status=…&sort=-dueAt`), block by block as somebody scrolls. */
export function useLedger() {
  const query = shallowRef(queryOfAddress())
  const rows = shallowRef(emptyWindow)
  const total = shallowRef<{ n: number, isExact: boolean } | null>(null)
  const failure = shallowRef<string | null>(null)
  const fresh = shallowRef<ReadonlySet<string>>(new Set())
  const selected = shallowRef<CaseFeature | undefined>()
  let asked = new AbortController()
  let waiting = new Map<number, Promise<void>>()

  const sort = computed(() => query.value.get('sort') ?? '-id')

  /** Changes filters; null takes one away. The address follows, so that it can be passed on and Back undoes it. */
  function ask(changes: Partial<Record<string, string | null>>) {
    const next = new URLSearchParams(query.value)
    for (const [name, value] of Object.entries(changes)) {
      if (value)
        next.set(name, value)
      else
        next.delete(name)
    }
    go(next.toString())
  }

  /** First this way, then the other. */
  function sortBy(column: LedgerSort) {
    ask({
      sort: sort.value === `-${column}`
        ? column
        : `-${column}`,
    })
  }

  function begin() {
    asked.abort()
    asked = new AbortController()
    waiting = new Map()
    rows.value = emptyWindow
    total.value = null
    fresh.value = new Set()
    void load(0)
  }

  /** Fetches what is missing to show these rows. */
  function show(first: number, last: number) {
    for (const index of missingBlocks(rows.value, first, last))
      void load(index)
  }

  function load(index: number): Promise<void> {
    const going = waiting.get(index) ?? fetchBlock(index)
    waiting.set(index, going)
    return going
  }

  async function fetchBlock(index: number) {
    const { signal } = asked
    const params = new URLSearchParams(query.value)
    params.set('limit', String(blockSize))
    params.set('offset', String(index * blockSize))
    try {
      const page = await getJson<LedgerPage>(`/api/v1/ledger?${params}`, { signal })
      if (total.value === null && page.total !== null) {
        total.value = { n: page.total, isExact: page.totalIsExact }
        rows.value = { ...rows.value, length: page.total, isOpen: !page.totalIsExact }
      }
      rows.value = putBlock(rows.value, index, page.features)
      failure.value = null
    }
    catch (error) {
      if (!signal.aborted) {
        failure.value = error instanceof ApiProblem
          ? error.problem.detail ?? error.problem.title
          : String(error)
      }
    }
    finally {
      if (!signal.aborted)
        waiting.delete(index)
    }
  }

  /** Rows `first` to `last`, both included, fetched where they are missing; fewer where some cannot be had. */
  async function rowsBetween(first: number, last: number): Promise<CaseFeature[]> {
    await Promise.all(missingBlocks(rows.value, first, last).map(load))
    return Array.from({
      length: Math.max(0, last - first + 1),
    }, (_, at) => rowAt(rows.value, first + at)).filter(row => row !== undefined)
  }

  /** A saved view, or any other query of the ledger, in place of the present one. */
  function go(text: string) {
    location.hash = `/ledger${text
      ? `?${text}`
      : ''}`
  }

  const onAddress = () => query.value = queryOfAddress()
  window.addEventListener('hashchange', onAddress)
  watch(query, begin, { immediate: true })
  const stop = world.onChange('cases', ({ put, whole }) => {
    if (whole)
      return
    const items = world.view('cases').value.items
    const changed = new Map([...put].map(id => [
      id,
      items.get(id) as CaseFeature | undefined,
    ]).filter((pair): pair is [string, CaseFeature] => pair[1] !== undefined))
    const unknown = [
      ...changed.values(),
    ].filter(({ id, properties }) => properties.version === 1 && !holds(rows.value, id))
    rows.value = patchRows(rows.value, changed)
    selected.value = (selected.value && changed.get(selected.value.id)) ?? selected.value
    if (unknown.length > 0) {
      fresh.value = new Set([
        ...fresh.value,
        ...unknown.map(({ id }) => id),
      ])
    }
  })
  onScopeDispose(() => {
    stop()
    asked.abort()
    window.removeEventListener('hashchange', onAddress)
  })

  return {
    query,
    rows,
    total,
    failure,
    fresh,
    selected,
    sort,
    ask,
    sortBy,
    show,
    begin,
    go,
    rowsBetween,
    rowAt: (index: number) => rowAt(rows.value, index),
  }
}

function queryOfAddress(): URLSearchParams {
  return new URLSearchParams(location.hash.split('?')[1] ?? '')
}
