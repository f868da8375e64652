import { expect, it } from 'vitest'
import { readCandidates } from '../../client/plan/read-candidates.ts'

const named = (n: number) => `地块 ${n}`
const read = (file: unknown) => readCandidates(JSON.stringify(file), named)
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features })
function point(coordinates: unknown, properties: unknown = {}) {
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates },
    properties,
  }
}

it('parcels of a file bear their names, costs and places, in Chinese or English; an area stands for a point inside it', () => {
  const answer = read(collection(
    point([117.05, 36.66], { 名称: '老粮站', 造价: '120.5', 床位: 40 }),
    {
      type: 'Feature',
      geometry: {
        type: 'Polygon',
        // A U: its middle lies outside of it.
        coordinates: [
          [
            [0, 0],
            [3, 0],
            [3, 3],
            [2, 3],
            [2, 1],
            [1, 1],
            [1, 3],
            [0, 3],
            [0, 0],
          ],
        ],
      },
      properties: { name: 'Court', cost: 0 },
    },
    point([117.06, 36.67]),
  ))
  expect(answer).toMatchObject({
    passedOver: [],
    parcels: [
      {
        name: '老粮站',
        cost: 120.5,
        capacity: 40,
        lng: 117.05,
        lat: 36.66,
      },
      { name: 'Court', cost: 0, capacity: null },
      { name: '地块 3', cost: 1, capacity: null },
    ],
  })
  const { lng, lat } = (answer as { parcels: { lng: number, lat: number }[] }).parcels[1]!
  expect(lng <= 1 || lng >= 2 || lat <= 1).toBe(true)
})

it('a feature without a place is passed over and named, the others are read', () => {
  expect(read(collection(
    point([117.05, 36.66]),
    { type: 'Feature', geometry: null, properties: {} },
    point(['x', 1]),
  ))).toMatchObject({
    parcels: [
      { id: 'parcel-1' },
    ],
    passedOver: [2, 3],
  })
})

it('what is no file of parcels is refused with the reason', () => {
  expect(readCandidates('地块,经度,纬度', named)).toEqual({ refused: 'not-json' })
  expect(read([1, 2])).toEqual({ refused: 'not-geojson' })
  expect(read({ type: 'Topology' })).toEqual({ refused: 'not-geojson' })
  expect(read(collection())).toEqual({ refused: 'none' })
  expect(read(collection(point([505_000, 4_059_000])))).toEqual({ refused: 'not-degrees' })
  expect(read(collection(...Array.from({ length: 1001 }, () => point([117, 36]))))).toEqual({ refused: 'too-many' })
})
