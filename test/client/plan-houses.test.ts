import { expect, it } from 'vitest'
import { houseClass, housesAsFeatures } from '../../client/plan/houses-layer.ts'

it('a house is told by its places against half the mean and the mean', () => {
  expect([0, 9.9, 10, 19.9, 20, 80].map(perThousand => houseClass(perThousand, 20))).toEqual([
    'none',
    'few',
    'fewer',
    'fewer',
    'enough',
    'enough',
  ])
})

it('where nobody has a place every house has none', () => {
  expect(houseClass(0, 0)).toBe('none')
})

it('houses become points with their class and people', () => {
  const [feature] = housesAsFeatures([
    {
      id: 7,
      name: null,
      community: null,
      lng: 117,
      lat: 36.6,
      people: 12,
      seconds: 300,
      perThousand: 4,
    },
  ], 20)
  expect(feature).toMatchObject({
    id: 'house-7',
    geometry: {
      coordinates: [117, 36.6],
    },
    properties: { of: 'few', people: 12 },
  })
})
