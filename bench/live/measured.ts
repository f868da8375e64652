import process from 'node:process'

/** What a measured process says of itself when asked: microseconds of CPU since the last time, bytes of memory, and how many of them JavaScript's objects take after a collection of garbage (where it runs with --expose-gc). */
export interface Usage { cpuMicros: number, rss: number, heap: number }

/** Tells the parent where it listens, and its usage each time it is asked. */
export function answerUsage(port: number): void {
  let before = process.cpuUsage()
  process.on('message', (message: { ask?: string }) => {
    if (message.ask !== 'usage')
      return
    const { user, system } = process.cpuUsage(before)
    process.send!({
      usage: {
        cpuMicros: user + system,
        rss: process.memoryUsage.rss(),
        heap: heapInUse(),
      } satisfies Usage,
    })
    before = process.cpuUsage() // what the asking itself cost is not counted
  })
  process.send!({ port })
  process.on('disconnect', () => process.exit())
}

/** Objects, and the buffers that they hold outside of V8's own heap. */
function heapInUse(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
