import { WebSocket } from 'ws'
import { credentials } from './account.ts'

/** A follower that keeps only its position, so that a thousand fit into one process. It fails at any gap or repeat. */
export interface LightFollower {
  /** number of the last event that it has; -1 before the snapshot */
  seq: () => number
  epoch: () => string
  modes: string[]
  /** Every wrong step, in words. */
  faults: string[]
  /** When each event came, by its number; `performance.now()`. */
  arrivals: Map<number, number>
  /** Messages that were not pulses, positions or pings. */
  messages: () => number
  /** Stops reading from the socket. */
  pause: () => void
  close: () => void
}

export interface LightFollowerOptions {
  request?: Record<string, unknown>
  /** Connects again after a loss, after so long a pause at most. Milliseconds; null = never. */
  comeBackMs?: number | null
  perMessageDeflate?: boolean
}

/** Speaks the protocol by hand: engine.io 4, socket.io 5, namespace /live. */
export function lightFollower(url: string, { request = {}, comeBackMs = 500, perMessageDeflate = false }: LightFollowerOptions = {}): LightFollower {
  const modes: string[] = []
  const faults: string[] = []
  const arrivals = new Map<number, number>()
  let position: { epoch: string, seq: number } | null = null
  let messages = 0
  let closed = false
  let socket: WebSocket

  function open() {
    socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { perMessageDeflate, skipUTF8Validation: true, headers: credentials.headers })
    socket.on('error', () => {})
    socket.on('message', data => hear(String(data)))
    socket.on('close', () => {
      if (!closed && comeBackMs !== null)
        setTimeout(open, Math.random() * comeBackMs)
    })
  }

  function hear(text: string) {
    if (text === '2')
      return socket.send('3')
    if (text.startsWith('0'))
      return socket.send('40/live,')
    if (text.startsWith('40/live')) {
      return socket.send(`42/live,1${JSON.stringify([
        'follow',
        {
          ...request,
          ...position && { since: position },
        },
      ])}`)
    }
    if (text.startsWith('43/live,1'))
      return answered(JSON.parse(text.slice(9)))
    if (text.startsWith('42/live,["snapshot"'))
      return snapshot(text)
    if (text.startsWith('42/live,["changes"'))
      changes(JSON.parse(text.slice(8))[1])
  }

  function answered([answer]: [{ mode?: string, error?: { status: number } }]) {
    if (answer.error)
      return socket.close()
    modes.push(answer.mode!)
  }

  function snapshot(text: string) {
    messages++
    const { epoch, seq } = /"epoch":"(?<epoch>[^"]*)","seq":(?<seq>\d+)/.exec(text)!.groups as { epoch: string, seq: string }
    const { part, parts } = /"part":(?<part>\d+),"parts":(?<parts>\d+)\}\]$/.exec(text)!.groups as { part: string, parts: string }
    if (part === parts) {
      position = {
        epoch,
        seq: Number(seq),
      }
    }
  }

  function changes({ epoch, from, to, events }: { epoch: string, from: number, to: number, events: { seq: number }[] }) {
    messages++
    if (!position || position.epoch !== epoch || from !== position.seq + 1)
      faults.push(`got ${from}–${to} of ${epoch}, had ${JSON.stringify(position)}`)
    const now = performance.now()
    for (const { seq } of events)
      arrivals.set(seq, now)
    position = { epoch, seq: to }
  }

  open()
  return {
    seq: () => position?.seq ?? -1,
    epoch: () => position?.epoch ?? '',
    modes,
    faults,
    arrivals,
    messages: () => messages,
    pause: () => socket.pause(),
    close() {
      closed = true
      socket.terminate()
    },
  }
}

/** Many at once, connected in small groups so that none is refused; returns when all have caught up with the first. */
export async function lightFollowers(url: string, count: number, options?: LightFollowerOptions): Promise<LightFollower[]> {
  const followers: LightFollower[] = []
  while (followers.length < count) {
    const group = Array.from({
      length: Math.min(50, count - followers.length),
    }, () => lightFollower(url, options))
    followers.push(...group)
    while (group.some(follower => follower.seq() < 0))
      await new Promise(resolve => setTimeout(resolve, 10))
  }
  return followers
}
