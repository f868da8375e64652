import type { AddressInfo, Socket } from 'node:net'
import type { TcpProxy } from '../world/tcp-proxy.ts'
import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventually } from '../world/eventually.ts'
import { tcpProxy } from '../world/tcp-proxy.ts'

// The tool is tested too: a proxy that does no harm would make every fault test pass.

const echo = createServer(socket => socket.on('error', () => {}).pipe(socket))
let proxy: TcpProxy
beforeEach(async () => {
  echo.listen(0, '127.0.0.1')
  await once(echo, 'listening')
  proxy = await tcpProxy((echo.address() as AddressInfo).port)
})
afterEach(async () => {
  await proxy.close()
  echo.close()
})

async function client(): Promise<{ socket: Socket, heard: () => Buffer }> {
  const socket = connect(proxy.port, '127.0.0.1').on('error', () => {})
  const pieces: Buffer[] = []
  socket.on('data', data => pieces.push(data))
  await once(socket, 'connect')
  return {
    socket,
    heard: () => Buffer.concat(pieces),
  }
}

const bytes = Buffer.from(Array.from({ length: 50_000 }, (_, index) => index % 251))

it.each([
  ['a good line', {}],
  [
    'a slicing line',
    { sliceBytes: 777 },
  ],
  [
    'a long line',
    { latencyMs: 30 },
  ],
  [
    'a narrow line',
    { bytesPerSecond: 400_000 },
  ],
])('%s passes every byte in order', async (_, faults) => {
  proxy.set(faults)
  const { socket, heard } = await client()
  const begun = performance.now()
  socket.write(bytes)
  await eventually(() => heard().length === bytes.length)
  expect(heard().equals(bytes)).toBe(true)
  if ('latencyMs' in faults)
    expect(performance.now() - begun).toBeGreaterThan(55)
  if ('bytesPerSecond' in faults)
    expect(performance.now() - begun).toBeGreaterThan(100)
  socket.destroy()
})

it('a deaf line swallows what is sent and tells nobody', async () => {
  const { socket, heard } = await client()
  proxy.set({ deaf: true })
  socket.write('lost')
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(socket.destroyed).toBe(false)
  proxy.set({ deaf: false })
  socket.write('lost too: half-open is for good')
  const other = await client()
  other.socket.write('found')
  await eventually(() => other.heard().toString() === 'found')
  expect(heard().toString()).toBe('')
  socket.destroy()
  other.socket.destroy()
})

it('a reset ends what is there; a refusing line lets nobody in', async () => {
  const { socket } = await client()
  proxy.reset()
  await new Promise(resolve => socket.once('close', resolve))
  proxy.set({ refuse: true })
  const other = connect(proxy.port, '127.0.0.1').on('error', () => {})
  await new Promise(resolve => other.once('close', resolve))
  expect(proxy.connections()).toBe(0)
})
