import type { AuditExport, AuditExportInput } from '#contract/access.ts'
import { shallowRef } from 'vue'
import { getJson, sendJson } from '../api.ts'
import { saveFromServer } from '../parts/save-file.ts'

/** Exports of the trail: asked for, agreed to, fetched once. What does not succeed rejects with ApiProblem. */
export function useExports() {
  /** null until they came. */
  const list = shallowRef<AuditExport[] | null>(null)
  const failure = shallowRef<unknown>(null)

  async function load() {
    try {
      list.value = await getJson<AuditExport[]>('/api/v1/audit/exports')
      failure.value = null
    }
    catch (error) {
      failure.value = error
    }
  }

  /** Fetches the file as the browser saves one. It comes once: a name that the server gave goes with it. */
  async function save(id: string) {
    await saveFromServer(`/api/v1/audit/exports/${id}/file`, undefined, 'audit.csv')
    await load()
  }

  return {
    list,
    failure,
    load,
    save,
    async ask(input: AuditExportInput): Promise<AuditExport> {
      const asked = await sendJson<AuditExport>('POST', '/api/v1/audit/exports', input)
      await load()
      return asked
    },
    async decide(id: string, approved: boolean): Promise<void> {
      await sendJson('PUT', `/api/v1/audit/exports/${id}/decision`, { approved })
      await load()
    },
  }
}
