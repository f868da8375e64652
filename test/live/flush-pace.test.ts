import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createFlushPace } from '../../server/live/flush-pace.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A line on which events wait; flushing takes `costMs`. */
function line(costMs = 0) {
  let waiting = 0
  const flushes: { at: number, events: number }[] = []
  const begun = Date.now()
  const pace = createFlushPace({
    now: () => Date.now(),
    pending: () => waiting,
    flush() {
      flushes.push({ at: Date.now() - begun, events: waiting })
      waiting = 0
      vi.setSystemTime(Date.now() + costMs)
    },
  })
  return {
    flushes,
    happen(count = 1) {
      waiting += count
      pace.notice()
    },
  }
}

it('a lone event goes at once', () => {
  const { happen, flushes } = line()
  happen()
  expect(flushes).toEqual([
    { at: 0, events: 1 },
  ])
  vi.advanceTimersByTime(1000)
  happen()
  expect(flushes[1]).toEqual({ at: 1000, events: 1 })
})

it('events that follow soon wait for 100 ms at most, and go together', () => {
  const { happen, flushes } = line()
  for (let ms = 0; ms < 300; ms += 10) {
    happen()
    vi.advanceTimersByTime(10)
  }
  expect(flushes).toEqual([
    { at: 0, events: 1 },
    { at: 100, events: 9 },
    { at: 200, events: 10 },
    { at: 300, events: 10 },
  ])
})

it('two hundred events do not wait', () => {
  const { happen, flushes } = line()
  happen()
  vi.advanceTimersByTime(1)
  happen(199)
  expect(flushes).toHaveLength(1)
  happen(1)
  expect(flushes).toEqual([
    { at: 0, events: 1 },
    { at: 1, events: 200 },
  ])
})

it('when sending takes long, as long a pause follows', () => {
  const { happen, flushes } = line(40)
  happen()
  for (let ms = 0; ms < 400; ms++) {
    happen(10)
    vi.advanceTimersByTime(1)
  }
  const gaps = flushes.slice(1).map(({ at }, index) => at - flushes[index]!.at)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(80)
})
