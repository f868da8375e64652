import type { Context } from 'hono'
import type { ImportChange, ImportLine } from '#contract/import.ts'
import type { Reach } from '../access/policy.ts'
import type { TableFile } from '../ingest/thread/table-task.ts'
import type { HttpContext } from './http-context.ts'
import { createHash } from 'node:crypto'
import { createRoute } from '@hono/zod-openapi'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import { Datum } from '#contract/geometry.ts'
import { ImportColumns, ImportLine as ImportLineSchema, ImportMap } from '#contract/import.ts'
import { findImportMapping, keepImportMapping } from '../../db/queries/import-mappings.ts'
import { CannotStart } from '../cannot-start.ts'
import { detectFormat } from '../ingest/cli/detect-format.ts'
import { normaliseHeader } from '../ingest/columns.ts'
import { UnusableInput } from '../ingest/import-request.ts'
import { TooBusy } from '../ingest/thread/table-thread.ts'
import { failures, json, newApi } from './api.ts'
import { auditedBySelf } from './audit-trail.ts'
import { largestImportBytes } from './body-limit.ts'
import { callerOf } from './caller.ts'
import { fileOf } from './form-file.ts'
import { ProblemError } from './problem.ts'

const tags = ['imports']
const file = {
  required: true,
  content: {
    'application/octet-stream': {
      schema: { type: 'string', format: 'binary' } as const,
    },
  },
}

const columnsRoute = createRoute({
  method: 'post',
  path: '/imports/cases/columns',
  tags,
  summary: 'What columns a file of another system\'s cases has (CSV or XLSX), and what they would be read as',
  request: { body: file },
  responses: {
    200: json(ImportColumns, 'Nothing is written'),
    ...failures(422),
  },
})

const importRoute = createRoute({
  method: 'post',
  path: '/imports/cases',
  tags,
  summary: 'Imports a file of another system\'s cases, or says what it would change',
  request: {
    query: z.object({
      map: z.string().max(8000).transform((text, c) => {
        const map = ImportMap.safeParse(parseJson(text))
        if (map.success)
          return map.data
        c.addIssue({ code: 'custom', message: 'must be a JSON object, field → header' })
        return z.NEVER
      }).optional().describe('field → header as JSON; \'\' = the field is not read'),
      crs: Datum.default('wgs84'),
      dryRun: z.enum(['true', 'false']).default('false').describe('true: does everything, then takes it back'),
    }),
    body: file,
  },
  responses: {
    200: {
      description: 'What happens, one JSON object a line while it happens',
      content: {
        'application/x-ndjson': { schema: ImportLineSchema },
      },
    },
    ...failures(422),
  },
})

export function importRoutes({ sql, cases, imports, audit, log }: Pick<HttpContext, 'sql' | 'cases' | 'imports' | 'audit' | 'log'>) {
  const signature = (headers: readonly string[]) => signatureOf(cases.places.home, headers)

  return newApi()
    .openapi(columnsRoute, async (c) => {
      auditedBySelf(c)
      const look = await imports.look(await tableOf(c)).catch(refuse)
      const kept = await findImportMapping(sql, 'cases', signature(look.headers))
      const fields = look.fields.map(field => ({
        ...field,
        header: kept?.fields[field.field] ?? field.header,
      })).map(field => ({ ...field, header: field.header || null }))
      return c.json({
        ...look,
        fields,
        crs: kept?.crs ?? 'wgs84',
        isRemembered: kept !== null,
      }, 200)
    })
    .openapi(importRoute, async (c) => {
      auditedBySelf(c)
      const { map = {}, crs, dryRun } = c.req.valid('query')
      const table = await tableOf(c)
      const caller = callerOf(c)
      const options = { map, crs, dryRun: dryRun === 'true' }
      const look = await imports.look(table).catch(refuse)
      c.header('Content-Type', 'application/x-ndjson')
      c.header('Cache-Control', 'no-store')
      return stream(c, async (out) => {
        const gone = new AbortController()
        // Whoever leaves in the middle of an import has still begun it; a trial serves nobody any more.
        if (options.dryRun)
          out.onAbort(() => gone.abort())
        let last: Promise<unknown> = Promise.resolve()
        const tell = (line: ImportLine) => void (last = last.then(() => out.write(`${JSON.stringify(shownTo(caller.reach, line))}\n`)).catch(() => {}))
        try {
          const summary = await imports.run(table, options, tell, gone.signal)
          if (!options.dryRun) {
            await keepImportMapping(sql, {
              kind: 'cases',
              signature: signature(look.headers),
              mapping: { fields: map, crs },
              chosenBy: caller.userId,
            })
            const { notes: _notes, ...after } = summary
            await audit({
              actor: caller.userId,
              actorName: caller.name,
              role: caller.role,
              address: caller.address,
              action: 'case.import',
              target: null,
              before: null,
              after,
            })
          }
          tell({ summary })
        }
        catch (error) {
          if (!(error instanceof UnusableInput || error instanceof TooBusy || gone.signal.aborted))
            log.error({ err: error }, 'an import broke off')
          tell({
            failed: sayFailure(error),
          })
        }
        await last
      }) as never
    })
}

async function tableOf(c: Context): Promise<TableFile> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of fileOf(c.req.raw)) {
    length += piece.length
    if (length > largestImportBytes) {
      throw new ProblemError('too-large', {
        detail: `At most ${largestImportBytes} bytes.`,
        members: { maxBytes: largestImportBytes },
      })
    }
    pieces.push(piece)
  }
  const bytes = new Uint8Array(Buffer.concat(pieces))
  try {
    const format = detectFormat('', bytes.subarray(0, 4096))
    if (format !== 'csv' && format !== 'xlsx')
      throw new UnusableInput('应为 CSV 或 XLSX 表格 · This is no table: CSV or XLSX is wanted.')
    return { format, bytes }
  }
  catch (error) {
    return refuse(error)
  }
}

function refuse(error: unknown): never {
  if (error instanceof TooBusy) {
    throw new ProblemError('busy', {
      detail: sayFailure(error),
      headers: { 'Retry-After': '10' },
    })
  }
  throw error instanceof UnusableInput || error instanceof CannotStart
    ? new ProblemError('invalid', {
        detail: error.message.trim(),
      })
    : error
}

function sayFailure(error: unknown): string {
  if (error instanceof TooBusy)
    return '正在处理其他文件，请稍后再试 · Other files are being read; try again shortly.'
  return error instanceof UnusableInput
    ? error.message
    : '导入中断；已写入的行保留，再导一次即可接上 · The import broke off; what was written stays, importing again goes on from there.'
}

/** Who keeps the accounts does not read cases: of what is here already he sees that it changes, not what it says. */
function shownTo(reach: Reach, line: ImportLine): ImportLine {
  return reach === 'masked' && 'change' in line
    ? {
        change: masked(line.change),
      }
    : line
}

function masked(change: ImportChange): ImportChange {
  return {
    ...change,
    content: '',
    fields: change.fields.map(({ field }) => ({ field, before: null, after: null })),
  }
}

/** Tables with the same headers, in whatever order, come from the same system. */
function signatureOf(subdistrict: string | null, headers: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify([
    subdistrict,
    ...headers.map(normaliseHeader).sort(),
  ])).digest('base64url')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return null
  }
}
