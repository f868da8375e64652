import { expect, it } from 'vitest'
import { connect } from '../../db/connect.ts'
import { testHttp } from '../world/http.ts'

const http = testHttp(connect('postgres://nobody@127.0.0.1:1/nothing'))
interface Document { openapi: string, paths: Record<string, Record<string, { responses: Record<string, unknown> }>>, components: { schemas: Record<string, unknown> } }
const documentOf = async () => await (await http.get('/openapi.json')).json() as Document

it('every route of the API is documented', async () => {
  const { openapi, paths } = await documentOf()
  expect(openapi).toBe('3.1.0')
  const documented = Object.entries(paths).flatMap(([path, item]) => Object.keys(item).map(method => `${method} ${path}`))
  expect(documented.length).toBeGreaterThan(12)
  const served = http.app.routes.filter(({ path, method }) => /^\/(?:api\/v1|open311)\//.test(path) && method !== 'ALL').map(({ path, method }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  expect(new Set(served)).toEqual(new Set(documented))
})

it('the schemas of the contract are its components', async () => {
  const { components } = await documentOf()
  for (const name of [
    'Case',
    'CaseFeature',
    'CaseInput',
    'CaseActionInput',
    'CaseKind',
    'Coverage',
    'LogEvent',
    'Problem',
    'Region',
    'Worksite',
  ])
    expect(Object.keys(components.schemas)).toContain(name)
})

it('the page needs no script and nothing from outside', async () => {
  const response = await http.get('/docs')
  const page = await response.text()
  expect(page).toContain('/api/v1/cases/{id}/actions/{action}')
  expect(page).not.toMatch(/<script|https?:\/\/|style=/)
  expect((await http.get('/docs/style.css')).headers.get('Content-Type')).toContain('text/css')
  // Its links lead somewhere.
  const anchors = new Set([
    ...page.matchAll(/id="([^"]+)"/g),
  ].map(([, id]) => id))
  for (const [, name] of page.matchAll(/href="#([^"]+)"/g))
    expect(anchors).toContain(name)
})
