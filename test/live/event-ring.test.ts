import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEventRing } from '../../server/live/event-ring.ts'
import { loggedEvent } from '../../server/live/logged-event.ts'

function event(seq: number) {
  return loggedEvent({
    seq,
    at: 0,
    subdistrict: 's',
    type: 'case.registered',
    id: `${seq}`,
    regions: [],
    leftRegions: [],
    data: { gone: true },
    whole: null,
  })
}

function run(from: number, count: number) {
  return Array.from({ length: count }, (_, index) => event(from + index))
}

it('holds the newest events, whatever the pushes, and gives any run of them', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 12 }), fc.integer({ min: 1, max: 1000 }), fc.nat(), (sizes, maxEvents, start) => {
    const ring = createEventRing({ maxEvents })
    ring.reset(start)
    let last = start
    for (const size of sizes) {
      ring.push(run(last + 1, size))
      last += size
      const held = Math.min(maxEvents, last - start)
      expect(ring.last()).toBe(last)
      expect(ring.first()).toBe(last - held + 1)
      expect(ring.slice(ring.first(), last).map(({ seq }) => seq)).toEqual(run(last - held + 1, held).map(({ seq }) => seq))
      expect(ring.reachesBackTo(last - held)).toBe(true)
      expect(ring.reachesBackTo(last - held - 1)).toBe(false)
    }
  }))
})

it('is bounded by size too, but always holds the newest event', () => {
  const ring = createEventRing({ maxBytes: 10_000 })
  ring.push(run(1, 500))
  expect(ring.bytes()).toBeLessThanOrEqual(10_000)
  expect(ring.last() - ring.first()).toBeGreaterThan(10)

  const tiny = createEventRing({ maxBytes: 1 })
  tiny.push(run(1, 5))
  expect(tiny.slice(5, 5)).toHaveLength(1)
})

it('refuses a gap: the log has none', () => {
  const ring = createEventRing()
  ring.push([
    event(1),
  ])
  expect(() => ring.push([
    event(3),
  ])).toThrow('no gaps')
})
