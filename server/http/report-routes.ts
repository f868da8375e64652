import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { ReportInput, ReportReceipt, ReportStart, ReportStatus } from '#contract/report.ts'
import { regionNames } from '../../db/queries/compounds.ts'
import { readDemoMark } from '../../db/queries/demo.ts'
import { findReceipt, readReportedCase } from '../../db/queries/report-receipts.ts'
import { findCompound } from '../places/compounds.ts'
import { fileReport } from '../report/file-report.ts'
import { isCode } from '../report/query-code.ts'
import { reportStatus } from '../report/report-status.ts'
import { storeUpload } from '../uploads/store-upload.ts'
import { failures, json, newApi } from './api.ts'
import { fileOf } from './form-file.ts'
import { ProblemError } from './problem.ts'
import { claimOf, RetryHeaders } from './retry-key.ts'
import { uploadProblem } from './upload-problem.ts'

const startRoute = createRoute({
  method: 'get',
  path: '/reports/start',
  tags: ['reports'],
  summary: 'What the resident\'s page shows first: whose centre, and the compound whose code was scanned',
  request: {
    query: z.object({
      c: z.coerce.number().int().safe().optional().describe('compound, as posters name it'),
    }),
  },
  responses: {
    200: json(ReportStart, 'The page\'s beginning; an unknown compound is null'),
    ...failures(422),
  },
})

const fileRoute = createRoute({
  method: 'post',
  path: '/reports',
  tags: ['reports'],
  summary: 'A resident reports something; nobody has to sign in',
  request: {
    headers: RetryHeaders.required(),
    body: {
      required: true,
      content: {
        'application/json': { schema: ReportInput },
      },
    },
  },
  responses: {
    201: json(ReportReceipt, 'The receipt'),
    ...failures(409, 422),
  },
})

const photoRoute = createRoute({
  method: 'post',
  path: '/reports/photos',
  tags: ['reports'],
  summary: 'A photo for a report that is about to be sent; it expires in a day unless one names it',
  request: {
    body: {
      required: true,
      content: {
        'image/*': {
          schema: { type: 'string', format: 'binary' },
        },
      },
    },
  },
  responses: {
    201: json(z.object({
      id: z.string(),
    }), 'It is kept'),
    ...failures(422),
  },
})

const statusRoute = createRoute({
  method: 'post',
  path: '/reports/status',
  tags: ['reports'],
  summary: 'Where a report stands, for whoever has its number and code; nothing personal',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            number: z.string().trim().toUpperCase().max(40),
            code: z.string().trim().min(1).max(40),
          }),
        },
      },
    },
  },
  responses: {
    200: json(ReportStatus, 'Where it stands'),
    ...failures(404, 422),
  },
})

export function reportRoutes({ sql, cases, register, uploads }: Pick<HttpContext, 'sql' | 'cases' | 'register' | 'uploads'>) {
  const centreName = async (subdistrict: string | null) => subdistrict === null
    ? null
    : (await regionNames(sql)).get(subdistrict) ?? null

  return newApi()
    .openapi(startRoute, async (c) => {
      const { c: id } = c.req.valid('query')
      const compound = id === undefined
        ? null
        : await findCompound(sql, cases.places, id)
      return c.json({
        centre: await centreName(cases.places.home),
        demo: await readDemoMark(sql) !== null,
        compound: compound && {
          id: compound.id,
          name: compound.name,
          community: compound.community?.name ?? null,
          at: compound.at,
        },
      }, 200)
    })
    .openapi(fileRoute, async (c) => {
      const { trap, consent, ...input } = c.req.valid('json')
      if (trap)
        throw refusal('trap', 'must be empty')
      if ((input.contact?.name || input.contact?.phone) && !consent)
        throw refusal('consent', 'name and phone are only kept with consent')
      const compound = input.compound === undefined
        ? null
        : await findCompound(sql, cases.places, input.compound)
      const claim = claimOf(c.req.valid('header')['idempotency-key'], 'resident', ['report', input])!
      const filed = await fileReport({ sql, personal: cases.personal, register }, { ...input, consent }, compound, claim)
      if ('keyReused' in filed)
        throw new ProblemError('key-reused')
      return c.json(filed.receipt, 201, { 'Cache-Control': 'no-store' })
    })
    .openapi(photoRoute, async (c) => {
      const outcome = await storeUpload({ sql, files: uploads }, {
        input: fileOf(c.req.raw),
        uploadedBy: null,
        accept: ['image'],
      })
      if ('refused' in outcome)
        throw uploadProblem(outcome)
      return c.json({ id: outcome.stored.id }, 201)
    })
    .openapi(statusRoute, async (c) => {
      const { number, code } = c.req.valid('json')
      const receipt = await findReceipt(sql, number)
      // One answer for a wrong number and a wrong code.
      if (!receipt || !await isCode(code, { salt: receipt.salt, hash: receipt.code_hash }))
        throw new ProblemError('not-found', { detail: 'There is no report with this number and code.' })
      const reported = await readReportedCase(sql, number)
      if (!reported)
        throw new ProblemError('not-found', { detail: 'There is no report with this number and code.' })
      const { own, head, steps } = reported
      const names = await regionNames(sql)
      return c.json(reportStatus({
        own,
        head,
        joined: own.id !== head.id,
        steps,
        centre: cases.places.home === null
          ? null
          : names.get(cases.places.home) ?? null,
        communityName: head.community === null
          ? null
          : names.get(head.community) ?? null,
      }), 200, { 'Cache-Control': 'no-store' })
    })
}

function refusal(path: string, message: string): ProblemError {
  return new ProblemError('invalid', {
    errors: [
      { path, message },
    ],
  })
}
