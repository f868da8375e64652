import { expect, it } from 'vitest'
import { createStreetMap } from '../../server/demo/day/street-map.ts'
import { createWalker, walkOn } from '../../server/demo/day/walk.ts'
import { createRandom } from '../../server/demo/random.ts'

const step = 0.001 // about 111 m north, 89 m east

/** A ladder of two streets to the north, joined by three to the east. */
const ladder = [
  {
    nodes: [1, 2, 3],
    lngs: [117, 117, 117],
    lats: [36, 36 + step, 36 + 2 * step],
  },
  {
    nodes: [4, 5, 6],
    lngs: [117 + step, 117 + step, 117 + step],
    lats: [36, 36 + step, 36 + 2 * step],
  },
  {
    nodes: [1, 4],
    lngs: [117, 117 + step],
    lats: [36, 36],
  },
  {
    nodes: [3, 6],
    lngs: [117, 117 + step],
    lats: [36 + 2 * step, 36 + 2 * step],
  },
]
const map = createStreetMap(ladder)!
const cornerAt = (lng: number, lat: number) => map.nearest([lng, lat])

it('the way goes along streets, by the shorter side', () => {
  const route = map.route(cornerAt(117, 36 + step), cornerAt(117 + step, 36), 1000)!
  expect(route.map(corner => map.placeOf(corner))).toEqual([
    [117, 36 + step],
    [117, 36],
    [117 + step, 36],
  ])
})

it('there is no way to an island', () => {
  const islands = createStreetMap([
    ...ladder,
    {
      nodes: [8, 9],
      lngs: [117.01, 117.011],
      lats: [36, 36],
    },
  ])!
  expect(islands.route(islands.nearest([117, 36]), islands.nearest([117.01, 36]), 5000)).toBeNull()
})

it('an officer walks 1.2 m a second and never leaves the street', () => {
  const walker = createWalker('WG1', cornerAt(117, 36))
  const errand = [117 + step, 36 + 2 * step] as [number, number]
  const random = createRandom('walk')
  const places = Array.from({ length: 400 }, () => walkOn(walker, 5, [errand], map, random))
  for (const [i, [lng, lat]] of places.entries()) {
    const onStreet = Math.min(Math.abs(lng - 117), Math.abs(lng - 117 - step), Math.abs(lat - 36), Math.abs(lat - 36 - 2 * step))
    expect(onStreet).toBeLessThan(1e-9)
    if (i > 0) {
      const metres = Math.hypot((lng - places[i - 1]![0]) * 111_000 * Math.cos(36 * Math.PI / 180), (lat - places[i - 1]![1]) * 111_000)
      expect(metres).toBeLessThan(5 * 1.2 + 0.01)
    }
  }
  expect(places.some(([lng, lat]) => Math.abs(lng - errand[0]) < 1e-9 && Math.abs(lat - errand[1]) < 1e-9)).toBe(true)
})

it('without streets there is no map', () => {
  expect(createStreetMap([])).toBeNull()
})
