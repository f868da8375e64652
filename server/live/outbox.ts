import type { Socket } from 'socket.io'
import type { WebSocket } from 'ws'
import type { Packet } from './packet.ts'

/** What is known of the way to one follower. */
export interface Outbox {
  send: (packet: Packet) => void
  /** Sends unless something is still waiting to leave. @returns whether it was sent */
  sendVolatile: (packet: Packet) => boolean
  /** Sends, and waits until the operating system has taken it or the socket is closed. */
  sendAndWait: (packet: Packet) => Promise<void>
  /** Bytes that wait in this process. */
  queuedBytes: () => number
  /** Bytes that the operating system has taken so far. */
  writtenBytes: () => number
  /** Closes at once, without waiting for what is queued; the client sees a lost connection and comes back. */
  cut: () => void
  open: () => boolean
}

interface WriteOptions { compress?: boolean, wsPreEncodedFrame: Buffer[] }

/** Writes finished frames to a follower's WebSocket (engine.io takes them as they are) and looks at what piles up. */
export function outboxOf(socket: Socket): Outbox {
  const { conn } = socket
  const webSocket = (conn.transport as unknown as { socket: WebSocket }).socket
  const compressed = webSocket.extensions.includes('permessage-deflate')
  const open = () => conn.readyState === 'open'

  function write(packet: Packet, sent?: () => void) {
    const options: WriteOptions = {
      wsPreEncodedFrame: [
        packet.frame(compressed),
      ],
    }
    conn.write('', options as { compress?: boolean }, sent)
  }

  return {
    open,
    send: packet => write(packet),
    sendVolatile(packet) {
      const free = open() && conn.transport.writable && waitingIn(conn).length === 0
      if (free)
        write(packet)
      return free
    },
    sendAndWait: packet => new Promise((resolve) => {
      if (!open())
        return resolve()
      const done = () => {
        conn.off('close', done)
        resolve()
      }
      conn.on('close', done)
      write(packet, done)
    }),
    queuedBytes: () => waitingIn(conn).reduce((sum, { options }) => sum + (options?.wsPreEncodedFrame?.[0]?.length ?? 0), webSocket.bufferedAmount),
    writtenBytes: () => {
      const { bytesWritten, writeQueueSize } = handleOf(webSocket) ?? { bytesWritten: 0, writeQueueSize: 0 }
      return bytesWritten - writeQueueSize
    },
    cut: () => webSocket.terminate(),
  }
}

/** libuv's own count; that of net.Socket includes what still waits. */
function handleOf(webSocket: WebSocket): { bytesWritten: number, writeQueueSize: number } | null {
  return (webSocket as unknown as { _socket?: { _handle?: { bytesWritten: number, writeQueueSize: number } } })._socket?._handle ?? null
}

/** Messages that engine.io keeps while the transport is busy. */
function waitingIn(conn: Socket['conn']) {
  return (conn as unknown as { writeBuffer: { options?: WriteOptions }[] }).writeBuffer
}
