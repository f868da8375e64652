import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { createServer } from 'node:http'
import process from 'node:process'
import { Server } from 'socket.io'
import { WebSocketServer } from 'ws'
import { answerUsage } from './measured.ts'

/** What most programs do: an event goes to everybody as soon as it is there, by `ws` alone or by socket.io as it comes. */
const http = createServer()
const emit = process.argv[2] === 'ws'
  ? overWs()
  : overSocketIo()
http.listen(0, '127.0.0.1')
await once(http, 'listening')
process.on('message', ({ emit: events }: { emit?: object[] }) => events?.forEach(emit))
answerUsage((http.address() as AddressInfo).port)

function overWs(): (event: object) => void {
  const server = new WebSocketServer({ server: http, perMessageDeflate: false })
  return (event) => {
    const text = JSON.stringify(event)
    for (const client of server.clients)
      client.send(text)
  }
}

function overSocketIo(): (event: object) => void {
  const namespace = new Server(http, {
    transports: ['websocket'],
  }).of('/live')
  return event => namespace.emit('event', event)
}
