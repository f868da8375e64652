import { ApiProblem, problemOf } from '../api.ts'

/** Hands a file to the browser, which keeps it where it keeps downloads. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Asks the server for a file and saves it under the name that it gave. Rejects with `ApiProblem`, as in client/api.ts. */
export async function saveFromServer(path: string, body: unknown, otherwise: string): Promise<void> {
  const response = await fetch(path, {
    method: 'POST',
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  }).catch((error: unknown) => {
    throw new ApiProblem({
      type: 'urn:huizhi:problem:unreachable',
      title: String(error),
      status: 0,
    })
  })
  if (!response.ok)
    throw new ApiProblem(await problemOf(response))
  saveFile(await response.blob(), response.headers.get('content-disposition')?.match(/filename="([^"]+)"/)?.[1] ?? otherwise)
}
