import type { Feature } from '#contract/geometry.ts'
import { expect, it } from 'vitest'
import { maskedFeature } from '../../server/access/mask.ts'

const gasLeak: Feature = {
  type: 'Feature',
  id: 'GD1',
  geometry: {
    type: 'Point',
    coordinates: [117.051234, 36.661234],
  },
  properties: {
    id: 'GD1',
    kind: 'utilities',
    topic: 'gas-leak',
    content: '张三 13800000000 家 3 号楼 2 单元 501 有燃气味',
    address: '春柳新村 3 号楼 2 单元 501',
    assignee: 'o7',
    status: 'registered',
  },
}

it('a masked case keeps what it is about and loses what was written', () => {
  const masked = maskedFeature('cases', gasLeak)
  expect(masked.properties).toEqual({
    id: 'GD1',
    kind: 'utilities',
    topic: 'gas-leak',
    content: '',
    address: null,
    assignee: null,
    status: 'registered',
  })
  expect(JSON.stringify(masked)).not.toMatch(/张三|138|501|o7/)
})

it('two flats of one building are drawn at one point, less than 36 m from the truth', () => {
  const [lng, lat] = (maskedFeature('cases', gasLeak).geometry as { coordinates: [number, number] }).coordinates
  const metres = Math.hypot((lng - 117.051234) * 111_320 * Math.cos(36.66 * Math.PI / 180), (lat - 36.661234) * 111_320)
  expect(metres).toBeGreaterThan(0)
  expect(metres).toBeLessThan(36)
  const neighbour = {
    ...gasLeak,
    geometry: {
      type: 'Point' as const,
      coordinates: [117.05124, 36.66124] as [number, number],
    },
  }
  expect(maskedFeature('cases', neighbour).geometry).toEqual(maskedFeature('cases', gasLeak).geometry)
})

it('an officer has no name on a wall', () => {
  const officer: Feature = {
    type: 'Feature',
    id: 'o1',
    geometry: null,
    properties: {
      id: 'o1',
      name: '欧阳明',
      skills: ['电梯'],
      duty: 'on',
    },
  }
  expect(maskedFeature('officers', officer).properties).toEqual({
    id: 'o1',
    name: '',
    skills: [],
    duty: 'on',
  })
})

it('what points at nobody passes as it is', () => {
  const zone: Feature = {
    type: 'Feature',
    id: 'z',
    geometry: null,
    properties: { name: '春柳新村', openLeftovers: 3 },
  }
  expect(maskedFeature('renovation-zones', zone)).toEqual(zone)
})
