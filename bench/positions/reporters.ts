import type { Socket } from 'socket.io-client'
import type { ClientToServer, ServerToClient } from '#contract/live.ts'
import { Agent, request } from 'node:http'
import process from 'node:process'
import { io } from 'socket.io-client'

/** What came of it since the last `reset`; milliseconds. */
export interface Reported { sent: number, refused: number, latencies: number[], answers: number[] }
interface Task { url: string, way: 'trackers' | 'gateway', ids: string[], password: string, everySeconds: number }

/** Officers who walk and a screen that follows them, in a process of their own. */
const agent = new Agent({ keepAlive: true, maxSockets: 50 })
let counted: Reported = {
  sent: 0,
  refused: 0,
  latencies: [],
  answers: [],
}

process.on('message', (said: Task | 'reset' | 'report') => {
  if (said === 'report') {
    process.send!(counted)
  }
  else if (said === 'reset') {
    counted = {
      sent: 0,
      refused: 0,
      latencies: [],
      answers: [],
    }
  }
  else {
    void begin(said)
  }
})
process.on('disconnect', () => process.exit())

async function begin({ url, way, ids, password, everySeconds }: Task): Promise<void> {
  const signedIn = await fetch(`${url}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'bench', password }),
  })
  const { token } = await signedIn.json() as { token: string }
  const socket: Socket<ServerToClient, ClientToServer> = io(`${url}/live`, {
    transports: ['websocket'],
    extraHeaders: { authorization: `Bearer ${token}` },
  })
  socket.on('positions', ({ rows }) => {
    const now = Date.now()
    for (const [,,, seenAt] of rows)
      counted.latencies.push(now - seenAt)
  })
  await new Promise<void>(resolve => socket.on('connect', () => socket.emit('follow', {
    layers: ['officers'],
  }, () => resolve())))

  const begun = performance.now()
  let sent = 0
  const size = way === 'gateway'
    ? 500
    : 1
  setInterval(() => {
    const due = Math.floor((performance.now() - begun) / 1000 * ids.length / everySeconds)
    for (; sent + size <= due; sent += size) {
      void (size === 1
        ? oneFix
        : manyFixes)(sent)
    }
  }, 2)
  process.send!('begun')

  function oneFix(nr: number) {
    const [lng, lat] = placeOf(nr)
    ask('GET', `/api/v1/trackers/osmand?id=token-of-${ids[nr % ids.length]}&lat=${lat}&lon=${lng}&timestamp=${Date.now()}&accuracy=8&speed=2.3&bearing=90&batt=80`, null, 1)
  }
  function manyFixes(nr: number) {
    ask('POST', '/api/v1/officers/positions', JSON.stringify({
      positions: Array.from({ length: size }, (_, i) => {
        const [lng, lat] = placeOf(nr + i)
        return {
          officer: ids[(nr + i) % ids.length],
          lng,
          lat,
          accuracy: 8,
          at: new Date().toISOString(),
        }
      }),
    }), size)
  }
  /** Six metres on each time. */
  function placeOf(nr: number): [number, number] {
    const round = Math.floor(nr / ids.length)
    return [117 + (nr % ids.length) * 1e-5, 36.65 + (round % 200) * 5.4e-5]
  }
  function ask(method: string, path: string, body: string | null, positions: number) {
    const at = performance.now()
    counted.sent += positions
    const asked = request(`${url}${path}`, {
      method,
      agent,
      headers: {
        ...body !== null && {
          'authorization': `Bearer ${token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
    }, (answer) => {
      let text = ''
      answer.on('data', chunk => text += chunk)
      answer.on('end', () => {
        counted.answers.push(performance.now() - at)
        if (positions === 1) {
          counted.refused += Number(answer.headers['x-position'] !== 'taken')
        }
        else {
          counted.refused += answer.statusCode === 200
            ? (JSON.parse(text) as { refused: number }).refused
            : positions
        }
      })
    })
    asked.on('error', () => counted.refused += positions)
    asked.end(body ?? undefined)
  }
}
