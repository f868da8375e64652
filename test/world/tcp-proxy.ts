import type { AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/** What a bad line does to what passes; each way. */
export interface LineFaults {
  /** Milliseconds that everything is delayed. */
  latencyMs: number
  /** Bytes a second at most; Infinity = as fast as it goes. */
  bytesPerSecond: number
  /** Largest piece that passes at once, in bytes. */
  sliceBytes: number
  /** Nothing passes and nobody is told: connections that are there now, or come now, stay half-open for good. */
  deaf: boolean
  /** New connections are refused. */
  refuse: boolean
}

export interface TcpProxy {
  port: number
  set: (faults: Partial<LineFaults>) => void
  /** Ends all connections at once, as a reset does. */
  reset: () => void
  connections: () => number
  /** Bytes that went from the target to clients. */
  bytesDown: () => number
  /** Leads new connections to another port. */
  leadTo: (port: number) => void
  close: () => Promise<void>
}

const goodLine: LineFaults = {
  latencyMs: 0,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  sliceBytes: Number.POSITIVE_INFINITY,
  deaf: false,
  refuse: false,
}

/** A line between client and server that can be spoiled at will. A fault set now holds for what comes from now on. */
export async function tcpProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<[Socket, Socket]>()
  const dead = new WeakSet<[Socket, Socket]>()
  let faults = { ...goodLine }
  let target = targetPort
  let down = 0

  const server = createServer((client) => {
    if (faults.refuse)
      return client.resetAndDestroy()
    const upstream = connect(target, '127.0.0.1')
    const pair: [Socket, Socket] = [client, upstream]
    pairs.add(pair)
    if (faults.deaf)
      dead.add(pair)
    for (const [from, to] of [
      pair,
      [upstream, client],
    ] as const) {
      from.setNoDelay(true)
      carry(from, to, () => dead.has(pair)
        ? null
        : faults, bytes => down += from === upstream
        ? bytes
        : 0)
      from.on('error', () => {})
      from.on('close', () => {
        pairs.delete(pair)
        if (!dead.has(pair))
          to.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  function reset() {
    for (const pair of pairs)
      pair.forEach(socket => socket.resetAndDestroy())
  }

  return {
    port: (server.address() as AddressInfo).port,
    set: (changed) => {
      faults = {
        ...faults,
        ...changed,
      }
      if (faults.deaf)
        pairs.forEach(pair => dead.add(pair))
    },
    reset,
    connections: () => pairs.size,
    bytesDown: () => down,
    leadTo: (port) => {
      target = port
    },
    async close() {
      reset()
      server.close()
      await once(server, 'close')
    },
  }
}

/** One way of a connection. Bytes stay in order whatever their delay, since one piece waits for the one before. */
function carry(from: Socket, to: Socket, faults: () => LineFaults | null, count: (bytes: number) => void): void {
  let before: Promise<void> = Promise.resolve()
  from.on('data', (data) => {
    const line = faults()
    if (!line)
      return // dead
    const { latencyMs } = line
    const due = performance.now() + latencyMs
    from.pause()
    before = before.then(() => pass(data, due))
    if (latencyMs > 0)
      from.resume() // a long line holds much that is under way
    else
      void before.then(() => from.resume())
  })

  async function pass(data: Buffer, due: number): Promise<void> {
    await wait(due - performance.now())
    const { sliceBytes, bytesPerSecond } = faults() ?? goodLine
    const size = Math.min(sliceBytes, Math.max(1, Math.ceil(bytesPerSecond / 50)))
    for (let at = 0; at < data.length && !to.destroyed; at += size) {
      const piece = data.subarray(at, at + size)
      count(piece.length)
      if (!to.write(piece))
        await new Promise<void>(resolve => to.once('drain', resolve).once('close', resolve))
      if (sliceBytes < data.length)
        await new Promise(resolve => setImmediate(resolve))
      if (bytesPerSecond < Number.POSITIVE_INFINITY)
        await wait(piece.length / bytesPerSecond * 1000)
    }
  }
}

async function wait(ms: number): Promise<void> {
  if (ms > 0)
    await new Promise(resolve => setTimeout(resolve, ms))
}
