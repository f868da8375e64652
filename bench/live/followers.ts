import process from 'node:process'
import { WebSocket } from 'ws'

/**
 * Many followers in a process of their own: `followers.ts KIND PORT COUNT`. They count; every tenth also takes the time, for a
 * program writes to one after the other, and which comes first is chance.
 */
const [kind, port, count] = [
  process.argv[2]!,
  Number(process.argv[3]),
  Number(process.argv[4]),
]
let events = 0
let bytes = 0
let latencies: number[] = []

for (let begun = 0; begun < count; begun += 50) {
  const group = Array.from({
    length: Math.min(50, count - begun),
  }, (_, index) => open((begun + index) % 10 === 0))
  await Promise.all(group)
}
process.on('message', ({ ask }: { ask: string }) => {
  if (ask !== 'report')
    return
  process.send!({
    report: { events, bytes, latencies },
  })
  events = bytes = 0
  latencies = []
})
process.send!({ ready: true })
process.on('disconnect', () => process.exit())

function open(isTimed: boolean): Promise<void> {
  const path = kind === 'ws'
    ? '/'
    : '/socket.io/?EIO=4&transport=websocket'
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false, skipUTF8Validation: true })
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    if (kind === 'ws')
      socket.on('open', () => resolve())
    socket.on('message', (data) => {
      const text = String(data)
      if (text === '2')
        return socket.send('3')
      if (text.startsWith('0{'))
        return socket.send('40/live,')
      if (text.startsWith('40/live')) {
        if (kind === 'plain')
          return resolve()
        return socket.send('42/live,1["follow",{"layers":["cases"]}]')
      }
      if (text.startsWith('42/live,["snapshot"'))
        return resolve()
      hear(text, isTimed)
    })
  })
}

function hear(text: string, isTimed: boolean): void {
  const range = /"from":(\d+),"to":(\d+)/.exec(text.slice(0, 200))
  if (kind === 'ours' && !range)
    return
  events += range
    ? Number(range[2]) - Number(range[1]) + 1
    : 1
  bytes += text.length
  if (!isTimed)
    return
  const now = (performance.timeOrigin + performance.now()) % 1e6
  for (const [, sent] of text.matchAll(/"t":([\d.]+)/g))
    latencies.push(now - Number(sent))
}
