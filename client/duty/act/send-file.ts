import type { Upload } from '#contract/upload.ts'
import { ApiProblem, problemOf } from '../../api.ts'
import { shrinkPhoto } from '../../report/shrink-photo.ts'

/** Why a file was not taken, as a key of the texts; the server tells it from the content, whatever the name says. */
export type FileFault = 'large' | 'type' | 'damaged' | 'unreachable'

const mostBytes = 10 * 1024 * 1024

/** Uploads a photo, made small here, or a PDF or voice note as it is. What is larger than the server takes is not sent at all. */
export async function sendFile(file: File): Promise<Upload> {
  // A picture that the browser cannot draw is sent as it is: the server says what it is.
  const body = file.type.startsWith('image/')
    ? await shrinkPhoto(file).catch(() => file)
    : file
  if (body.size > mostBytes)
    throw new ApiProblem({ type: 'urn:huizhi:problem:too-large', title: 'too large', status: 413 })
  const response = await fetch('/api/v1/uploads', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body,
  }).catch((error: unknown) => {
    throw new ApiProblem({
      type: 'urn:huizhi:problem:unreachable',
      title: String(error),
      status: 0,
    })
  })
  if (!response.ok)
    throw new ApiProblem(await problemOf(response))
  return await response.json() as Upload
}

export function fileFault({ problem: { status } }: ApiProblem): FileFault {
  switch (status) {
    case 413:
      return 'large'
    case 415:
      return 'type'
    case 400:
    case 422:
      return 'damaged'
    default:
      return 'unreachable'
  }
}
