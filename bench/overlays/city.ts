import type { RenovationZoneFeature, WorksiteFeature } from '../../server/contract/places.ts'
import { randomFrom } from '../map/ground.ts'

type Bounds = readonly [number, number, number, number]

const stages = [
  'survey',
  'tender',
  'construction',
  'acceptance',
  'upkeep',
] as const
const warnings = ['none', 'yellow', 'red'] as const

/** Renovation zones in rows over the bounds, each an outline of so many vertices some 600 m across, with bends of 80 m, 15 m and 4 m. */
export function cityZones([west, south, east, north]: Bounds, count: number, vertices: number): RenovationZoneFeature[] {
  const random = randomFrom(20261124)
  const columns = Math.ceil(Math.sqrt(count * 1.6))
  const rows = Math.ceil(count / columns)
  return Array.from({ length: count }, (_, i) => {
    const [lng, lat] = [
      west + (i % columns + 0.5) / columns * (east - west),
      south + (Math.floor(i / columns) + 0.5) / rows * (north - south),
    ]
    const lobes = 3 + Math.floor(random() * 5)
    const turn = random() * 6
    const ring = Array.from({ length: vertices - 1 }, (_, at): [number, number] => {
      const angle = at / (vertices - 1) * 2 * Math.PI
      const radius = 0.003 * (1 + 0.18 * Math.sin(lobes * angle) + 0.03 * Math.sin(23 * angle + turn) + 0.008 * Math.sin(61 * angle))
      return [lng + radius * Math.cos(angle), lat + 0.8 * radius * Math.sin(angle)]
    })
    return {
      type: 'Feature',
      id: `z${i}`,
      geometry: {
        type: 'Polygon',
        coordinates: [
          [...ring, ring[0]!],
        ],
      },
      properties: {
        id: `z${i}`,
        name: `第${i}小区`,
        stage: stages[i % stages.length]!,
        progress: random(),
        openLeftovers: i % 3
          ? i % 9
          : 0,
      },
    } as RenovationZoneFeature
  })
}

export function citySites([west, south, east, north]: Bounds, count: number): WorksiteFeature[] {
  const random = randomFrom(7)
  return Array.from({ length: count }, (_, i) => ({
    type: 'Feature',
    id: `w${i}`,
    geometry: {
      type: 'Point',
      coordinates: [west + random() * (east - west), south + random() * (north - south)],
    },
    properties: {
      id: `w${i}`,
      owedYuan: i % 4
        ? Math.round(random() ** 3 * 3_000_000)
        : 0,
      owedPeople: i % 4
        ? Math.ceil(random() * 90)
        : 0,
      owedSince: '2026-09-30',
      warning: warnings[i % 3]!,
      dispute: i % 11 === 0,
    },
  } as WorksiteFeature))
}
