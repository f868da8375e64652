import { promisify } from 'node:util'
import { constants, deflateRaw, deflateRawSync } from 'node:zlib'

/** Below this a message is not worth compressing (bytes). */
const deflateFrom = 1024
const longestHeader = 10
const options = { level: 3, finishFlush: constants.Z_SYNC_FLUSH }
const deflateAside = promisify(deflateRaw)

/**
 * One message of the namespace as finished WebSocket frames, made once and written to any number of sockets.
 *
 * permessage-deflate compresses for each socket anew, with a window for each (9× the CPU, measured). Here the compressed
 * frame is shared too: without context takeover every message is compressed on its own, so the bytes are the same for all.
 */
export class Packet {
  readonly #plain: Buffer
  readonly #payload: Buffer
  #deflated: Buffer | null = null

  /** The pieces are the payload, already JSON; they are joined as they are. */
  constructor(event: string, ...pieces: (string | Buffer)[]) {
    // 4 = engine.io message, 2 = socket.io event
    const all = [`42/live,["${event}",`, ...pieces, ']']
    const length = all.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0)
    const buffer = Buffer.allocUnsafeSlow(longestHeader + length)
    let end = longestHeader
    for (const piece of all) {
      end += typeof piece === 'string'
        ? buffer.write(piece, end)
        : piece.copy(buffer, end)
    }
    this.#payload = buffer.subarray(longestHeader)
    this.#plain = buffer.subarray(longestHeader - writeHeader(buffer, longestHeader, length, false))
  }

  /** Bytes of the uncompressed message. */
  get size(): number {
    return this.#payload.length
  }

  /** Compresses on another thread, for large messages; `frame` then has it at hand. */
  async prepare(): Promise<this> {
    if (this.size >= deflateFrom)
      this.#deflated ??= deflatedFrame(await deflateAside(this.#payload, options))
    return this
  }

  /** The frame for a socket that does, or does not, take compressed messages. */
  frame(compressed: boolean): Buffer {
    if (!compressed || this.size < deflateFrom)
      return this.#plain
    return this.#deflated ??= deflatedFrame(deflateRawSync(this.#payload, options))
  }
}

function deflatedFrame(deflated: Buffer): Buffer {
  const length = deflated.length - 4 // the empty block at the end is not sent (RFC 7692, 7.2.1)
  const buffer = Buffer.allocUnsafeSlow(longestHeader + length)
  deflated.copy(buffer, longestHeader, 0, length)
  return buffer.subarray(longestHeader - writeHeader(buffer, longestHeader, length, true))
}

/**
 * Writes the header of a whole, unmasked text message right before `end` (RFC 6455, 5.2).
 * @returns its length in bytes
 */
function writeHeader(buffer: Buffer, end: number, length: number, compressed: boolean): number {
  const size = length < 126
    ? 2
    : length < 65_536
      ? 4
      : longestHeader
  buffer[end - size] = compressed ? 0b1100_0001 : 0b1000_0001 // fin, [rsv1], text
  buffer[end - size + 1] = size === 2
    ? length
    : size === 4
      ? 126
      : 127
  if (size === 4)
    buffer.writeUInt16BE(length, end - 2)
  else if (size === longestHeader)
    buffer.writeBigUInt64BE(BigInt(length), end - 8)
  return size
}
