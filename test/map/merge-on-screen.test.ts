import type { CasePoint } from '../../client/map/merge-on-screen.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mercatorX, mercatorY } from '../../client/map/live-points/point-buffer.ts'
import { mergeOnScreen } from '../../client/map/merge-on-screen.ts'

function casePoint(id: string, lng: number, lat: number, urgency = 0): CasePoint {
  return {
    id,
    lng,
    lat,
    kind: 'property',
    stage: 'working',
    ring: 0,
    complainants: 1,
    urgency,
  }
}

const points = fc.uniqueArray(fc.record({
  id: fc.integer({ min: 0, max: 500 }).map(String),
  east: fc.integer({ min: 0, max: 400 }),
  north: fc.integer({ min: 0, max: 400 }),
  urgency: fc.integer({ min: -50, max: 50 }),
}), {
  selector: ({ id }) => id,
  maxLength: 120,
})
  .map(list => list.map(({ id, east, north, urgency }) => casePoint(id, 117 + east * 1e-5, 36.6 + north * 1e-5, urgency)))

describe('merging on the screen', () => {
  it('loses no case and counts none twice', () => {
    fc.assert(fc.property(points, fc.double({ min: 10, max: 19, noNaN: true }), (cases, zoom) => {
      const places = mergeOnScreen(cases, { zoom, radius: 50 })
      expect(places.flatMap(({ members }) => members.map(({ id }) => id)).sort()).toEqual(cases.map(({ id }) => id).sort())
    }))
  })

  it('leaves no two signs nearer than the radius', () => {
    fc.assert(fc.property(points, fc.double({ min: 10, max: 19, noNaN: true }), (cases, zoom) => {
      const pixels = 512 * 2 ** zoom
      const places = mergeOnScreen(cases, { zoom, radius: 50 })
      places.forEach((a, i) => places.slice(i + 1).forEach((b) => {
        const gap = Math.hypot((mercatorX(a.lng) - mercatorX(b.lng)) * pixels, (mercatorY(a.lat) - mercatorY(b.lat)) * pixels)
        expect(gap).toBeGreaterThanOrEqual(50 - 1e-6)
      }))
    }))
  })

  it('shows the most urgent of each place', () => {
    fc.assert(fc.property(points, (cases) => {
      for (const { members } of mergeOnScreen(cases, { zoom: 14, radius: 50 }))
        expect(members[0]!.urgency).toBe(Math.max(...members.map(({ urgency }) => urgency)))
    }))
  })

  it('does not depend on the order in which cases come', () => {
    fc.assert(fc.property(points, (cases) => {
      const shape = (list: CasePoint[]) => mergeOnScreen(list, { zoom: 15, radius: 34 }).map(({ members }) => members.map(({ id }) => id))
      expect(shape([...cases].reverse())).toEqual(shape(cases))
    }))
  })

  it('gives more places the nearer one looks, down to one a case', () => {
    const cases = [
      casePoint('a', 117, 36.6),
      casePoint('b', 117.001, 36.6),
      casePoint('c', 117.003, 36.6),
    ]
    expect([12, 14.5, 18].map(zoom => mergeOnScreen(cases, { zoom, radius: 50 }).length)).toEqual([1, 2, 3])
  })

  it('keeps the newest case apart, so that its call-out points at it alone', () => {
    const cases = [
      casePoint('old', 117, 36.6, 5),
      casePoint('new', 117, 36.6, 1),
      casePoint('other', 117, 36.6, 0),
    ]
    const places = mergeOnScreen(cases, {
      zoom: 14,
      radius: 50,
      apart: new Set(['new']),
    })
    expect(places.map(({ members }) => members.map(({ id }) => id))).toEqual([
      ['old', 'other'],
      ['new'],
    ])
  })
})
