import { shallowRef } from 'vue'

/**
 * The server's clock as seen from here: a wall's own clock may be wrong, ages and deadlines must not be.
 * Each message carries the server's time; it took some milliseconds to come, so the largest recent difference is the truest.
 */
export function createClock(localNow: () => number = Date.now) {
  const samples: number[] = []
  let offset = 0
  return {
    /** @param serverAt server's time in ms when it sent a message that has just come. */
    hear(serverAt: number) {
      samples.push(serverAt - localNow())
      if (samples.length > 12)
        samples.shift()
      offset = Math.max(...samples)
    },
    /** A replay tells the time itself. */
    set(at: number) {
      offset = at - localNow()
    },
    now: () => localNow() + offset,
  }
}

export const clock = createClock()

/** Server's time in ms, moving once a second: for ages, countdowns and the clock on the wall. */
export const now = shallowRef(clock.now())

let ticking: ReturnType<typeof setInterval> | undefined

/** Starts the second hand; called once by an entry. */
export function startClock(): void {
  ticking ??= setInterval(() => {
    now.value = clock.now()
  }, 1000)
}
