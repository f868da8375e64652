import { SaxesParser } from 'saxes'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { identityOf, testHttp } from '../world/http.ts'
import { imported } from '../world/import.ts'
import { smallTown } from '../world/regions.ts'

const { sql, drop } = await testDatabase()
const cases = caseContext(sql)
const http = testHttp(sql, {
  cases: {
    ...cases,
    places: { ...cases.places, home: '370102009' },
  },
  identify: async headers => headers.get('Authorization') === 'Bearer duty-token'
    ? identityOf('duty')
    : headers.get('Authorization') === 'Bearer planner-token'
      ? identityOf('planner')
      : null,
})
afterAll(drop)

type Item = Record<string, unknown>
const list = async (path: string) => await (await http.get(`/open311/v2${path}`)).json() as Item[]
function post(path: string, fields: Record<string, string>) {
  return http.request(`/open311/v2${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })
}

/** XML as nested lists of [name, text or children], so that a test sees both the shape and that it is well-formed. */
type Node = [name: string, content: string | Node[]]
function parsed(xml: string): Node {
  expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>')).toBe(true)
  const stack: { name: string, nodes: Node[], text: string }[] = [
    { name: '', nodes: [], text: '' },
  ]
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => stack.push({ name, nodes: [], text: '' }))
  parser.on('text', text => stack.at(-1)!.text += text)
  parser.on('closetag', () => {
    const { name, nodes, text } = stack.pop()!
    stack.at(-1)!.nodes.push([
      name,
      nodes.length > 0
        ? nodes
        : text,
    ])
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return stack[0]!.nodes[0]!
}
async function xmlOf(path: string) {
  const response = await http.get(`/open311/v2${path}`)
  expect(response.headers.get('Content-Type')).toBe('text/xml; charset=utf-8')
  return parsed(await response.text())
}
const namesIn = ([, content]: Node) => (content as Node[]).map(([name]) => name)
const valueIn = ([, content]: Node, name: string) => (content as Node[]).find(([other]) => other === name)?.[1]

beforeAll(async () => {
  await imported(sql, 'regions', smallTown())
  await imported(sql, 'cases', [
    '工单编号,内容,类别,状态,地址,反映时间,经度,纬度,联系人,联系电话',
    'P1,张三家漏水 <急> & 无人管,物业,办理中,甸新路3号2单元301,2026-11-02 08:30,117.0023,36.6024,张三,13800138000',
    'P2,垃圾没清,环卫,已结案,,2026-11-03 08:30,117.0123,36.6024,,',
    'P3,久远的事,噪声,办理中,,2026-01-03 08:30,,,,',
  ].join('\n'))
})

const fieldsOfSpec = [
  'service_request_id',
  'status',
  'status_notes',
  'service_name',
  'service_code',
  'description',
  'agency_responsible',
  'service_notice',
  'requested_datetime',
  'updated_datetime',
  'expected_datetime',
  'address',
  'address_id',
  'zipcode',
  'lat',
  'long',
  'media_url',
]
const november = 'start_date=2026-11-01T00:00:00Z&end_date=2026-11-30T00:00:00Z'

it('services are the kinds of cases, in both formats with the fields of the specification', async () => {
  const services = await list('/services.json')
  expect(services.map(({ service_code }) => service_code)).toContain('property')
  expect(Object.keys(services[0]!)).toEqual([
    'service_code',
    'service_name',
    'description',
    'metadata',
    'type',
    'keywords',
    'group',
  ])
  const [root, nodes] = await xmlOf('/services.xml')
  expect(root).toBe('services')
  expect((nodes as Node[]).map(([name]) => name)).toEqual(services.map(() => 'service'))
  expect(valueIn((nodes as Node[])[0]!, 'type')).toBe('realtime')
})

it('a service has its attributes, an unknown one is 404 in the shape of the specification', async () => {
  const definition = await (await http.get('/open311/v2/services/property.json')).json() as { service_code: string, attributes: Item[] }
  expect(definition).toMatchObject({
    service_code: 'property',
    attributes: [
      { code: 'urgency', datatype: 'singlevaluelist', required: false },
    ],
  })
  const xml = await xmlOf('/services/property.xml')
  expect([
    xml[0],
    namesIn(xml),
    valueIn(xml, 'service_code'),
  ]).toEqual([
    'service_definition',
    ['service_code', 'attributes'],
    'property',
  ])
  const [attribute] = valueIn(xml, 'attributes') as Node[]
  expect([
    attribute![0],
    namesIn(attribute!).includes('values'),
  ]).toEqual(['attribute', true])
  expect((await http.get('/open311/v2/services/nothing.json')).status).toBe(404)
  expect(await list('/services/nothing.json')).toEqual([
    { code: 404, description: 'service_code provided was not found' },
  ])
  expect(await xmlOf('/services/nothing.xml')).toEqual([
    'errors',
    [
      [
        'error',
        [
          ['code', '404'],
          ['description', 'service_code provided was not found'],
        ],
      ],
    ],
  ])
})

it('requests have every field of the specification and the states beyond it, and nothing personal', async () => {
  const path = `/requests.json?${november}`
  const requests = await list(path)
  expect(requests).toHaveLength(2)
  expect(Object.keys(requests[0]!)).toEqual([...fieldsOfSpec, 'extended_attributes'])
  expect(requests[1]).toMatchObject({
    status: 'open',
    service_code: 'property',
    requested_datetime: '2026-11-02T00:30:00Z',
    lat: 36.602,
    long: 117.002,
    extended_attributes: { state: 'in-progress', urgency: 'normal', supervised: false },
  })
  const xml = await (await http.get(`/open311/v2/requests.xml?${november}`)).text()
  const [root, nodes] = parsed(xml)
  expect([
    root,
    (nodes as Node[]).map(([name]) => name),
  ]).toEqual([
    'service_requests',
    ['request', 'request'],
  ])
  expect(namesIn((nodes as Node[])[1]!)).toEqual([...fieldsOfSpec, 'extended_attributes'])
  for (const text of [
    JSON.stringify(requests),
    xml,
  ])
    expect(text).not.toMatch(/张三|1380013|301|漏水|117\.0023/)
})

it('each filter keeps what it says; without dates the last 90 days are meant', async () => {
  const kinds = async (query: string) => (await list(`/requests.json?${query}`)).map(({ service_code }) => service_code)
  expect(await kinds(`${november}&status=closed`)).toEqual(['sanitation'])
  expect(await kinds(`${november}&status=open,closed&service_code=property,noise`)).toEqual(['property'])
  expect(await kinds(`${november}&lat=36.602&long=117.0021&radius=150`)).toEqual(['property'])
  expect(await kinds('start_date=2026-01-01T00:00:00Z')).toEqual(['noise'])
  expect(await kinds(`${november}&page_size=1&page=2`)).toEqual(['property'])
  const [{ service_request_id: id }] = await list(`/requests.json?service_code=noise&start_date=2026-01-01T00:00:00Z`) as [Item]
  expect(await kinds(`service_request_id=${String(id)},GD0`)).toEqual(['noise'])
  expect((await list(`/requests/${String(id)}.json`))[0]).toMatchObject({ service_request_id: id, lat: null })
  expect(await list(`/tokens/${String(id)}.json`)).toEqual([
    { token: id, service_request_id: id },
  ])
  expect((await http.get('/open311/v2/requests/GD0.xml')).status).toBe(404)
})

it('wrong values and another jurisdiction are told in both formats', async () => {
  expect((await http.get('/open311/v2/requests.json?status=half')).status).toBe(400)
  expect((await list('/requests.json?status=half'))[0]).toMatchObject({
    code: 400,
    description: expect.stringContaining('status'),
  })
  expect((await xmlOf('/requests.xml?start_date=yesterday'))[0]).toBe('errors')
  expect((await http.get('/open311/v2/services.json?jurisdiction_id=boston.gov')).status).toBe(404)
  expect((await http.get('/open311/v2/services.json?jurisdiction_id=370102009')).status).toBe(200)
  expect((await list('/nothing.json'))[0]).toMatchObject({ code: 404 })
})

it('a request is posted with an account\'s token and becomes a case', async () => {
  const fields = {
    'api_key': 'duty-token',
    'service_code': 'noise',
    'description': '夜里施工',
    'lat': '36.6024',
    'long': '117.0023',
    'first_name': '四',
    'last_name': '李',
    'phone': '13900139000',
    'attribute[urgency]': 'urgent',
  }
  const response = await post('/requests.json', fields)
  expect(response.status).toBe(201)
  const [said] = await response.json() as [Item]
  expect(Object.keys(said)).toEqual(['service_request_id', 'service_notice', 'account_id'])
  expect((await sql`select kind, urgency, content, contact_phone is not null as has_phone from cases where id = ${String(said.service_request_id)}`)[0]).toEqual({
    kind: 'noise',
    urgency: 'urgent',
    content: '夜里施工',
    has_phone: true,
  })
  const xml = parsed(await (await post('/requests.xml', { ...fields, description: 'a < b & c' })).text())
  expect([
    xml[0],
    namesIn((xml[1] as Node[])[0]!),
  ]).toEqual([
    'service_requests',
    ['service_request_id', 'service_notice', 'account_id'],
  ])
})

it('without a key, with a wrong one, or one that may not report: 403; what is missing: 400; an unknown service: 404', async () => {
  const fields = { service_code: 'noise', description: '夜里施工', address_string: '甸新路3号' }
  const errors = async (path: string, body: Record<string, string>) => {
    const response = await post(path, body)
    return { status: response.status, said: await response.text() }
  }
  expect(await errors('/requests.json', fields)).toMatchObject({
    status: 403,
    said: expect.stringContaining('api_key'),
  })
  expect((await errors('/requests.json', { ...fields, api_key: 'wrong' })).status).toBe(403)
  expect((await errors('/requests.json', { ...fields, api_key: 'planner-token' })).status).toBe(403)
  const key = { api_key: 'duty-token' }
  expect((await errors('/requests.json', { ...key, description: 'x', address_string: 'y' })).said).toContain('service_code was not provided')
  expect((await errors('/requests.json', {
    ...fields,
    ...key,
    service_code: 'dragons',
  })).status).toBe(404)
  expect((await errors('/requests.json', { ...key, service_code: 'noise', description: 'x' })).said).toContain('address_string')
  expect(parsed((await errors('/requests.xml', { ...key, service_code: 'noise', address_string: 'y' })).said)[0]).toBe('errors')
})
