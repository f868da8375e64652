import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../server/config.ts'
import { newApi } from '../../server/http/api.ts'
import { loopbackProxies } from '../../server/http/client-address.ts'
import { limitRate } from '../../server/http/limit-rate.ts'
import { networkOf } from '../../server/http/network-of.ts'
import { onError } from '../../server/http/on-error.ts'
import { parseRateLimits } from '../../server/http/rate-limit-settings.ts'
import { createRateLimiter } from '../../server/http/rate-limiter.ts'
import { createLog } from '../../server/log.ts'

describe('a limit of 10 in 60 seconds', () => {
  const limit = { points: 10, seconds: 60 }

  it('lets ten through at once and tells when the next may come', () => {
    const limiter = createRateLimiter(limit)
    const answers = Array.from({ length: 12 }, () => limiter.take('a', 1000))
    expect(answers).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 6])
    expect(limiter.take('b', 1000)).toBe(0)
  })

  it('refills evenly, and refused attempts do not push the time away', () => {
    const limiter = createRateLimiter(limit)
    for (let n = 0; n < 100; n++)
      limiter.take('a', 0)
    expect(limiter.take('a', 5900)).toBe(1)
    expect(limiter.take('a', 6000)).toBe(0)
    expect(limiter.take('a', 6000)).toBe(6)
    expect(Array.from({ length: 11 }, () => limiter.take('a', 120_000)).filter(seconds => seconds === 0)).toHaveLength(10)
  })

  it('remembers a bounded number of keys, whoever comes: the rest share one bucket', () => {
    const limiter = createRateLimiter(limit, 100)
    for (let n = 0; n < 1000; n++)
      limiter.take(`key ${n}`, 0)
    expect(limiter.size()).toBeLessThanOrEqual(101)
    expect(limiter.take('another', 0)).toBeGreaterThan(0)
    expect(limiter.take('key 5', 0)).toBe(0)
    expect(limiter.take('another', 70_000)).toBe(0)
    expect(limiter.size()).toBe(1)
  })
})

describe('one sender', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::', '2001:db8:1:2::/64'],
    ['2001:db8::7', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['2001:0db8:0001:2::192.0.2.1', '2001:db8:1:2::/64'],
    ['unknown', 'unknown'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})

it('limits are settings: name=requests/seconds', () => {
  expect(parseRateLimits('sign-in=3/10, program=off')).toMatchObject({
    'sign-in': { points: 3, seconds: 10 },
    'program': null,
    'upload': { points: 300, seconds: 600 },
  })
  for (const wrong of [
    'sign-in',
    'sign-in=3',
    'lunch=1/1',
    'sign-in=0/10',
    'sign-in=3/0',
    'toString=1/1',
  ])
    expect(parseRateLimits(wrong)).toBeNull()
  expect(parseConfig({ RATE_LIMITS: 'person=1/1' }).rateLimits.person).toEqual({ points: 1, seconds: 1 })
  expect(() => parseConfig({ RATE_LIMITS: 'often' })).toThrow('RATE_LIMITS')
})

describe('requests above the limit', () => {
  function appWith(limits: string) {
    const app = newApi()
    app.onError(onError(createLog('silent')))
    const { beforeGuard, afterGuard } = limitRate(parseRateLimits(limits)!, { trustedProxies: loopbackProxies })
    app.use(beforeGuard)
    app.use(async (c, next) => {
      const userId = c.req.header('x-test-user')
      if (userId)
        c.set('caller' as never, { userId } as never)
      await next()
    })
    app.use(afterGuard)
    app.all('*', c => c.text('ok'))
    const send = async (method: string, path: string, { from = '203.0.113.9', user, token, via }: { from?: string, user?: string, token?: string, via?: string } = {}) => {
      const headers = {
        ...(user && { 'x-test-user': user }),
        ...(token && { authorization: `Bearer ${token}` }),
      }
      return app.request(path, { method, headers }, {
        incoming: {
          socket: { remoteAddress: via ?? from },
          headers: via
            ? { 'x-forwarded-for': from }
            : {},
        },
      })
    }
    const statuses = async (times: number, ...request: Parameters<typeof send>) => {
      const answers = []
      for (let n = 0; n < times; n++)
        answers.push((await send(...request)).status)
      return answers
    }
    return { send, statuses }
  }

  it('are told so as problem details, with the seconds to wait', async () => {
    const { send, statuses } = appWith('sign-in=2/600')
    expect(await statuses(2, 'POST', '/api/auth/sign-in/username')).toEqual([200, 200])
    const refused = await send('POST', '/api/auth/sign-in/username')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('Content-Type')).toBe('application/problem+json')
    expect(refused.headers.get('Retry-After')).toBe('300')
    expect(await refused.json()).toMatchObject({ type: 'urn:huizhi:problem:too-many-requests', status: 429 })
    expect(await statuses(1, 'POST', '/api/auth/two-factor/verify-totp')).toEqual([429])
  })

  it('of sign-in and the resident\'s form are counted by address, behind a proxy by the true one', async () => {
    const { statuses } = appWith('sign-in=1/600,report=2/600')
    expect(await statuses(2, 'POST', '/api/auth/sign-in/username')).toEqual([200, 429])
    expect(await statuses(2, 'POST', '/api/auth/sign-in/username', { from: '203.0.113.10' })).toEqual([200, 429])
    expect(await statuses(2, 'POST', '/api/auth/sign-in/username', { from: '203.0.113.11', via: '127.0.0.1' })).toEqual([200, 429])
    // who is no proxy of ours cannot change its address
    expect(await statuses(1, 'POST', '/api/auth/sign-in/username', { from: '6.6.6.6', via: '203.0.113.9' })).toEqual([429])
    expect(await statuses(3, 'POST', '/api/v1/reports')).toEqual([200, 200, 429])
    expect(await statuses(1, 'POST', '/api/v1/reports/status')).toEqual([429])
    expect(await statuses(2, 'GET', '/api/v1/reports/start')).toEqual([200, 200])
  })

  it('of who signed in are counted by account, programs by a wider measure', async () => {
    const { statuses } = appWith('person=2/600,program=3/600')
    expect(await statuses(3, 'GET', '/api/v1/cases', { user: 'duty' })).toEqual([200, 200, 429])
    expect(await statuses(1, 'GET', '/api/v1/cases', { user: 'grid' })).toEqual([200])
    expect(await statuses(4, 'POST', '/api/v1/cases', { user: 'duty', token: 't' })).toEqual([200, 200, 200, 429])
  })

  it('that bring files have a limit of their own', async () => {
    const { statuses } = appWith('upload=1/600')
    expect(await statuses(2, 'POST', '/api/v1/uploads', { user: 'duty' })).toEqual([200, 429])
    expect(await statuses(1, 'GET', '/api/v1/cases', { user: 'duty' })).toEqual([200])
  })

  it('of nobody known are counted by address; the pages themselves are not', async () => {
    const { statuses } = appWith('anonymous=1/600')
    expect(await statuses(2, 'GET', '/tiles/14/1/1.mvt')).toEqual([200, 429])
    expect(await statuses(1, 'GET', '/api/v1/me')).toEqual([429])
    expect(await statuses(3, 'GET', '/wall')).toEqual([200, 200, 200])
  })
})

it('by default a program may post 5,000 cases a second', () => {
  const limiter = createRateLimiter(parseRateLimits('')!.program!)
  const refused = Array.from({ length: 120_000 }, (_, n) => limiter.take('bench', n / 2)).filter(seconds => seconds > 0)
  expect(refused).toEqual([])
})
