import process from 'node:process'

/** What a measured process says of itself when asked: microseconds of CPU since the last time, bytes of memory. */
export interface Usage { cpuMicros: number, rss: number }

/** Tells the parent where it listens, and its usage each time it is asked. */
export function answerUsage(port: number): void {
  let before = process.cpuUsage()
  process.on('message', (message: { ask?: string }) => {
    if (message.ask !== 'usage')
      return
    const { user, system } = process.cpuUsage(before)
    before = process.cpuUsage()
    process.send!({
      usage: {
        cpuMicros: user + system,
        rss: process.memoryUsage.rss(),
      } satisfies Usage,
    })
  })
  process.send!({ port })
  process.on('disconnect', () => process.exit())
}
