import type { Context } from 'hono'
import type { UploadInCase } from '../../db/queries/uploads.ts'
import type { UploadContext } from '../uploads/store-upload.ts'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Upload } from '#contract/upload.ts'
import { findUpload } from '../../db/queries/uploads.ts'
import { byteRange } from '../tiles/byte-range.ts'
import { extensionOf } from '../uploads/kinds.ts'
import { maySeeUpload } from '../uploads/may-see-upload.ts'
import { storeUpload } from '../uploads/store-upload.ts'
import { pathOf } from '../uploads/upload-files.ts'
import { failures, json, newApi } from './api.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { fileOf } from './form-file.ts'
import { ProblemError } from './problem.ts'
import { uploadProblem } from './upload-problem.ts'

const binary = {
  schema: { type: 'string', format: 'binary' },
} as const

const storeRoute = createRoute({
  method: 'post',
  path: '/uploads',
  tags: ['uploads'],
  summary: 'Takes a photo, a PDF or a voice note; it expires in a day unless it becomes part of a case, a renovation zone or a worksite\'s handling',
  request: {
    body: {
      required: true,
      description: 'The file itself, or a form whose first file it is. What it is is told from its content: at most 10 MiB of JPEG, PNG, WebP or PDF, 5 MiB of sound.',
      content: {
        'application/octet-stream': binary,
        'image/*': binary,
        'multipart/form-data': {
          schema: {
            type: 'object',
            properties: {
              file: { type: 'string', format: 'binary' },
            },
          },
        },
      },
    },
  },
  responses: {
    201: {
      ...json(Upload, 'It is kept; its address is in Location'),
      headers: {
        Location: {
          schema: { type: 'string' },
        },
      },
    },
    ...failures(422),
  },
})

const readRoute = createRoute({
  method: 'get',
  path: '/uploads/{id}',
  tags: ['uploads'],
  summary: 'The file, for who may see the case, the renovation zone or the worksite that it belongs to',
  request: {
    params: z.object({
      id: z.string().max(60),
    }),
  },
  responses: {
    200: {
      description: 'The file; parts of it by Range',
      content: {
        'application/octet-stream': binary,
      },
    },
    ...failures(404),
  },
})

/** What a browser may do with a file that somebody sent: show it, and nothing else. */
const shownOnly = 'default-src \'none\'; frame-ancestors \'none\'; sandbox'

export function uploadRoutes(context: UploadContext) {
  return newApi()
    .openapi(storeRoute, async (c) => {
      const outcome = await storeUpload(context, {
        input: fileOf(c.req.raw),
        uploadedBy: callerOf(c).userId,
      })
      if ('refused' in outcome)
        throw uploadProblem(outcome)
      const { id, kind, type, bytes, width, height } = outcome.stored
      return c.json({
        id,
        kind,
        type,
        bytes,
        ...(width !== null && height !== null && { width, height }),
      }, 201, { Location: `/api/v1/uploads/${id}` })
    })
    .openapi(readRoute, async (c) => {
      const upload = await findUpload(context.sql, c.req.valid('param').id)
      // Somebody else's is answered as one that does not exist.
      if (!upload || !maySeeUpload(callerOf(c), upload))
        throw new ProblemError('not-found', { detail: 'There is no such upload.' })
      // A photo may show a person: who looks at one of a case or a zone is written down.
      const of = upload.caseId ?? upload.zone ?? upload.worksite ?? upload.propertyPlace
      if (of !== null)
        audited(c, { action: 'upload.read', target: `${of}/${upload.id}` })
      return sendUpload(c, upload, pathOf(context.files, upload.id)) as never
    })
}

async function sendUpload(c: Context, upload: UploadInCase, path: string): Promise<Response> {
  const found = await stat(path).catch(() => null)
  if (!found)
    throw new ProblemError('not-found', { detail: 'The file is no longer kept.' })
  const etag = `"${upload.sha256.slice(0, 32)}"`
  c.header('ETag', etag)
  c.header('Cache-Control', 'private, no-cache')
  c.header('Accept-Ranges', 'bytes')
  if (c.req.header('If-None-Match') === etag)
    return c.body(null, 304)
  const range = byteRange(c.req.header('Range'), found.size)
  if (range === 'unsatisfiable') {
    c.header('Content-Range', `bytes */${found.size}`)
    return c.body(null, 416)
  }
  const { first, last } = range === 'whole'
    ? { first: 0, last: found.size - 1 }
    : range
  if (range !== 'whole')
    c.header('Content-Range', `bytes ${first}-${last}/${found.size}`)
  c.header('Content-Type', upload.type)
  c.header('Content-Length', String(last - first + 1))
  c.header('Content-Security-Policy', shownOnly)
  c.header('Content-Disposition', `${upload.kind === 'document'
    ? 'attachment'
    : 'inline'}; filename="${upload.id}.${extensionOf[upload.type] ?? 'bin'}"`)
  const status = range === 'whole'
    ? 200
    : 206
  return c.req.method === 'HEAD'
    ? c.body(null, status)
    : c.body(Readable.toWeb(createReadStream(path, { start: first, end: last })) as ReadableStream, status)
}
