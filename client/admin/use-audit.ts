import type { AuditItem, AuditPage, AuditQuery } from '#contract/access.ts'
import type { z } from 'zod'
import { shallowRef } from 'vue'
import { getJson } from '../api.ts'

/** The trail by a filter, page by page, newest first. What comes in meanwhile is seen by asking again. */
export function useAudit() {
  const items = shallowRef<z.infer<typeof AuditItem>[]>([])
  /** Where the next page begins; undefined until the first came, null after the last. */
  const next = shallowRef<number | null | undefined>(undefined)
  const failure = shallowRef<unknown>(null)
  const busy = shallowRef(false)
  let filter: AuditQuery = {}
  let asked = 0

  async function fetchPage(before: number | null) {
    const mine = ++asked
    busy.value = true
    failure.value = null
    const query = new URLSearchParams(Object.entries(filter) as [string, string][])
    if (before !== null)
      query.set('before', String(before))
    try {
      const page = await getJson<AuditPage>(`/api/v1/audit?${query}`)
      if (mine !== asked)
        return
      items.value = before === null
        ? page.items
        : [
            ...items.value,
            ...page.items,
          ]
      next.value = page.next
    }
    catch (error) {
      if (mine === asked)
        failure.value = error
    }
    finally {
      if (mine === asked)
        busy.value = false
    }
  }

  return {
    items,
    next,
    failure,
    busy,
    ask(by: AuditQuery) {
      filter = by
      return fetchPage(null)
    },
    more: () => fetchPage(next.value ?? null),
    again: () => fetchPage(items.value.length > 0
      ? next.value ?? null
      : null),
  }
}
