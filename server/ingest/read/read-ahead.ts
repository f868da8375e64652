import { setImmediate as turn } from 'node:timers/promises'

/** The same items, read up to `count` ahead while the consumer waits for something else, with a turn for others between any two. */
export async function* readAhead<T>(items: AsyncIterable<T>, count: number): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]()
  const queue: Promise<IteratorResult<T>>[] = []
  let last: Promise<unknown> = Promise.resolve()
  const more = () => {
    const next = last.then(() => turn()).then(() => iterator.next())
    next.catch(() => {}) // the consumer meets it
    last = next
    queue.push(next)
  }
  for (let i = 0; i < count; i++)
    more()
  try {
    for (;;) {
      const { value, done } = await queue.shift()!
      if (done)
        return
      more()
      yield value
    }
  }
  finally {
    // A consumer that stops early: whatever the items come from is closed.
    await iterator.return?.()
  }
}
