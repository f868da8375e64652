import type { Socket } from 'node:net'
import { Buffer } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import process from 'node:process'

/** What the clients of a process did: answered 201, answered otherwise, and how long each took (milliseconds). */
export interface Posted { registered: number, refused: number, latencies: number[] }

/** Clients in a process of their own: `clients.ts PORT COUNT`. Each posts a case as soon as the last was answered, for as long as it is told. */
const [port, count] = [
  Number(process.argv[2]),
  Number(process.argv[3]),
]
const posted: Posted = { registered: 0, refused: 0, latencies: [] }
let until = 0
let number = 0

process.on('message', ({ post: seconds }: { post: number }) => {
  until = performance.now() + seconds * 1000
  Object.assign(posted, { registered: 0, refused: 0, latencies: [] } satisfies Posted)
  void Promise.all(Array.from({ length: count }, client)).then(() => process.send!({ posted }))
})
process.on('disconnect', () => process.exit())
process.send!({ ready: true })

/** A client that costs this machine as little as can be: what is measured is the server. */
async function client(): Promise<void> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true)
  while (performance.now() < until) {
    const begun = performance.now()
    socket.write(request())
    const status = await answerOf(socket)
    posted.latencies.push(performance.now() - begun)
    if (status === 201)
      posted.registered++
    else
      posted.refused++
  }
  socket.destroy()
}

function request(): string {
  const body = JSON.stringify({
    content: `三号楼二单元楼道灯坏了，晚上老人上下楼看不见台阶，请尽快派人来修（${++number}）`,
    address: '甸柳新村四区3号楼2单元',
    location: {
      lng: 117.05 + number % 1000 / 1e5,
      lat: 36.66,
    },
    contact: { name: '王某某', phone: '13800138000' },
  })
  return [
    'POST /api/v1/cases HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json',
    `Idempotency-Key: ${randomUUID()}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}

/** Reads one answer to its end; its status. */
function answerOf(socket: Socket): Promise<number> {
  let text = ''
  return new Promise((resolve, reject) => {
    function end() {
      socket.off('data', take).off('close', lost).off('error', lost)
    }
    function lost() {
      end()
      reject(new Error(`the server closed the connection after “${text.slice(0, 200)}”`))
    }
    function take(data: Buffer) {
      text += data.toString('latin1')
      const head = text.indexOf('\r\n\r\n')
      const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1]
      if (head < 0 || (length === undefined
        ? !text.endsWith('\r\n0\r\n\r\n')
        : text.length < head + 4 + Number(length))) {
        return
      }
      end()
      resolve(Number(text.slice(9, 12)))
    }
    socket.on('data', take).on('close', lost).on('error', lost)
  })
}
