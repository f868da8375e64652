import type { IncomingMessage } from 'node:http'
import type { Config } from '../config.ts'
import { isIP } from 'node:net'

/** What a request tells about where it comes from, before anything else is looked at. */
export interface Arrival {
  method: string
  /** null: it did not come over a socket (a call inside the process). */
  remoteAddress: string | null | undefined
  header: (name: string) => string | null | undefined
}

export function arrivalOf({ method = 'GET', headers, socket }: IncomingMessage): Arrival {
  return {
    method,
    remoteAddress: socket.remoteAddress,
    header: name => headers[name]?.toString(),
  }
}

export type Admission = { admitted: true } | { refused: 'forbidden' | 'misdirected', detail: string }

/**
 * Whether a request may come in at all, whoever sends it; for HTTP and for the socket's handshake.
 *
 * It must be addressed to PUBLIC_ORIGIN, or to this machine by address: a page of another site whose name was made to point
 * here (DNS rebinding) is not answered. Requests that change something must not come from another origin; programs send no
 * Origin and pass.
 */
export function admit({ method, header }: Arrival, { publicOrigin }: Pick<Config, 'publicOrigin'>): Admission {
  const host = header('host')
  if (host && !isAddress(host) && host !== (publicOrigin && new URL(publicOrigin).host))
    return { refused: 'misdirected', detail: `Use an address of this machine or PUBLIC_ORIGIN instead of ${host}.` }

  if (!['GET', 'HEAD', 'OPTIONS'].includes(method)) {
    const origin = header('origin')
    if (origin
      ? !isOwnOrigin(origin, host, publicOrigin)
      : ['cross-site', 'same-site'].includes(header('sec-fetch-site') ?? '')) {
      return { refused: 'forbidden', detail: 'A page of another origin may not change anything here.' }
    }
  }
  return { admitted: true }
}

/** Whether a page of this origin is one of ours. */
export function isOwnOrigin(origin: string, host: string | null | undefined, publicOrigin: string | null): boolean {
  return origin === publicOrigin || (!!host && (origin === `http://${host}` || origin === `https://${host}`))
}

/** From this machine itself, also by a proxy on it, under a name that no other site can have. */
export function isFromHere({ remoteAddress, header }: Arrival): boolean {
  const forwardedFor = header('x-forwarded-for')?.split(',').map(address => address.trim()) ?? []
  const host = header('host')
  return (remoteAddress === null || [remoteAddress ?? '', ...forwardedFor].every(isLoopback)) && (!host || isLoopbackHost(host))
}

function isLoopback(address: string): boolean {
  return /^(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address) || address === '::1'
}

function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d+)?$/i.test(host)
}

/** An address, not a name: nobody else's name can lead to it. */
function isAddress(host: string): boolean {
  return isLoopbackHost(host) || isIP(host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')) !== 0
}
