import type { BindableOfficer } from '#contract/access.ts'
import type { MadeTracker, Tracker } from '#contract/positions.ts'
import { shallowRef } from 'vue'
import { getJson, sendJson } from '../api.ts'

/** The devices that report for officers. What does not succeed rejects with ApiProblem and changes nothing here. */
export function useTrackers() {
  /** null until they came. */
  const trackers = shallowRef<Tracker[] | null>(null)
  const officers = shallowRef<BindableOfficer[]>([])
  const failure = shallowRef<unknown>(null)

  async function load() {
    try {
      [trackers.value, officers.value] = await Promise.all([
        getJson<Tracker[]>('/api/v1/trackers'),
        getJson<BindableOfficer[]>('/api/v1/accounts/officers'),
      ])
      failure.value = null
    }
    catch (error) {
      failure.value = error
    }
  }

  return {
    trackers,
    officers,
    failure,
    load,
    async make(officer: string, name: string): Promise<MadeTracker> {
      const made = await sendJson<MadeTracker>('POST', `/api/v1/officers/${encodeURIComponent(officer)}/trackers`, { name, consented: true })
      await load()
      return made
    },
    async end(id: string): Promise<void> {
      await sendJson('DELETE', `/api/v1/trackers/${id}`)
      await load()
    },
  }
}
