/** So many at once, refilled evenly over so many seconds. */
export interface RateLimit { points: number, seconds: number }

export interface RateLimiter {
  /** Counts one request of `key`; 0 = it may go on, else the seconds after which the next one may. */
  take: (key: string, nowMs?: number) => number
  /** Keys that are remembered. */
  size: () => number
}

/** More keys than people and screens of a district; about 10 MB. */
const MOST_KEYS = 50_000
const OVERFLOW = 'everybody else'

/**
 * Generic cell rate algorithm (ITU-T I.371): of each key only the moment is kept when its bucket will be full again, so there
 * is no timer and nothing to tidy but moments that have passed. Bounded: when as many keys as fit are at work at once, all
 * further ones share one bucket.
 */
export function createRateLimiter({ points, seconds }: RateLimit, mostKeys = MOST_KEYS): RateLimiter {
  const stepMs = seconds * 1000 / points
  const burstMs = seconds * 1000
  const fullAt = new Map<string, number>()
  let tidiedAt = 0

  function tidy(nowMs: number) {
    tidiedAt = nowMs
    for (const [key, at] of fullAt) {
      if (at <= nowMs)
        fullAt.delete(key)
    }
  }

  return {
    take(asked, nowMs = performance.now()) {
      if (fullAt.size >= mostKeys && nowMs - tidiedAt > 1000)
        tidy(nowMs)
      const key = fullAt.has(asked) || fullAt.size < mostKeys
        ? asked
        : OVERFLOW
      const full = Math.max(nowMs, fullAt.get(key) ?? 0) + stepMs
      if (full - nowMs > burstMs + 1e-6)
        return Math.ceil((full - nowMs - burstMs) / 1000)
      fullAt.set(key, full)
      return 0
    },
    size: () => fullAt.size,
  }
}
