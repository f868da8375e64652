import type { LivePoint } from '../../client/map/live-points/live-point.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pickPoints } from '../../client/map/live-points/pick-points.ts'
import { mercatorX, mercatorY, PointBuffer, stride } from '../../client/map/live-points/point-buffer.ts'

function livePoint(id: string, order = 0, lng = 117): LivePoint {
  return {
    id,
    lng,
    lat: 36.6,
    kind: 'noise',
    stage: 'waiting',
    ring: 0,
    count: 1,
    order,
    size: 15,
  }
}

const ids = (points: PointBuffer) => Array.from({ length: points.count }, (_, slot) => points.idAt(slot))

/** Any sequence of puts and removals. */
const steps = fc.array(fc.record({
  id: fc.integer({ min: 0, max: 40 }).map(String),
  order: fc.integer({ min: 0, max: 7 }),
  gone: fc.boolean(),
}), { maxLength: 200 })

describe('the points on the graphics card', () => {
  it('are those that were put and not removed, and lie in the order of their rank', () => {
    fc.assert(fc.property(steps, (sequence) => {
      const points = new PointBuffer(2)
      const expected = new Map<string, number>()
      for (const { id, order, gone } of sequence) {
        if (gone)
          points.remove(id)
        else
          points.put(livePoint(id, order))
        if (gone)
          expected.delete(id)
        else
          expected.set(id, order)
      }
      expect(ids(points).sort()).toEqual([
        ...expected.keys(),
      ].sort())
      const ranks = ids(points).map(id => expected.get(id)!)
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
    }))
  })

  it('are the same bytes on the card as here after any sequence, though only changes are written', () => {
    fc.assert(fc.property(fc.array(steps, { maxLength: 6 }), (batches) => {
      const points = new PointBuffer(4)
      let card = new Uint8Array()
      for (const batch of batches) {
        for (const { id, order, gone } of batch) {
          if (gone)
            points.remove(id)
          else
            points.put(livePoint(id, order, 117 + order * 0.001))
        }
        const changes = points.takeChanges(2)
        if (changes === 'all')
          card = points.octets.slice()
        else
          changes.forEach(([from, to]) => card.set(points.octets.subarray(from * stride, to * stride), from * stride))
        expect(card.subarray(0, points.count * stride)).toEqual(points.octets.subarray(0, points.count * stride))
      }
    }))
  })

  it('cost a few writes when a few of many change', () => {
    const points = new PointBuffer()
    for (let i = 0; i < 50_000; i++)
      points.put(livePoint(`${i}`, i % 4))
    points.takeChanges()
    for (let i = 0; i < 50; i++)
      points.put(livePoint(`${i * 997}`, (i + 1) % 4))
    const changes = points.takeChanges()
    const written = changes === 'all'
      ? Infinity
      : changes.reduce((sum, [from, to]) => sum + to - from, 0)
    expect(written).toBeLessThan(5000)
  })

  it('keep their pulse and selection when they change or move to another rank', () => {
    const points = new PointBuffer()
    points.put(livePoint('a'))
    points.setPulse('a', 12)
    points.setSelected('a', true)
    points.put(livePoint('a', 5))
    expect(points.floats[4]).toBe(12)
    expect(points.octets[13]! & 4).toBe(4)
  })

  it('lie within centimetres of where they are over a whole city', () => {
    fc.assert(fc.property(fc.double({ min: 116.5, max: 117.5, noNaN: true }), (lng) => {
      const points = new PointBuffer()
      points.reset([
        mercatorX(117),
        mercatorY(36.6),
      ])
      points.put(livePoint('a', 0, lng))
      const metres = Math.abs(points.floats[0]! + points.anchor[0] - mercatorX(lng)) * 40_075_017
      expect(metres).toBeLessThan(0.02)
    }))
  })
})

it('a pointer finds what lies under it, the topmost first, and nothing beside it', () => {
  const points = new PointBuffer()
  points.reset([
    mercatorX(117),
    mercatorY(36.6),
  ])
  points.put(livePoint('below', 0))
  points.put(livePoint('above', 3))
  points.put(livePoint('elsewhere', 0, 117.1))
  // A map of 1000 × 500 pixels whose middle is the anchor.
  const matrix = Float64Array.from([
    1e4,
    0,
    0,
    0,
    0,
    -2e4,
    0,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    0,
    1,
  ])
  expect(pickPoints(points, matrix, [1000, 500], 1, 505, 255)).toEqual(['above', 'below'])
  expect(pickPoints(points, matrix, [1000, 500], 1, 560, 255)).toEqual([])
})
