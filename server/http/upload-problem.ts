import type { UploadRefusal } from '../uploads/store-upload.ts'
import { ProblemError } from './problem.ts'

/** Why a file was not taken, as the answer to a request; for every route that takes one. */
export function uploadProblem(refusal: UploadRefusal): ProblemError {
  switch (refusal.refused) {
    case 'too-large':
      return new ProblemError('too-large', {
        detail: `A file of this kind may have ${refusal.maxBytes} bytes at most.`,
        members: { maxBytes: refusal.maxBytes },
      })
    case 'wrong-type':
      return new ProblemError('unsupported-media-type', { detail: 'Told by its content this is no photo (JPEG, PNG, WebP), PDF or voice note.' })
    case 'heic':
      return new ProblemError('unsupported-media-type', { detail: 'HEIC cannot be read here: send the photo as JPEG.' })
    case 'video':
      return new ProblemError('unsupported-media-type', { detail: 'This is a video; a voice note holds sound only.' })
    case 'empty':
      return new ProblemError('malformed', { detail: 'There is no file in the request.' })
    case 'unreadable':
      return new ProblemError('invalid', { detail: 'The file is damaged, or the picture has too many pixels.' })
    case 'busy':
      return new ProblemError('busy', {
        headers: { 'Retry-After': '5' },
      })
  }
}
