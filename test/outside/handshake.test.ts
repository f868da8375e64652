import { once } from 'node:events'
import { afterAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { testDatabase } from '../world/database.ts'
import { liveWorld } from '../world/live.ts'

const db = await testDatabase()
const world = await liveWorld(db, { publicOrigin: 'https://zhihui.example.gov.cn' })
afterAll(async () => {
  await world.stop()
  await db.drop()
})

/** The status that refuses the handshake, or 101. */
async function handshake(headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { headers })
  socket.on('error', () => {})
  const status = await Promise.race([
    once(socket, 'open').then(() => 101),
    once(socket, 'unexpected-response').then(([, answer]) => answer.statusCode as number),
  ])
  socket.terminate()
  return status
}

describe('the socket\'s handshake', () => {
  it('is for our own pages and for programs', async () => {
    expect(await handshake({})).toBe(101)
    expect(await handshake({ origin: world.url })).toBe(101)
    expect(await handshake({ origin: 'https://zhihui.example.gov.cn' })).toBe(101)
    expect(await handshake({ origin: 'https://zhihui.example.gov.cn', host: 'zhihui.example.gov.cn' })).toBe(101)
  })

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
    { origin: 'http://evil.example', host: 'evil.example' },
    { host: 'evil.example' },
    { 'sec-fetch-site': 'cross-site' },
  ])('is not for %o', async (headers) => {
    expect(await handshake(headers as unknown as Record<string, string>)).toBe(400)
  })
})

it('what is no handshake is refused as data that nothing can be done with', async () => {
  for (const path of [
    '/socket.io/',
    '/socket.io/?EIO=4&transport=polling',
    '/socket.io/?EIO=4&transport=%3Cscript%3E',
    '/socket.io/?EIO=4&transport=websocket&sid=1',
  ]) {
    const response = await fetch(world.url + path)
    expect(response.status).toBe(400)
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(response.headers.get('Content-Security-Policy')).toContain('default-src \'none\'')
    expect(await response.text()).not.toContain('<script>')
  }
})
