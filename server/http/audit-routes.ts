import type { AuditExportRow } from '../../db/queries/audit-exports.ts'
import type { AuditRow } from '../../db/queries/audit.ts'
import type { ExportCaps, ExportOutcome } from '../access/audit-export.ts'
import type { HttpContext } from './http-context.ts'
import { Readable } from 'node:stream'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { AuditItem } from '#contract/access.ts'
import { AuditExport, AuditExportInput, AuditPage, AuditQuery, AuditVerification } from '#contract/access.ts'
import { listAuditExports } from '../../db/queries/audit-exports.ts'
import { exportAudit, readAudit } from '../../db/queries/audit.ts'
import { auditCsv } from '../access/audit-csv.ts'
import { decideExport, exportCaps as defaultCaps, requestAuditExport, stateOf, takeExport } from '../access/audit-export.ts'
import { auditChecker } from '../access/check-audit.ts'
import { record } from '../access/audit.ts'
import { bytesOf } from '../csv-line.ts'
import { body, failures, json, newApi } from './api.ts'
import { managingOf } from './managing.ts'
import { ProblemError } from './problem.ts'

const tags = ['audit']
const params = z.object({
  id: z.string().max(100),
})

const readRoute = createRoute({
  method: 'get',
  path: '/audit',
  tags,
  summary: 'Who did or looked at what, newest first; looking is written down too',
  request: {
    query: AuditQuery.extend({
      before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
  },
  responses: {
    200: json(AuditPage, 'One page of entries'),
    ...failures(422),
  },
})

const verifyRoute = createRoute({
  method: 'post',
  path: '/audit/verification',
  tags,
  summary: 'Checks every entry’s hash against the one before',
  responses: {
    200: json(AuditVerification, 'What the check found'),
  },
})

const exportsRoute = createRoute({
  method: 'get',
  path: '/audit/exports',
  tags,
  summary: 'Exports that were asked for, newest first',
  responses: {
    200: json(z.array(AuditExport), 'The latest fifty'),
  },
})

const requestRoute = createRoute({
  method: 'post',
  path: '/audit/exports',
  tags,
  summary: 'Asks for a file of what the filter finds; a large one needs a second person to agree',
  request: {
    body: body(AuditExportInput),
  },
  responses: {
    201: json(AuditExport, 'The export, ready or waiting'),
    ...failures(422),
  },
})

const decideRoute = createRoute({
  method: 'put',
  path: '/audit/exports/{id}/decision',
  tags,
  summary: 'Agrees to somebody else’s export, or refuses it',
  request: {
    params,
    body: body(z.object({
      approved: z.boolean(),
    })),
  },
  responses: {
    200: json(AuditExport, 'The export afterwards'),
    ...failures(404, 409, 422),
  },
})

const fetchRoute = createRoute({
  method: 'post',
  path: '/audit/exports/{id}/file',
  tags,
  summary: 'The file, once, for who asked for it',
  request: { params },
  responses: {
    200: {
      description: 'CSV in UTF-8; every row says who took it out and when',
      content: {
        'text/csv': {
          schema: z.string(),
        },
      },
    },
    ...failures(404, 409),
  },
})

/** The audit trail, for inspectors and administrators. */
export function auditRoutes(context: Pick<HttpContext, 'sql' | 'auditKey' | 'exportCaps'>) {
  const { sql, auditKey, exportCaps: caps = defaultCaps } = context
  const check = auditChecker(sql, auditKey)
  return newApi()
    .openapi(readRoute, async (c) => {
      const { before, limit, ...filter } = c.req.valid('query')
      const rows = await readAudit(sql, filter, { beforeSeq: before, limit })
      const { by } = managingOf(c, context)
      await sql.begin(tx => record(tx, auditKey, [
        {
          ...by,
          action: 'audit.read',
          target: null,
          before: null,
          after: { ...filter, rows: rows.length },
        },
      ]))
      return c.json({
        items: rows.map(wireItem),
        next: rows.length === limit
          ? rows.at(-1)!.seq
          : null,
      }, 200)
    })
    .openapi(verifyRoute, async (c) => {
      const { by } = managingOf(c, context)
      const found = await check()
      await sql.begin(tx => record(tx, auditKey, [
        {
          ...by,
          action: 'audit.verify',
          target: null,
          before: null,
          after: { entries: found.entries, faults: found.faults },
        },
      ]))
      return c.json(found, 200)
    })
    .openapi(exportsRoute, async c => c.json((await listAuditExports(sql, 50)).map(wireExport), 200))
    .openapi(requestRoute, async c => c.json(wireExport(done(await requestAuditExport(managingOf(c, context), c.req.valid('json'), caps), caps)), 201))
    .openapi(decideRoute, async c => c.json(wireExport(done(await decideExport(managingOf(c, context), c.req.valid('param').id, c.req.valid('json').approved), caps)), 200))
    .openapi(fetchRoute, async (c) => {
      const taken = done(await takeExport(managingOf(c, context), c.req.valid('param').id), caps)
      const now = new Date()
      const parts = auditCsv(taken, exportAudit(sql, taken.filter, taken.toSeq), now)
      return c.body(Readable.toWeb(Readable.from(bytesOf(parts))) as ReadableStream, 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="audit-${now.toISOString().slice(0, 10)}-${taken.id.slice(0, 8)}.csv"`,
        'Cache-Control': 'no-store',
      })
    })
}

function done(outcome: ExportOutcome, { most }: ExportCaps): AuditExportRow {
  if (!('refused' in outcome))
    return outcome.export
  const { refused } = outcome
  const members = { reason: refused }
  switch (refused) {
    case 'not-found':
      throw new ProblemError('not-found', { detail: 'There is no such export.' })
    case 'too-many':
      throw new ProblemError('invalid', {
        detail: `More than ${most} entries: narrow the filter.`,
        members: { ...members, most },
      })
    case 'own':
      throw new ProblemError('conflict', { detail: 'Your own export: a second person has to decide.', members })
    case 'not-own':
      throw new ProblemError('forbidden', { detail: 'Only who asked for an export fetches it.', members })
    case 'waiting':
      throw new ProblemError('conflict', { detail: 'A second person has to agree first.', members })
    case 'over':
      throw new ProblemError('conflict', { detail: 'It was decided, fetched or has run out.', members })
  }
}

function wireItem({ at, hash: _hash, previousHash: _previousHash, ...row }: AuditRow): z.infer<typeof AuditItem> {
  return {
    ...row,
    at: at.toISOString(),
  }
}

function wireExport(row: AuditExportRow): z.infer<typeof AuditExport> {
  const { id, requestedBy, requestedName, requestedAt, reason, filter, rows, needsApproval, decidedName, decidedAt, expiresAt } = row
  return {
    id,
    requestedBy,
    requestedName,
    requestedAt: requestedAt.toISOString(),
    reason,
    filter,
    rows,
    needsApproval,
    decidedName,
    decidedAt: decidedAt?.toISOString() ?? null,
    expiresAt: expiresAt.toISOString(),
    state: stateOf(row, new Date()),
  }
}
