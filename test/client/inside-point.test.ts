import { booleanPointInPolygon } from '@turf/turf'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { insidePoint } from '../../client/plan/inside-point.ts'

/** An area around a place whose corner at each of some angles lies nearer or further. */
const star = fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 3, maxLength: 24 }).map((reaches) => {
  const ring = reaches.map((reach, i): [number, number] => {
    const angle = i / reaches.length * 2 * Math.PI
    return [117 + reach * Math.cos(angle) / 100, 36 + reach * Math.sin(angle) / 100]
  })
  return [...ring, ring[0]!]
})

it('the point is inside whatever the area is like, holes and several parts included', () => {
  fc.assert(fc.property(star, star, fc.boolean(), (outer, inner, isHole) => {
    // A hole in the middle, a hundredth of the size.
    const hole = inner.map(([lng, lat]): [number, number] => [117 + (lng - 117) * 0.01, 36 + (lat - 36) * 0.01])
    const rings = isHole
      ? [outer, hole]
      : [outer]
    const elsewhere = inner.map(([lng, lat]): [number, number] => [lng + 1, lat])
    for (const area of [
      { type: 'Polygon' as const, coordinates: rings },
      {
        type: 'MultiPolygon' as const,
        coordinates: [
          rings,
          [elsewhere],
        ],
      },
    ])
      expect(booleanPointInPolygon(insidePoint(area)!, area, { ignoreBoundary: true })).toBe(true)
  }), { numRuns: 400 })
})

it('of a horseshoe it is not the middle, and of a line that was drawn as an area there is none', () => {
  const horseshoe = {
    type: 'Polygon' as const,
    coordinates: [
      [
        [0, 0],
        [10, 0],
        [10, 10],
        [8, 10],
        [8, 2],
        [2, 2],
        [2, 10],
        [0, 10],
        [0, 0],
      ] as [number, number][],
    ],
  }
  expect(booleanPointInPolygon(insidePoint(horseshoe)!, horseshoe, { ignoreBoundary: true })).toBe(true)
  expect(insidePoint({
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [1, 0],
        [2, 0],
        [0, 0],
      ],
    ],
  })).toBeNull()
})
