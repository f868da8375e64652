import type { OpenAPIHono } from '@hono/zod-openapi'
import { Hono } from 'hono'
import { docsPage, docsStyle } from './docs-page.ts'

const info = {
  openapi: '3.1.0',
  info: {
    title: '慧治一张图 · Huizhi',
    version: '1',
    description: 'Cases, layers and the event log of a subdistrict’s governance centre. GeoJSON is WGS84, [lng, lat]; errors are RFC 9457 problem details. Live changes come over socket.io, namespace /live.',
  },
}

/** `/openapi.json` and `/docs` of the routes of `api`, made once, when somebody first asks. */
export function docsRoutes(api: OpenAPIHono): Hono {
  let document: ReturnType<OpenAPIHono['getOpenAPI31Document']> | undefined
  let page: string | undefined
  const documented = () => document ??= api.getOpenAPI31Document(info)
  return new Hono()
    .get('/openapi.json', c => c.json(documented(), 200, { 'Cache-Control': 'no-cache' }))
    .get('/docs', c => c.html(page ??= docsPage(documented()), 200, { 'Cache-Control': 'no-cache' }))
    .get('/docs/style.css', c => c.body(docsStyle, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' }))
}
