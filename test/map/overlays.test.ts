import type { Feature } from '#contract/geometry.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundaryLines } from '../../client/map/boundary-lines.ts'
import { caseToPoint, placeToLivePoint } from '../../client/map/case-points.ts'
import { labelPlace } from '../../client/map/label-place.ts'
import { coverageLayer } from '../../client/map/layers/coverage.ts'
import { officersLayer } from '../../client/map/layers/officers.ts'
import { regionsLayer } from '../../client/map/layers/regions.ts'
import { renovationLayer, zoneGroup } from '../../client/map/layers/renovation.ts'
import { worksiteSize, worksitesLayer } from '../../client/map/layers/worksites.ts'
import { missedToHexagons } from '../../client/map/missed-to-hexagons.ts'

const now = Date.parse('2026-03-18T10:42:00+08:00')
const context = {
  look: { theme: 'dark' as const, scale: 1, screen: 'wall' as const },
  emphasis: 1,
  now,
  translate: (key: string, parameters: Record<string, unknown> = {}) => `${key} ${Object.values(parameters).join(' ')}`.trim(),
}
function square(west: number, south: number, size = 1) {
  return {
    type: 'Polygon' as const,
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ] as [number, number][][],
  }
}
function item<P extends object>(id: string, geometry: Feature['geometry'], properties: P) {
  return ({
    type: 'Feature' as const,
    id,
    geometry,
    properties,
  }) as never
}

describe('missed people', () => {
  const missed = fc.array(fc.record({
    lng: fc.double({ min: 117, max: 117.02, noNaN: true }),
    lat: fc.double({ min: 36.6, max: 36.62, noNaN: true }),
    people: fc.integer({ min: 0, max: 120 }),
  }), { maxLength: 60 })
    .map(list => list.map(({ lng, lat, people }, i): Feature => ({
      type: 'Feature',
      id: `missed-${i}`,
      geometry: {
        type: 'Point',
        coordinates: [lng, lat],
      },
      properties: { people },
    })))

  it('are all in the hexagons, and no hexagon is empty', () => {
    fc.assert(fc.property(missed, (features) => {
      const { features: hexagons } = missedToHexagons(features)
      const people = hexagons.map(({ properties }) => properties!.people as number)
      expect(people.reduce((a, b) => a + b, 0)).toBe(features.reduce((sum, { properties }) => sum + (properties.people as number), 0))
      expect(people.every(count => count > 0)).toBe(true)
    }))
  })

  it('lie in the hexagon that counts them', () => {
    fc.assert(fc.property(missed.filter(list => list.length === 1 && (list[0]!.properties.people as number) > 0), ([one]) => {
      const [hexagon] = missedToHexagons([one!]).features
      const ring = (hexagon!.geometry as unknown as { coordinates: [number, number][][] }).coordinates[0]!
      const [lng, lat] = (one!.geometry as { coordinates: [number, number] }).coordinates
      const centre = [0, 1].map(axis => (ring[0]![axis]! + ring[3]![axis]!) / 2) as [number, number]
      const metres = Math.hypot((lng - centre[0]) * 111_132 * Math.cos(lat * Math.PI / 180), (lat - centre[1]) * 111_132)
      expect(metres).toBeLessThanOrEqual(62.5)
    }), { numRuns: 50 })
  })

  it('keep their hexagons when somebody else moves', () => {
    const at = (id: string, lng: number): Feature => ({
      type: 'Feature',
      id,
      geometry: {
        type: 'Point',
        coordinates: [lng, 36.61],
      },
      properties: { people: 40 },
    })
    const before = missedToHexagons([
      at('a', 117.011),
      at('b', 117.019),
    ]).features
    const after = missedToHexagons([
      at('b', 117.019),
    ]).features
    expect(before).toContainEqual(after[0])
  })

  it('are shown in three steps: up to 29, from 30, from 80', () => {
    const step = (people: number) => missedToHexagons([
      {
        type: 'Feature',
        id: 'missed-1',
        geometry: {
          type: 'Point',
          coordinates: [117, 36],
        },
        properties: { people },
      },
    ]).features[0]!.properties!.step
    expect([29, 30, 79, 80].map(step)).toEqual([0, 1, 1, 2])
  })
})

describe('regions', () => {
  const regions = [
    item('990101001', square(0, 0, 2), { level: 'subdistrict', name: '街道' }),
    item('990101001001', square(0, 0), { level: 'community', name: '甲社区' }),
    item('990101001002', square(1, 0), { level: 'community', name: '乙社区' }),
  ] as never[]
  const parts = () => regionsLayer.toGeoJson(regions, context).features

  it('leave a hole in the mask where the subdistrict is', () => {
    const mask = parts().find(({ properties }) => properties!.part === 'mask')!.geometry as { coordinates: number[][][] }
    expect(mask.coordinates).toHaveLength(2)
    expect(mask.coordinates[1]).toContainEqual([2, 2])
  })

  it('that touch share one dashed line, and none runs along the outline', () => {
    const lines = boundaryLines([square(0, 0).coordinates[0]!, square(1, 0).coordinates[0]!], [
      [
        [0, 0],
        [1, 0],
      ],
    ])
    const edges = lines.flatMap(line => line.slice(1).map((to, i) => [line[i], to].map(String).sort().join(' ')))
    expect(new Set(edges).size).toBe(edges.length)
    expect(edges).toHaveLength(8 - 1 - 1)
  })

  it('have each name once, inside', () => {
    const names = parts().filter(({ properties }) => properties!.part === 'name')
    expect(names.map(({ properties }) => properties!.name)).toEqual(['甲社区', '乙社区'])
    const [lng, lat] = (names[0]!.geometry as unknown as { coordinates: [number, number] }).coordinates
    expect(Math.hypot(lng - 0.5, lat - 0.5)).toBeLessThan(0.1)
  })

  it('with a bent shape have their name in the widest part', () => {
    const [lng, lat] = labelPlace([
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [3.9, 4],
        [3.9, 0.1],
        [0, 0.1],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 0],
      ],
    ]) as [number, number]
    expect(lng > 3.8 || lat < 0.2).toBe(true)
  })
})

describe('a renovation zone', () => {
  it('has one of five signs, and is not settled while leftovers are on the account', () => {
    expect(zoneGroup({ stage: 'tender', openLeftovers: 0 })).toBe('design')
    expect(zoneGroup({ stage: 'construction', openLeftovers: 9 })).toBe('works')
    expect(zoneGroup({ stage: 'acceptance', openLeftovers: 9 })).toBe('acceptance')
    expect(zoneGroup({ stage: 'upkeep', openLeftovers: 1 })).toBe('leftovers')
    expect(zoneGroup({ stage: 'upkeep', openLeftovers: 0 })).toBe('settled')
  })

  it('is labelled with its state and progress; a ring fills with the works and holds the number of open leftovers', () => {
    const names = renovationLayer.toGeoJson([
      item('1', square(0, 0), {
        name: '西南小区',
        stage: 'construction',
        progress: 0.62,
        openLeftovers: 14,
      }),
      item('2', square(2, 0), {
        name: '北区',
        stage: 'survey',
        progress: null,
        openLeftovers: 0,
      }),
    ] as never[], context).features.filter(({ properties }) => properties!.part === 'name').map(({ properties }) => properties!)
    expect(names[0]).toMatchObject({
      label: 'map.zone.progress 西南小区 map.zone.works 62',
      leftovers: '14',
      ring: expect.stringMatching(/^zone-ring-12 /) as string,
    })
    expect(names[1]).toMatchObject({ label: 'map.zone.label 北区 map.zone.design', leftovers: '', ring: '' })
    expect(Object.keys(renovationLayer.images!(context))).toContain(names[0]!.ring)
  })
})

it('a worksite says what it owes, to how many, for how many days; one that owes nothing says nothing', () => {
  const worksite = (properties: object) => worksitesLayer.toGeoJson([
    item('w', {
      type: 'Point',
      coordinates: [117, 36],
    }, {
      warning: 'none',
      owedSince: null,
      owedPeople: 0,
      ...properties,
    }),
  ] as never[], context).features[0]!.properties!
  expect(worksite({
    owedYuan: 864_000,
    owedPeople: 23,
    owedSince: '2026-02-05',
    warning: 'yellow',
  })).toMatchObject({
    state: 'yellow',
    label: 'map.worksite.owed 86.4\nmap.worksite.days 41',
    people: 'map.worksite.peopleOnly 23',
  })
  expect(worksite({ owedYuan: 1_520_000, owedPeople: 47 })).toMatchObject({ label: 'map.worksite.owed 152', people: 'map.worksite.peopleOnly 47' })
  expect(worksite({ owedYuan: 0 })).toMatchObject({ state: 'clear', label: '', people: '' })
})

describe('the sign of a worksite', () => {
  const signs = worksitesLayer.images!(context)
  const signOf = (properties: object) => worksitesLayer.toGeoJson([
    item('w', {
      type: 'Point',
      coordinates: [117, 36],
    }, {
      warning: 'none',
      owedSince: null,
      owedPeople: 0,
      owedYuan: 1,
      dispute: false,
      ...properties,
    }),
  ] as never[], context).features[0]!.properties!

  it('is another one for each warning, and for a legal dispute again another; all of them are drawn', () => {
    const all = ['none', 'yellow', 'red'].flatMap(warning => [true, false].map(dispute => signOf({ warning, dispute }).sign as string))
    expect(new Set(all).size).toBe(6)
    expect(Object.keys(signs)).toEqual(expect.arrayContaining(all))
  })

  it('has an area that grows with the debt, up to two million', () => {
    const area = (yuan: number) => worksiteSize(yuan) ** 2
    expect(area(0)).toBeCloseTo(0.64, 1)
    expect(area(1_000_000) - area(0)).toBeCloseTo(area(2_000_000) - area(1_000_000), 1)
    expect(area(90_000_000)).toBe(area(2_000_000))
  })

  it('keeps its words clear of the ring', () => {
    expect(signOf({ dispute: true }).beside).toBeGreaterThan(signOf({ dispute: false }).beside as number)
  })
})

it('only the outermost reach has the strong line', () => {
  const reach = [5, 15, 10].map(minutes => item(`reach-${minutes}`, square(0, 0), { minutes })) as Feature[]
  const missed = item('missed-1', square(0, 0), { people: 3 }) as Feature
  const shown = coverageLayer.toGeoJson([
    ...reach,
    missed,
    item('summary', null, {}),
  ], context).features
  expect(shown.map(({ properties }) => [properties!.minutes, properties!.outermost])).toEqual([
    [5, false],
    [15, true],
    [10, false],
  ])
})

it('an officer not seen for five minutes is shown as such, one off duty not at all', () => {
  const officer = (id: string, duty: string, minutesAgo: number, name = '欧阳静') => item(id, {
    type: 'Point',
    coordinates: [117, 36],
  }, {
    name,
    duty,
    seenAt: new Date(now - minutesAgo * 60_000).toISOString(),
  })
  const shown = officersLayer.toGeoJson([
    officer('a', 'on', 1),
    officer('b', 'on', 6, '陈立'),
    officer('c', 'off', 0),
  ] as never[], context).features
  expect(shown.map(({ properties }) => [properties!.surname, properties!.state])).toEqual([
    ['欧阳', 'fresh'],
    ['陈', 'stale'],
  ])
})

describe('a case on the map', () => {
  const onMap = (status: string, hours: number | null, geometry: Feature['geometry'] = {
    type: 'Point',
    coordinates: [117, 36],
  }) =>
    caseToPoint(item('c', geometry, {
      kind: 'noise',
      status,
      reportedAt: new Date(now).toISOString(),
      dueAt: hours === null
        ? null
        : new Date(now + hours * 3_600_000).toISOString(),
      closedAt: null,
    }), now)

  it('has the ring of its deadline, and none once it waits for the call-back', () => {
    expect([-1, 1, 3].map(hours => onMap('in-progress', hours)!.ring)).toEqual([2, 1, 0])
    expect(onMap('resolved', -1)!.ring).toBe(0)
  })

  it('is not there when it is over or not located', () => {
    expect(onMap('archived', 5)).toBeNull()
    expect(onMap('dispatched', 5, null)).toBeNull()
  })

  it('is more urgent the less time is left, and last when it waits for the call-back', () => {
    const urgencies = [
      onMap('in-progress', -5),
      onMap('in-progress', 1),
      onMap('registered', 50),
      onMap('dispatched', null),
      onMap('resolved', -9),
    ].map(point => point!.urgency)
    expect(urgencies).toEqual([...urgencies].sort((a, b) => b - a))
  })

  it('stands for all who complained: those whose cases were merged into it count as well', () => {
    const head = {
      ...onMap('registered', 5)!,
      complainants: 3,
    }
    expect(placeToLivePoint({
      lng: 117,
      lat: 36,
      members: [
        head,
        onMap('registered', 4)!,
      ],
    }, 'desk').count).toBe(4)
  })

  it('is small on a wall while it waits for the call-back, and overdue ones lie on top', () => {
    const place = (status: string, hours: number) => ({
      lng: 117,
      lat: 36,
      members: [
        onMap(status, hours)!,
      ],
    })
    expect(placeToLivePoint(place('resolved', 5), 'wall').size).toBeLessThan(10)
    expect(placeToLivePoint(place('resolved', 5), 'desk').size).toBeGreaterThan(10)
    expect(placeToLivePoint(place('registered', -1), 'wall').order).toBeGreaterThan(placeToLivePoint(place('registered', 1), 'wall').order)
  })
})
