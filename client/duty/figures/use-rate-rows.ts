import type { ExclusionReason, RateName, RateRow, RateRows } from '#contract/figures.ts'
import { shallowRef } from 'vue'
import { getJson } from '../../api.ts'

/** Which rows behind a rate; without a part all of them. */
export interface RowChoice { rate: RateName, part?: RateRow['part'], reason?: ExclusionReason }

/** The cases behind a rate of a period or of a frozen week, page by page. */
export function useRateRows() {
  const choice = shallowRef<RowChoice | null>(null)
  const rows = shallowRef<readonly RateRow[]>([])
  const total = shallowRef(0)
  const failure = shallowRef<string | null>(null)
  let asked = new AbortController()
  let path = ''

  /** `where`: the path that answers, with the query that says of when. */
  async function open(wanted: RowChoice, where: { path: string, query: Record<string, string> }) {
    choice.value = wanted
    rows.value = []
    total.value = 0
    path = `${where.path}?${new URLSearchParams({
      ...where.query,
      ...wanted,
    })}`
    await more()
  }

  async function more() {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    try {
      const page = await getJson<RateRows>(`${path}&offset=${rows.value.length}`, { signal })
      rows.value = [
        ...rows.value,
        ...page.rows,
      ]
      total.value = page.total
      failure.value = null
    }
    catch (error) {
      if (!signal.aborted)
        failure.value = String((error as Error).message)
    }
  }

  function close() {
    asked.abort()
    choice.value = null
  }

  return {
    choice,
    rows,
    total,
    failure,
    open,
    more,
    close,
  }
}
