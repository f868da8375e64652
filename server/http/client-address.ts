import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** Addresses whose X-Forwarded-For is believed: the reverse proxies in front of this server. */
export type TrustedProxies = Pick<BlockList, 'check'>

/** Given where a call comes from inside the process, not over a socket. */
export const IN_PROCESS = '127.0.0.1'

/** The header under which the accounts' library learns the address. It is always set here, never taken from outside. */
export const ADDRESS_HEADER = 'x-huizhi-address'

/** A longer chain of proxies than this is somebody's invention. */
const MAX_HOPS = 16

/**
 * Where a request comes from: the socket's address, or, where that is a trusted proxy, what the proxy says. X-Forwarded-For is
 * read from its end, where the nearest proxy wrote, and only as far as the ones that wrote are trusted: what a client puts
 * there itself stands to the left of its own address and is never reached.
 *
 * `127.0.0.1` sends `X-Forwarded-For: 6.6.6.6, 203.0.113.9` → `203.0.113.9`
 */
export function addressOf(incoming: Pick<IncomingMessage, 'socket' | 'headers'> | undefined, trusted: TrustedProxies): string {
  if (!incoming)
    return IN_PROCESS
  let address = plainAddress(incoming.socket.remoteAddress) ?? 'unknown'
  const hops = incoming.headers['x-forwarded-for']?.toString().split(',').slice(-MAX_HOPS) ?? []
  while (hops.length > 0 && isTrusted(address, trusted)) {
    const said = plainAddress(hops.pop())
    if (said === null)
      break
    address = said
  }
  return address
}

/** The request as the accounts' library gets it: with the true address, whatever the header held before. */
export function withAddress(request: Request, address: string): Request {
  const headers = new Headers(request.headers)
  headers.set(ADDRESS_HEADER, address)
  return new Request(request, { headers })
}

/** `10.0.0.0/8, 127.0.0.1, ::1` → what `addressOf` takes. null: not a list of addresses or networks. */
export function parseProxies(text: string): TrustedProxies | null {
  const list = new BlockList()
  for (const entry of text.split(',').map(entry => entry.trim()).filter(Boolean)) {
    const [address = '', bits, ...rest] = entry.split('/')
    const family = familyOf(address)
    if (!family || rest.length > 0)
      return null
    if (bits === undefined) {
      list.addAddress(address, family)
      continue
    }
    if (!/^\d{1,3}$/.test(bits) || Number(bits) > (family === 'ipv4'
      ? 32
      : 128)) {
      return null
    }
    list.addSubnet(address, Number(bits), family)
  }
  return list
}

/** This machine itself: a proxy beside the server, as docs/nginx.conf. */
export const loopbackProxies = parseProxies('127.0.0.0/8, ::1')!

function isTrusted(address: string, trusted: TrustedProxies): boolean {
  const family = familyOf(address)
  return family !== null && trusted.check(address, family)
}

/** `::ffff:10.0.0.1` → `10.0.0.1`, `fe80::1%eth0` → `fe80::1`, `10.0.0.1:4711` → `10.0.0.1`; null: no address. */
function plainAddress(text: string | undefined): string | null {
  const address = text?.trim()
    .replace(/^\[([^\]]*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '')
  return address && isIP(address)
    ? address
    : null
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  return ({ 4: 'ipv4', 6: 'ipv6' } as const)[isIP(address)] ?? null
}
