import type { RateLimit } from './rate-limiter.ts'

/**
 * How often who may ask. People share an address (an office behind one router), so what is counted by address is wider than
 * one person needs. Each process counts for itself: behind a proxy with two of them it is up to twice as much.
 */
export const defaultRateLimits = {
  /** Names and passwords, second factors, new pairing codes, by address; the lock after failures is in server/access/sign-in-lock.ts. */
  'sign-in': { points: 60, seconds: 300 },
  /** The resident's form, its photos and its status page, by address. */
  'report': { points: 60, seconds: 600 },
  /** All else that needs no sign-in, as tiles and polling for a pairing, by address. */
  'anonymous': { points: 6000, seconds: 60 },
  /** Trackers of officers, by address: thousands of them stand behind the few of a mobile network. */
  'tracker': { points: 120_000, seconds: 60 },
  /** A signed-in browser, by account. */
  'person': { points: 6000, seconds: 60 },
  /** A program with a token, by account: 5,000 a second. */
  'program': { points: 300_000, seconds: 60 },
  /** Files, by account. */
  'upload': { points: 300, seconds: 600 },
} satisfies Record<string, RateLimit>

export type RateLimitName = keyof typeof defaultRateLimits
/** null = without limit */
export type RateLimits = Record<RateLimitName, RateLimit | null>

/** `sign-in=10/60, program=off`: requests/seconds by name, the rest as by default. null: not understood. */
export function parseRateLimits(text: string): RateLimits | null {
  const limits: RateLimits = { ...defaultRateLimits }
  for (const entry of text.split(',').map(entry => entry.trim()).filter(Boolean)) {
    const [, name, points, seconds] = entry.match(/^([\w-]+)=(?:(\d{1,9})\/(\d{1,6})|off)$/) ?? []
    if (!name || !Object.hasOwn(limits, name) || Number(points) === 0 || Number(seconds) === 0)
      return null
    limits[name as RateLimitName] = points === undefined
      ? null
      : {
          points: Number(points),
          seconds: Number(seconds),
        }
  }
  return limits
}
