import type { CaseWork } from '#contract/case-work.ts'
import type { CaseFeature } from '#contract/case.ts'
import type { CaseContact } from '#contract/ledger.ts'
import { shallowRef } from 'vue'
import { ApiProblem, getJson } from '../../api.ts'

export interface Sheet {
  feature: CaseFeature
  work: CaseWork
  /** Only where somebody asked for it, on record. */
  contact: CaseContact | null
}

/** Cases as they are now, for paper: `#/sheet?ids=…`. */
export function useSheets(ids: readonly string[]) {
  const sheets = shallowRef<Sheet[] | null>(null)
  /** Numbers that could not be read, as those that lie outside one's region. */
  const missing = shallowRef<string[]>([])

  async function load() {
    const found: Sheet[] = []
    const notFound: string[] = []
    for (const id of ids) {
      const path = `/api/v1/cases/${encodeURIComponent(id)}`
      try {
        const [feature, work] = await Promise.all([
          getJson<CaseFeature>(path),
          getJson<CaseWork>(`${path}/work`),
        ])
        found.push({ feature, work, contact: null })
      }
      catch (error) {
        if (!(error instanceof ApiProblem))
          throw error
        notFound.push(id)
      }
    }
    sheets.value = found
    missing.value = notFound
  }

  /** Whom to visit; each look is on record. */
  async function addContacts() {
    sheets.value = await Promise.all((sheets.value ?? []).map(async sheet => ({
      ...sheet,
      contact: await getJson<CaseContact>(`/api/v1/cases/${encodeURIComponent(sheet.feature.id)}/contact?reason=visit`).catch(() => null),
    })))
  }

  return { sheets, missing, load, addContacts }
}
