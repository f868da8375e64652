import { expect, it } from 'vitest'
import { ADDRESS_HEADER, addressOf, loopbackProxies, parseProxies, withAddress } from '../../server/http/client-address.ts'

function from(remoteAddress: string | undefined, forwardedFor?: string, trusted = loopbackProxies) {
  return addressOf({
    socket: { remoteAddress } as never,
    headers: forwardedFor === undefined
      ? {}
      : { 'x-forwarded-for': forwardedFor },
  }, trusted)
}

it('without a proxy it is the address of the socket', () => {
  expect(from('203.0.113.9')).toBe('203.0.113.9')
  expect(from('::ffff:203.0.113.9')).toBe('203.0.113.9')
  expect(from('fe80::1%eth0')).toBe('fe80::1')
  expect(from(undefined)).toBe('unknown')
})

it('somebody who is no trusted proxy cannot speak for others', () => {
  expect(from('203.0.113.9', '10.0.0.1')).toBe('203.0.113.9')
  expect(from('203.0.113.9', '127.0.0.1')).toBe('203.0.113.9')
})

it('behind a proxy it is what the proxy wrote, not what the client wrote before it', () => {
  expect(from('127.0.0.1', '203.0.113.9')).toBe('203.0.113.9')
  expect(from('::1', '6.6.6.6, 203.0.113.9')).toBe('203.0.113.9')
  expect(from('127.0.0.1', '203.0.113.9:4711')).toBe('203.0.113.9')
  expect(from('127.0.0.1', '[2001:db8::7]:4711')).toBe('2001:db8::7')
})

it('several trusted proxies in a row are all passed', () => {
  const trusted = parseProxies('10.0.0.0/8, 2001:db8:1::/48')!
  expect(from('10.1.1.1', '6.6.6.6, 203.0.113.9, 10.2.2.2, 2001:db8:1::5', trusted)).toBe('203.0.113.9')
  expect(from('10.1.1.1', '10.3.3.3, 10.2.2.2', trusted)).toBe('10.3.3.3')
})

it('rubbish in the header leaves the proxy as the one who asks', () => {
  expect(from('127.0.0.1', 'localhost')).toBe('127.0.0.1')
  expect(from('127.0.0.1', '203.0.113.9, <script>')).toBe('127.0.0.1')
  expect(from('127.0.0.1', ',,,')).toBe('127.0.0.1')
})

it('a list of proxies is addresses and networks, nothing else', () => {
  for (const wrong of [
    'localhost',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '::1/129',
    '10.0.0',
    '10.0.0.0/x',
  ])
    expect(parseProxies(wrong)).toBeNull()
  expect(parseProxies('')!.check('127.0.0.1')).toBe(false)
})

it('the address that the accounts are told is ours, whatever came from outside', async () => {
  const request = withAddress(new Request('http://localhost/api/auth/sign-in/username', {
    method: 'POST',
    headers: { [ADDRESS_HEADER]: '6.6.6.6' },
    body: '{"username":"duty"}',
  }), '203.0.113.9')
  expect(request.headers.get(ADDRESS_HEADER)).toBe('203.0.113.9')
  expect(await request.json()).toEqual({ username: 'duty' })
})
