import type { AuditExport, AuditExportInput } from '#contract/access.ts'
import { shallowRef } from 'vue'
import { ApiProblem, getJson, sendJson } from '../api.ts'

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
    const response = await fetch(`/api/v1/audit/exports/${id}/file`, { method: 'POST' }).catch((error: unknown) => {
      throw new ApiProblem({
        type: 'urn:huizhi:problem:unreachable',
        title: String(error),
        status: 0,
      })
    })
    if (!response.ok)
      throw new ApiProblem(await response.json())
    const url = URL.createObjectURL(await response.blob())
    const link = document.createElement('a')
    link.href = url
    link.download = response.headers.get('content-disposition')?.match(/filename="([^"]+)"/)?.[1] ?? 'audit.csv'
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
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
