import { once } from 'node:events'
import { Readable } from 'node:stream'
import type { Writable } from 'node:stream'
import { Busboy } from '@fastify/busboy'
import { ProblemError } from './problem.ts'

/**
 * The file that a request brings: its whole body, or the first file of a form (multipart/form-data). It is read as it comes
 * and never held; fields of the form are passed over. Throws ProblemError 400 when the form has no file or is broken off.
 */
export async function* fileOf(request: Request): AsyncGenerator<Uint8Array> {
  const type = request.headers.get('content-type') ?? ''
  if (!request.body)
    return
  const body = Readable.fromWeb(request.body as never)
  yield* toItsEnd(/^multipart\/form-data\b/i.test(type)
    ? await firstFile(body, openForm(type))
    : body)
}

/** A sender that goes away in the middle is no fault of the program. */
async function* toItsEnd(file: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* file
  }
  catch {
    throw new ProblemError('malformed', { detail: 'The body is broken off.' })
  }
}

/** Ends with the form: left early, the rest of it is not read. */
async function firstFile(body: Readable, form: Form): Promise<Readable> {
  const nothing = new AbortController()
  const end = () => nothing.abort()
  form.on('error', end)
  form.on('finish', end)
  body.on('error', end)
  const found = once(form, 'file', { signal: nothing.signal })
  body.pipe(form)
  const [, file] = await found.catch(() => {
    body.destroy()
    throw new ProblemError('malformed', { detail: 'The form holds no file, or is broken off.' })
  }) as [string, Readable]
  body.on('close', () => body.readableEnded || file.destroy(new Error('the form is broken off')))
  form.on('error', (error: Error) => file.destroy(error))
  file.on('close', () => {
    body.unpipe(form)
    body.destroy()
  })
  return file
}

/** Its own types do not say that it is a stream. */
type Form = Writable

function openForm(type: string): Form {
  try {
    return new Busboy({
      headers: { 'content-type': type },
      isPartAFile: (_name, partType, fileName) => fileName !== undefined || partType === 'application/octet-stream',
      limits: {
        fieldSize: 4096,
        fields: 20,
        files: 1,
        parts: 21,
        headerPairs: 20,
        headerSize: 8192,
      },
    })
  }
  catch {
    throw new ProblemError('malformed', { detail: 'The form names no boundary.' })
  }
}
