import type { Caller } from './caller.ts'
import type { CaseContext } from '../cases/case-context.ts'
import type { ExportedCase, TableCell } from '../cases/export/case-table.ts'
import type { HttpContext } from './http-context.ts'
import { Readable } from 'node:stream'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { LedgerExportInput } from '#contract/ledger.ts'
import { caseNames } from '../../db/queries/case-names.ts'
import { countLedger, readLedger } from '../../db/queries/ledger.ts'
import { maskedFeature } from '../access/mask.ts'
import { caseCsv } from '../cases/export/case-csv.ts'
import { caseColumns, caseRow } from '../cases/export/case-table.ts'
import { startWorkbook } from '../cases/export/workbook-thread.ts'
import { bytesOf } from '../csv-line.ts'
import { body, failures, newApi } from './api.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { LedgerFilterQuery } from './ledger-query.ts'
import { filterFor } from './ledger-routes.ts'
import { ProblemError } from './problem.ts'

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const binary = { type: 'string', format: 'binary' } as const

const exportRoute = createRoute({
  method: 'post',
  path: '/ledger/exports',
  tags: ['ledger'],
  summary: 'The cases of a filter as CSV or XLSX, without telephone numbers; who took it and what for is on record',
  request: {
    query: LedgerFilterQuery,
    body: body(LedgerExportInput),
  },
  responses: {
    200: {
      description: 'The file; the last column of each row says who took it out and when',
      content: {
        'text/csv': {
          schema: z.string(),
        },
        [xlsxType]: { schema: binary },
      },
    },
    ...failures(422),
  },
})

/** Nobody gets more at once: narrow the filter. */
const LEDGER_EXPORT_MOST = 50_000

export function ledgerExportRoutes({ sql, cases }: Pick<HttpContext, 'sql'> & { cases: CaseContext }, most = LEDGER_EXPORT_MOST) {
  return newApi().openapi(exportRoute, async (c) => {
    const { sort, ...query } = c.req.valid('query')
    const { format, reason, language, ids } = c.req.valid('json')
    const caller = callerOf(c)
    const now = cases.now()
    const filter = {
      ...filterFor(caller, { ...query, sort }, now),
      ids,
    }
    const rows = await countLedger(sql, filter, most + 1)
    if (rows > most) {
      throw new ProblemError('invalid', {
        detail: `More than ${most} cases: narrow the filter.`,
        members: { reason: 'too-many', most },
      })
    }
    // Before anything leaves: a file that breaks off half-way has still been taken.
    audited(c, {
      action: 'case.export',
      target: null,
      after: {
        format,
        reason,
        rows,
        query: new URL(c.req.url).search.slice(1),
        ...(ids && { ids }),
      },
    })
    const names = await caseNames(sql)
    const mark = `${caller.name} (${caller.userId}) ${now.toISOString()}`
    const table = inBatches(readLedger(sql, { filter, ...sort }, most), one => caseRow(shownTo(caller, one), {
      names,
      language,
      mark,
      now,
    }))
    const columns = caseColumns(language)
    const headers = {
      'Content-Disposition': `attachment; filename="ledger-${fileMoment(now)}.${format}"`,
      'Cache-Control': 'no-store',
    }
    if (format === 'csv')
      return c.body(Readable.toWeb(Readable.from(bytesOf(caseCsv(columns, table)))) as ReadableStream, 200, { ...headers, 'Content-Type': 'text/csv; charset=utf-8' }) as never
    return c.body(await workbookOf(table, {
      columns,
      name: language === 'en'
        ? 'Ledger'
        : '台账',
    }), 200, { ...headers, 'Content-Type': xlsxType }) as never
  })
}

async function workbookOf(table: AsyncIterable<TableCell[][]>, asked: Parameters<typeof startWorkbook>[0]): Promise<Uint8Array<ArrayBuffer>> {
  const workbook = startWorkbook(asked)
  if (workbook === null) {
    throw new ProblemError('busy', {
      detail: 'Other workbooks are being written; try again in a moment, or take CSV.',
      headers: { 'Retry-After': '10' },
    })
  }
  try {
    for await (const rows of table)
      workbook.add(rows)
    return await workbook.end()
  }
  finally {
    workbook.stop()
  }
}

async function* inBatches(cases: AsyncIterable<ExportedCase[]>, row: (one: ExportedCase) => TableCell[]): AsyncGenerator<TableCell[][]> {
  for await (const batch of cases)
    yield batch.map(row)
}

/** Whoever sees cases without their texts takes them out without, and without the number by which the source knows the caller. */
function shownTo({ reach }: Caller, { feature, sourceRef }: ExportedCase): ExportedCase {
  return reach === 'masked'
    ? {
        feature: maskedFeature('cases', feature),
        sourceRef: null,
      }
    : { feature, sourceRef }
}

/** 20261124-0930, as China's clock shows it. */
function fileMoment(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')
}
