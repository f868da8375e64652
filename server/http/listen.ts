import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { CannotStart } from '../cannot-start.ts'

type Fetch = (request: Request, bindings: object) => Response | Promise<Response>

export interface Listening {
  /** For socket.io to attach to. */
  server: Server
  /** As a browser on this machine would write it. */
  url: string
  /** From now on requests go to the application. */
  serve: (fetch: Fetch) => void
  close: () => Promise<void>
}

/**
 * Takes the port, before anything slow is begun: a busy one is told at once. Until `serve` requests are answered with 503.
 * Throws CannotStart.
 */
export async function listen({ host, port }: { host: string, port: number }): Promise<Listening> {
  let fetch: Fetch = answerStarting
  const server = createServer(getRequestListener((request, bindings) => fetch(request, bindings)))
  await listenOn(server, host, port)
  return {
    server,
    url: urlOf(server.address() as AddressInfo),
    serve: (given) => { fetch = given },
    async close() {
      if (!server.listening)
        return
      server.close()
      server.closeIdleConnections()
      // A request under way gets a moment, a kept-open stream does not hold up the stop.
      await Promise.race([
        once(server, 'close'),
        sleep(1000),
      ])
      server.closeAllConnections()
    },
  }
}

async function listenOn(server: Server, host: string, port: number): Promise<void> {
  for (let turn = 0; ; turn++) {
    try {
      server.listen({ host, port })
      await once(server, 'listening')
      return
    }
    catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      // A server that is just being stopped gets a moment to let go.
      if (code === 'EADDRINUSE' && turn < 20)
        await sleep(100)
      else
        throw new CannotStart(explain(code, message, host, port))
    }
  }
}

function explain(code: string | undefined, message: string, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `端口 ${port} 已被占用 · PORT ${port} is used by another program: stop it, or set another PORT.`
    case 'EACCES':
      return `无权使用端口 ${port} · PORT ${port} may not be used by this user: set one above 1023.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST 不是本机地址 · HOST ${host} is not an address of this machine.`
    default:
      return `无法监听 ${host}:${port} · HOST ${host}, PORT ${port}: ${message}`
  }
}

function urlOf({ address, port, family }: AddressInfo): string {
  const anywhere = address === '0.0.0.0' || address === '::'
  return `http://${anywhere
    ? '127.0.0.1'
    : family === 'IPv6'
      ? `[${address}]`
      : address}:${port}`
}

/** The process lives, all else has to wait. */
function answerStarting(request: Request): Response {
  if (new URL(request.url).pathname === '/healthz')
    return Response.json({ status: 'starting' })
  const problem = { type: 'urn:huizhi:problem:starting', title: 'The server is starting', status: 503 }
  return Response.json(problem, {
    status: 503,
    headers: { 'content-type': 'application/problem+json', 'retry-after': '1' },
  })
}
