import type { LedgerView, LedgerViewInput } from '#contract/ledger.ts'
import { shallowRef } from 'vue'
import { ApiProblem, getJson, sendJson } from '../../api.ts'

/** Filters and orders that were given a name: one's own, and those that others share. */
export function useViews() {
  /** null until they came. */
  const list = shallowRef<LedgerView[] | null>(null)
  const fault = shallowRef<ApiProblem | null>(null)

  async function run(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      fault.value = null
      list.value = await getJson<LedgerView[]>('/api/v1/ledger/views')
      return true
    }
    catch (error) {
      if (!(error instanceof ApiProblem))
        throw error
      fault.value = error
      return false
    }
  }
  const path = (id: string) => `/api/v1/ledger/views/${id}`

  return {
    list,
    fault,
    load: () => run(async () => {}),
    add: (view: LedgerViewInput) => run(() => sendJson('POST', '/api/v1/ledger/views', view)),
    change: ({ id, name, query, shared }: LedgerView, changes: Partial<LedgerViewInput>) => run(() => sendJson('PUT', path(id), { name, query, shared, ...changes })),
    remove: ({ id }: LedgerView) => run(() => sendJson('DELETE', path(id))),
  }
}
