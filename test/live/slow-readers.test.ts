import type { Outbox } from '../../server/live/outbox.ts'
import { expect, it } from 'vitest'
import { createSlowReaders } from '../../server/live/slow-readers.ts'

function reader() {
  const state = { queued: 0, written: 0, cut: false }
  const outbox = {
    queuedBytes: () => state.queued,
    writtenBytes: () => state.written,
    cut: () => state.cut = true,
  } as unknown as Outbox
  return { state, outbox }
}

function watch() {
  let now = 0
  const evictions: string[] = []
  const slow = createSlowReaders({ maxQueuedBytes: 1000, maxStallSeconds: 20 }, (_outbox, reason) => evictions.push(reason), () => now)
  return {
    evictions,
    after: (seconds: number, outbox: Outbox) => {
      now += seconds * 1000
      return slow.check([outbox])
    },
  }
}

it('who lets too much pile up is cut off', () => {
  const { state, outbox } = reader()
  const { evictions, after } = watch()
  state.queued = 999
  expect(after(1, outbox)).toBe(999)
  expect(state.cut).toBe(false)
  state.queued = 1001
  after(1, outbox)
  expect([state.cut, evictions]).toEqual([
    true,
    ['queue'],
  ])
})

it('who reads slowly but reads may stay; who does not read at all may not', () => {
  const { state, outbox } = reader()
  const { evictions, after } = watch()
  state.queued = 500
  for (let second = 0; second < 60; second++) {
    state.written += 10
    after(1, outbox)
  }
  expect(evictions).toEqual([])
  for (let second = 0; second < 22; second++)
    after(1, outbox)
  expect(evictions[0]).toBe('stall')
})

it('what has been read in between is forgotten', () => {
  const { state, outbox } = reader()
  const { evictions, after } = watch()
  state.queued = 500
  after(15, outbox)
  state.queued = 0
  after(15, outbox)
  state.queued = 500
  after(15, outbox)
  expect(evictions).toEqual([])
})
