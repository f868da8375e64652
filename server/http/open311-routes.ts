import type { Context } from 'hono'
import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { CaseKind } from '#contract/case.ts'
import { findPublicCases } from '../../db/queries/open311.ts'
import { definitionOf, requestOf, services } from '../open311/describe.ts'
import { readPost } from '../open311/read-post.ts'
import { filterOf, RequestsQuery } from '../open311/read-query.ts'
import { newApi } from './api.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { answerErrors, answerList, isXml } from './open311-answer.ts'
import { toXml } from '../open311/to-xml.ts'

const tags = ['open311']
function inBoth(description: string) {
  return {
    200: {
      description,
      content: {
        'application/json': {
          schema: z.unknown(),
        },
        'text/xml': {
          schema: z.string(),
        },
      },
    },
    default: { description: 'errors: a list of code and description' },
  }
}
const Jurisdiction = z.object({
  jurisdiction_id: z.string().max(60).optional().describe('code of the subdistrict; may be left out, there is one'),
})
function get(path: string, summary: string, description: string, request: { query?: z.ZodType, params?: z.ZodType } = { query: Jurisdiction }) {
  return createRoute({
    method: 'get',
    path,
    tags,
    summary,
    request: request as { query: typeof Jurisdiction },
    responses: inBoth(description),
  })
}
const File = z.object({
  file: z.string().max(80).describe('code or number, with its ending: .json or .xml'),
})
const byFile = { query: Jurisdiction, params: File }

/** Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2): read by anybody, written with an account's token as api_key. */
export function open311Routes({ sql, cases, register }: Pick<HttpContext, 'sql' | 'cases' | 'register'>) {
  const api = newApi()
  const isOurs = (jurisdiction: string | null | undefined) => !jurisdiction || jurisdiction === cases.places.home
  const elsewhere = (c: Context) => answerErrors(c, 404, ['jurisdiction_id provided was not found'])
  const nameIn = (c: Context) => /^(.+)\.(?:json|xml)$/.exec(c.req.param('file') ?? '')?.[1]

  for (const format of ['json', 'xml']) {
    api.openapi(get(`/services.${format}`, 'What can be reported', 'Each kind of case is a service'), (c) => {
      return isOurs(c.req.valid('query').jurisdiction_id)
        ? answerList(c, 'services', 'service', services) as never
        : elsewhere(c) as never
    })
    api.openapi(get(`/requests.${format}`, 'Cases, newest first; nothing personal', 'At most 1,000, of 90 days', { query: RequestsQuery }), async (c) => {
      const query = c.req.valid('query') as unknown as z.infer<typeof RequestsQuery>
      if (!isOurs(query.jurisdiction_id))
        return elsewhere(c) as never
      const found = await findPublicCases(sql, filterOf(query, cases.now()))
      return answerList(c, 'service_requests', 'request', found.map(requestOf)) as never
    })
    api.openapi(createRoute({
      method: 'post',
      path: `/requests.${format}`,
      tags,
      summary: 'Reports something',
      description: 'Form-encoded: api_key, service_code, description, lat and long or address_string, first_name, last_name, phone, attribute[urgency]',
      responses: {
        201: {
          description: 'Its number',
          content: {
            'application/json': {
              schema: z.unknown(),
            },
            'text/xml': {
              schema: z.string(),
            },
          },
        },
        default: { description: 'errors: a list of code and description' },
      },
    }), async (c) => {
      const fields = new URLSearchParams(await c.req.text())
      if (!isOurs(fields.get('jurisdiction_id')))
        return elsewhere(c) as never
      const read = readPost(fields)
      if ('faults' in read)
        return answerErrors(c, read.code, read.faults) as never
      const registered = await register({ input: read.input })
      if (!('registered' in registered))
        throw new Error('a request without a key was met before')
      const { id } = registered.registered
      audited(c, {
        action: 'case.register',
        target: id,
        after: { by: 'open311' },
      })
      return answerList(c, 'service_requests', 'request', [
        { service_request_id: id, service_notice: null, account_id: callerOf(c).userId },
      ], 201) as never
    })
  }

  return api
    .openapi(get('/services/{file}', 'What else may be told with a service', 'Its attributes', byFile), (c) => {
      const kind = CaseKind.safeParse(nameIn(c))
      if (!isOurs(c.req.valid('query').jurisdiction_id))
        return elsewhere(c) as never
      if (!kind.success)
        return answerErrors(c, 404, ['service_code provided was not found']) as never
      const { service_code, attributes } = definitionOf(kind.data)
      // The one answer that is no list: its XML is the definition itself.
      return (isXml(c)
        ? c.body(toXml('service_definition', 'attributes', [attributes!], { '': 'attribute', 'values': 'value' }).replace('<service_definition>', `<service_definition><service_code>${String(service_code)}</service_code>`), 200, { 'Content-Type': 'text/xml; charset=utf-8' })
        : c.json({ service_code, attributes })) as never
    })
    .openapi(get('/requests/{file}', 'One case; nothing personal', 'A list of one', byFile), async (c) => {
      const id = nameIn(c)
      const found = id && isOurs(c.req.valid('query').jurisdiction_id)
        ? await findPublicCases(sql, {
            ids: [id],
            limit: 1,
            offset: 0,
          })
        : []
      return (found.length > 0
        ? answerList(c, 'service_requests', 'request', found.map(requestOf))
        : answerErrors(c, 404, ['service_request_id provided was not found'])) as never
    })
    .openapi(get('/tokens/{file}', 'The number behind a token', 'Every number is given at once and is its own token', byFile), async (c) => {
      const id = nameIn(c)
      const found = id
        ? await findPublicCases(sql, {
            ids: [id],
            limit: 1,
            offset: 0,
          })
        : []
      return (found.length > 0
        ? answerList(c, 'service_requests', 'request', [
            { token: id!, service_request_id: id! },
          ])
        : answerErrors(c, 404, ['token provided was not found'])) as never
    })
}
