import type { Feature } from '#contract/geometry.ts'
import type { Track } from '#contract/positions.ts'
import type { OfficerFeature } from '#contract/places.ts'
import { describe, expect, it } from 'vitest'
import { piecesOf, placeAt } from '../../client/duty/officer/track-at.ts'
import { seenWords } from '../../client/duty/officer/seen-words.ts'
import { degreesPerPixel, glidedTo, isPictureDue, longestWay } from '../../client/map/glide.ts'
import { officersLayer } from '../../client/map/layers/officers.ts'

const now = Date.parse('2026-11-24T10:00:00+08:00')
function at(id: string, lng: number, lat = 36): Feature {
  return {
    type: 'Feature',
    id,
    geometry: {
      type: 'Point',
      coordinates: [lng, lat],
    },
    properties: {},
  }
}

describe('a moving officer', () => {
  const from = new Map([
    [
      'a',
      [117, 36] as [number, number],
    ],
    [
      'b',
      [117, 36] as [number, number],
    ],
    [
      'c',
      [117, 36] as [number, number],
    ],
  ])

  it('glides to where he was seen; who stands or is new does not', () => {
    const features = [
      at('a', 117.001),
      at('b', 117),
      at('new', 117.5),
    ]
    const half = glidedTo(features, from, 0.5)
    expect((half[0]!.geometry as { coordinates: number[] }).coordinates[0]).toBeCloseTo(117.0005, 8)
    expect(half[1]).toBe(features[1])
    expect(half[2]).toBe(features[2])
    expect(glidedTo(features, from, 1)).toEqual(features)
  })

  it('is drawn ten times a second, less often where that holds the page up, and not for a step that nobody sees', () => {
    const due = (sinceMs: number, heldUpMs: number, step = 1) => isPictureDue({ sinceMs, heldUpMs, step })
    expect([90, 100].map(since => due(since, 0))).toEqual([false, true])
    expect([500, 510].map(since => due(since, 51))).toEqual([false, true])
    expect([0.4, 0.5].map(step => due(5000, 0, step))).toEqual([false, true])
  })

  it('the longest way is that of who glides, not of who jumps', () => {
    expect(longestWay([
      at('a', 117.0003),
      at('b', 117.0001),
      at('c', 118),
      at('new', 120),
    ], from)).toBeCloseTo(0.0003, 9)
    expect(degreesPerPixel(15) * 111_320).toBeCloseTo(2.39, 2)
  })

  it('who was not seen on the way does not fly across the town', () => {
    const features = [
      at('c', 117.01),
    ]
    expect(glidedTo(features, from, 0.5)[0]).toBe(features[0])
  })
})

describe('how old a position is', () => {
  const officer = (secondsAgo: number, duty = 'on') => ({
    ...at('o', 117),
    properties: {
      id: 'o',
      name: '王网格',
      grid: null,
      community: null,
      duty,
      skills: [],
      seenAt: new Date(now - secondsAgo * 1000).toISOString(),
    },
  }) as unknown as OfficerFeature
  const drawn = (secondsAgo: number, duty = 'on') => officersLayer.toGeoJson([
    officer(secondsAgo, duty),
  ], {
    look: { theme: 'dark', scale: 1, screen: 'desk' },
    emphasis: 1,
    translate: key => key,
    now,
  }).features[0]?.properties

  it('grey after two minutes with its age, gone after fifteen, off duty at once', () => {
    expect(drawn(120)).toMatchObject({ state: 'fresh', age: '' })
    expect(drawn(121)).toMatchObject({ state: 'stale', age: 'common.map.minutesOld' })
    expect(drawn(900)).toMatchObject({ state: 'stale' })
    expect(drawn(901)).toBeUndefined()
    expect(drawn(1, 'off')).toBeUndefined()
  })

  it('who gets no names sees a disc without', () => {
    const [named] = [
      officer(1),
    ]
    const context = {
      look: { theme: 'dark' as const, scale: 1, screen: 'wall' as const },
      emphasis: 1,
      translate: (key: string) => key,
      now,
    }
    const surname = (name: string) => officersLayer.toGeoJson([
      {
        ...named,
        properties: { ...named.properties, name },
      },
    ], context).features[0]!.properties!.surname
    expect(['', '欧阳明', '王网格'].map(surname)).toEqual(['', '欧阳', '王'])
    expect(Object.keys(officersLayer.images!(context))).toHaveLength(4)
  })

  it('is told in words', () => {
    expect(seenWords(now - 12_000, now)).toEqual({ key: 'seconds', n: 12, isOld: false })
    expect(seenWords(now - 240_000, now)).toEqual({ key: 'minutes', n: 4, isOld: true })
    expect(seenWords(now - 3_600_000, now)).toEqual({ key: 'gone', n: 60, isOld: true })
    expect(seenWords(null, now).key).toBe('never')
    expect(seenWords(now + 5000, now)).toMatchObject({ n: 0 })
  })
})

describe('a track', () => {
  const fixes: Track['fixes'] = [
    [117, 36, now, 5],
    [117.002, 36, now + 20_000, 5],
    [117.002, 36.001, now + 40_000, 5],
    [117.1, 36.1, now + 1_000_000, 5],
    [117.1, 36.2, now + 1_010_000, 5],
  ]

  it('says where he was between two places, and nothing of what nobody knows', () => {
    expect(placeAt(fixes, now + 10_000)).toEqual([
      expect.closeTo(117.001, 8),
      36,
    ])
    expect(placeAt(fixes, now)).toEqual([117, 36])
    expect(placeAt(fixes, now + 1_010_000)).toEqual([117.1, 36.2])
    expect(placeAt(fixes, now + 500_000)).toBeNull()
    expect(placeAt(fixes, now - 1)).toBeNull()
    expect(placeAt(fixes, now + 1_010_001)).toBeNull()
    expect(placeAt([], now)).toBeNull()
  })

  it('is drawn in pieces, broken where a device was silent', () => {
    expect(piecesOf(fixes).map(piece => piece.length)).toEqual([3, 2])
  })
})
