import type { ServerOptions } from 'ws'
import { WebSocketServer } from 'ws'

/**
 * The WebSocket server below engine.io: agrees on permessage-deflate with clients that offer it, but compresses nothing by
 * itself. Compressed frames come finished from `Packet`. engine.io must not know (it would refuse finished frames).
 */
export class CompressingServer extends WebSocketServer {
  constructor(options: ServerOptions) {
    super({
      ...options,
      perMessageDeflate: {
        serverNoContextTakeover: true,
        clientNoContextTakeover: true,
        threshold: Number.MAX_SAFE_INTEGER,
      },
    })
  }
}
