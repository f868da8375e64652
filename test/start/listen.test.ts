import { expect, it } from 'vitest'
import { listen } from '../../server/http/listen.ts'

it('until the application is there requests are told to come back, afterwards it answers', async () => {
  const http = await listen({ host: '127.0.0.1', port: 0 })
  const early = await fetch(`${http.url}/wall`)
  expect(early.status).toBe(503)
  expect(early.headers.get('retry-after')).toBe('1')
  expect(await early.json()).toMatchObject({ type: 'urn:huizhi:problem:starting', status: 503 })
  expect((await fetch(`${http.url}/healthz`)).status).toBe(200)
  http.serve(() => new Response('hello'))
  expect(await (await fetch(`${http.url}/wall`)).text()).toBe('hello')
  await http.close()
})

it('a busy port is told in one line', async () => {
  const http = await listen({ host: '127.0.0.1', port: 0 })
  const port = Number(new URL(http.url).port)
  await expect(listen({ host: '127.0.0.1', port })).rejects.toThrow(`PORT ${port} is used by another program`)
  await http.close()
})

it('a port that is given up within two seconds is waited for', async () => {
  const former = await listen({ host: '127.0.0.1', port: 0 })
  const port = Number(new URL(former.url).port)
  setTimeout(former.close, 500)
  const http = await listen({ host: '127.0.0.1', port })
  await http.close()
})

it.each(['203.0.113.7', 'no-such-host.invalid'])('%s is no address of this machine', async (host) => {
  await expect(listen({ host, port: 0 })).rejects.toThrow(`HOST ${host} is not an address of this machine`)
})

it('a stop does not wait for a request that never ends', async () => {
  const http = await listen({ host: '127.0.0.1', port: 0 })
  http.serve(() => new Promise(() => {}))
  const request = fetch(http.url).catch(error => error)
  await new Promise(resolve => http.server.once('request', resolve))
  const begun = Date.now()
  await http.close()
  expect(Date.now() - begun).toBeLessThan(3000)
  expect(await request).toBeInstanceOf(Error)
})
