import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until it holds; fails with what was last thrown, or with `what`. */
export async function eventually<T>(look: () => T | Promise<T>, { seconds = 10, what = 'did not come true' } = {}): Promise<NonNullable<T>> {
  const end = performance.now() + seconds * 1000
  let last: unknown = null
  while (performance.now() < end) {
    try {
      const seen = await look()
      if (seen)
        return seen
      last = null
    }
    catch (error) {
      last = error
    }
    await sleep(10)
  }
  throw last ?? new Error(`in ${seconds} s: ${what}`)
}
