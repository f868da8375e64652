import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../db/connect.ts'
import { admit, isFromHere } from '../../server/http/admission.ts'
import { testHttp } from '../world/http.ts'

function arrival(remoteAddress: string | null, headers: Record<string, string> = {}, method = 'GET') {
  return admit({
    method,
    remoteAddress,
    header: name => headers[name],
  }, { publicOrigin: 'https://zhihui.example.gov.cn' })
}

function isHere(remoteAddress: string | null | undefined, headers: Record<string, string> = {}) {
  return isFromHere({
    method: 'GET',
    remoteAddress,
    header: name => headers[name],
  })
}

describe('this machine itself', () => {
  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '::1',
    '::ffff:127.0.0.1',
  ])('is %s', (address) => {
    expect(isHere(address)).toBe(true)
  })

  it.each([
    '10.0.0.8',
    '192.168.1.1',
    '::ffff:10.0.0.8',
    'fe80::1',
    '127.0.0.1.example.com',
    undefined,
  ])('is not %s', (address) => {
    expect(isHere(address)).toBe(false)
  })

  it('is not who comes through a proxy on it, nor under another name', () => {
    expect(isHere('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).toBe(true)
    expect(isHere('127.0.0.1', { 'x-forwarded-for': '203.0.113.9, 127.0.0.1' })).toBe(false)
    expect(isHere('127.0.0.1', { host: 'zhihui.example.gov.cn' })).toBe(false)
    expect(isHere('127.0.0.1', { host: 'localhost:8080' })).toBe(true)
  })
})

describe('the name in the address', () => {
  it('a foreign name that points here is not answered', () => {
    expect(arrival('127.0.0.1', { host: 'evil.example:8080' })).toMatchObject({ refused: 'misdirected' })
    for (const host of [
      'localhost:8080',
      '127.0.0.1:8080',
      '[::1]:8080',
      'LOCALHOST',
      '10.0.0.8:8080',
      '[fd00::8]:8080',
      'zhihui.example.gov.cn',
    ])
      expect(arrival('127.0.0.1', { host })).toEqual({ admitted: true })
  })
})

describe('a change', () => {
  const change = (headers: Record<string, string>) => arrival('127.0.0.1', { host: 'localhost:8080', ...headers }, 'POST')

  it('may come from our pages and from programs', () => {
    expect(change({ origin: 'http://localhost:8080' })).toEqual({ admitted: true })
    expect(change({ origin: 'https://zhihui.example.gov.cn' })).toEqual({ admitted: true })
    expect(change({})).toEqual({ admitted: true })
  })

  it.each([
    { origin: 'http://localhost:9999' },
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('does not come from another origin (%o)', (headers) => {
    expect(change(headers as unknown as Record<string, string>)).toMatchObject({ refused: 'forbidden' })
  })

  it('reading is not changing', () => {
    expect(arrival('127.0.0.1', { host: 'localhost:8080', origin: 'https://evil.example' })).toEqual({ admitted: true })
  })
})

describe('over a real socket', () => {
  const sql = connect('postgres://nobody@127.0.0.1:1/nothing')
  const server = createServer(getRequestListener(testHttp(sql).app.fetch))
  let port: number
  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  })
  afterAll(async () => {
    server.close()
    await sql.end()
  })

  async function statusWith(headers: Record<string, string>): Promise<number> {
    const sent = request({
      host: '127.0.0.1',
      port,
      path: '/healthz',
      headers,
      agent: false,
    })
    sent.end()
    const [answer] = await once(sent, 'response')
    answer.resume()
    return answer.statusCode
  }

  it('this machine is let in under its own name only', async () => {
    expect(await statusWith({})).toBe(200)
    expect(await statusWith({ host: 'evil.example' })).toBe(421)
  })
})
