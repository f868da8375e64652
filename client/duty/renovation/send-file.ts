import type { Upload } from '#contract/upload.ts'
import { ApiProblem, problemOf } from '../../api.ts'

/** Photos and PDFs go first, by themselves; what they belong to names them by the ids that come back. Rejects with `ApiProblem`. */
export async function sendFile(file: File): Promise<Upload> {
  const response = await fetch('/api/v1/uploads', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  })
  if (!response.ok)
    throw new ApiProblem(await problemOf(response))
  return await response.json() as Upload
}
