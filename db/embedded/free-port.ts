import { once } from 'node:events'
import { createServer } from 'node:net'

/** The wanted port of 127.0.0.1 if nobody uses it, else any free one. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer().unref()
  try {
    server.listen(wanted, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    server.close()
    await once(server, 'close')
    return port
  }
  catch {
    return freePort()
  }
}
