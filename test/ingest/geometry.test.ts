import type { LngLat } from '#contract/geometry.ts'
import type { Box } from '../../server/places/polygon.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clipLine, clipRing, isInside } from '../../server/ingest/osm/clip.ts'
import { assembleMultipolygon } from '../../server/ingest/osm/multipolygon.ts'
import { NodeStore } from '../../server/ingest/osm/node-store.ts'
import { baseOfPiece, placeId } from '../../server/ingest/osm/place-id.ts'
import { spread } from '../../server/ingest/people/spread.ts'
import { findCrossing } from '../../server/ingest/table/find-crossing.ts'
import { checkPair, readArea, readPoint } from '../../server/ingest/table/read-geometry.ts'
import { areaOfRing } from '../../server/places/polygon.ts'

function row(geometry: unknown, values = {}) {
  return {
    at: 1,
    values,
    geometry,
    faults: [],
    original: () => null,
  }
}
function faultOf(result: object) {
  return 'fault' in result
    ? String(result.fault)
    : 'fine'
}

describe('a pair of coordinates', () => {
  it('swapped ones, impossible ones and metres are told apart', () => {
    expect(faultOf(checkPair(36.6, 117.0, 'wgs84'))).toContain('look swapped')
    expect(faultOf(checkPair(44, 87.6, 'wgs84'))).toContain('look swapped')
    expect(faultOf(checkPair(117, 36.6, 'wgs84'))).toBe('fine')
    expect(faultOf(checkPair(-76.6, 39.3, 'wgs84'))).toBe('fine')
    expect(faultOf(checkPair(217, 36, 'wgs84'))).toContain('out of range')
    expect(faultOf(checkPair(500_123, 4_060_000, 'wgs84'))).toContain('metres?')
    expect(faultOf(checkPair(Number.NaN, 1, 'wgs84'))).toContain('no numbers')
  })

  it('GCJ-02 and BD-09 move by hundreds of metres to WGS84, CGCS2000 stays', () => {
    const [gcj, bd, cgcs] = (['gcj02', 'bd09', 'cgcs2000'] as const).map(datum => checkPair(117.0, 36.65, datum)) as { value: LngLat }[]
    expect(Math.abs(gcj!.value[0] - 117)).toBeGreaterThan(0.004)
    expect(Math.abs(bd!.value[0] - 117)).toBeGreaterThan(0.009)
    expect(cgcs!.value).toEqual([117, 36.65])
  })

  it('a row’s own datum goes before the file’s, and half a pair is none', () => {
    expect(readPoint(row(undefined, { lng: 117, lat: 36.65, datum: 'wgs84' }), 'gcj02')).toEqual({
      value: [117, 36.65],
    })
    expect(faultOf(readPoint(row(undefined, { lng: 117, lat: null }), 'wgs84'))).toContain('only one')
    expect(faultOf(readPoint(row({ type: 'Polygon', coordinates: [] }), 'wgs84'))).toContain('not a Point')
  })
})

describe('a polygon', () => {
  const polygon = (...ring: LngLat[]) => readArea(row({
    type: 'Polygon',
    coordinates: [ring],
  }), 'wgs84')

  it('is closed, turned counter-clockwise and freed of spikes', () => {
    const result = polygon([117, 36], [117, 37], [118, 37], [118.5, 37.5], [118, 37], [118, 36])
    expect(result).toEqual({
      value: {
        type: 'Polygon',
        coordinates: [
          [
            [117, 36],
            [118, 36],
            [118, 37],
            [117, 37],
            [117, 36],
          ],
        ],
      },
    })
  })

  it('that crosses itself is refused, with the place', () => {
    expect(faultOf(polygon([117, 36], [118, 37], [118, 36], [117, 37], [117, 36]))).toMatch(/crosses itself at lng 117\.5\d*, lat 36\.5/)
  })

  it('whose hole crosses its edge is refused, one that touches it is not', () => {
    const outer: LngLat[] = [
      [117, 36],
      [118, 36],
      [118, 37],
      [117, 37],
      [117, 36],
    ]
    const withHole = (...hole: LngLat[]) => faultOf(readArea(row({
      type: 'Polygon',
      coordinates: [outer, hole],
    }), 'wgs84'))
    expect(withHole([117.5, 36.5], [118.5, 36.5], [117.5, 36.8], [117.5, 36.5])).toContain('crosses itself')
    expect(withHole([117.5, 36], [117.6, 36.5], [117.4, 36.5], [117.5, 36])).toBe('fine')
  })

  it('without area, without geometry or with swapped corners is refused', () => {
    expect(faultOf(polygon([117, 36], [118, 36], [117, 36]))).toContain('encloses nothing')
    expect(faultOf(readArea(row(null), 'wgs84'))).toContain('no geometry')
    expect(faultOf(polygon([36, 117], [36, 118], [37, 118]))).toContain('swapped')
    expect(faultOf(readArea(row({
      type: 'Point',
      coordinates: [1, 2],
    }), 'wgs84'))).toContain('not a Polygon')
  })

  it('a star of any number of points has no crossing, and gets one when two of its corners change places', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 8, maxLength: 40 }), (radii) => {
      const star = radii.map((radius, i): LngLat => [117 + radius * Math.cos(2 * Math.PI * i / radii.length), 36 + radius * Math.sin(2 * Math.PI * i / radii.length)])
      expect(findCrossing([
        [...star, star[0]!],
      ])).toBeNull()
      const half = Math.floor(star.length / 2)
      const twisted = star.with(1, star[half]!).with(half, star[1]!)
      expect(findCrossing([
        [...twisted, twisted[0]!],
      ])).not.toBeNull()
    }))
  })
})

describe('cutting at a box', () => {
  const box: Box = [0, 0, 10, 10]
  const corner = fc.tuple(fc.integer({ min: -15, max: 25 }), fc.integer({ min: -15, max: 25 }))

  it('no piece of a line leaves the box, and none begins or ends inside unless the line does', () => {
    fc.assert(fc.property(fc.array(corner, { minLength: 2, maxLength: 12 }), (points) => {
      const line = {
        nodes: points.map((_, i) => i + 1),
        lngs: points.map(([x]) => x),
        lats: points.map(([, y]) => y),
      }
      for (const { nodes, lngs, lats } of clipLine(line, box)) {
        lngs.forEach((lng, i) => expect(isInside([-1e-6, -1e-6, 10 + 1e-6, 10 + 1e-6], lng, lats[i]!)).toBe(true))
        for (const i of [0, nodes.length - 1]) {
          const isOnEdge = [lngs[i]!, lats[i]!].some(value => Math.abs(value) < 1e-6 || Math.abs(value - 10) < 1e-6)
          expect(isOnEdge || nodes[i] === 1 || nodes[i] === points.length).toBe(true)
        }
      }
    }))
  })

  it('a ring around the box becomes the box, one beside it nothing', () => {
    const ring = (from: number, to: number): LngLat[] => [
      [from, from],
      [to, from],
      [to, to],
      [from, to],
      [from, from],
    ]
    expect(areaOfRing(clipRing(ring(-5, 15), box)!)).toBe(100)
    expect(areaOfRing(clipRing(ring(5, 15), box)!)).toBe(25)
    expect(clipRing(ring(11, 15), box)).toBeNull()
  })
})

it('a relation whose ways lie in any order and direction gives its rings; one that lacks a way gives nothing', () => {
  const at: Record<number, LngLat> = {
    1: [0, 0],
    2: [10, 0],
    3: [10, 10],
    4: [0, 10],
    5: [4, 4],
    6: [6, 4],
    7: [5, 6],
  }
  const way = (...refs: number[]) => ({
    refs,
    points: refs.map(ref => at[ref]!),
  })
  const ways = new Map([
    [
      1,
      way(1, 2),
    ],
    [
      2,
      way(4, 3, 2),
    ],
    [
      3,
      way(4, 1),
    ],
    [
      4,
      way(5, 6, 7, 5),
    ],
  ])
  const members = [1, 2, 3].map(ref => ({ type: 'way' as const, ref, role: 'outer' }))
  const relation = {
    type: 'relation' as const,
    id: 9,
    tags: null,
    members: [
      ...members,
      { type: 'way' as const, ref: 4, role: 'inner' },
    ],
  }
  const [polygon] = assembleMultipolygon(relation, id => ways.get(id))!
  expect(polygon!.map(ring => Math.abs(areaOfRing(ring)))).toEqual([100, 2])
  expect(assembleMultipolygon(relation, id => id === 3
    ? undefined
    : ways.get(id))).toBeNull()
})

it('nodes are found again, whether the file had them in order or not', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 40 }), { maxLength: 200 }), (ids) => {
    const store = new NodeStore()
    ids.forEach((id, i) => store.add(id, i / 1000, -i / 1000))
    store.seal()
    ids.forEach((id, i) => expect(store.lng(store.find(id))).toBe(i / 1000))
    expect(store.find(2 ** 41)).toBe(-1)
  }))
})

it('ids: a way keeps its number, a relation’s is negative, a later piece tells its way', () => {
  expect([
    placeId('way', 7),
    placeId('relation', 7),
    baseOfPiece(placeId('way', 7, 3)),
  ]).toEqual([7, -7, 7])
  expect(Number.isSafeInteger(placeId('way', 2 ** 40, 2000))).toBe(true)
})

describe('sharing out', () => {
  it('keeps the total exactly and gives no home more aged than people', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 3000 }), fc.double({ min: 0, max: 1, noNaN: true }), (areas, people, share) => {
      const residents = spread(people, areas)
      const aged = spread(Math.floor(people * share), areas, residents)
      const sum = (parts: number[]) => parts.reduce((a, b) => a + b, 0)
      expect(sum(residents)).toBe(people)
      expect(sum(aged)).toBe(Math.floor(people * share))
      aged.forEach((count, i) => expect(count).toBeLessThanOrEqual(residents[i]!))
    }))
  })

  it('a home twice as large gets twice as many', () => {
    expect(spread(9, [100, 200])).toEqual([3, 6])
    expect(spread(10, [100, 200])).toEqual([3, 7])
  })
})
