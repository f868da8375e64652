import type { Polygon } from 'geojson'
import { booleanValid } from '@turf/turf'
import { expect, it } from 'vitest'
import { displayOutline } from '../../client/map/display-outline.ts'

/** A round outline of so many points, some 300 m across, with bumps of so many metres. */
function round(points: number, bump: number): Polygon {
  const ring = Array.from({ length: points }, (_, i): [number, number] => {
    const angle = i / points * 2 * Math.PI
    const metres = 150 + bump * Math.sin(40 * angle)
    return [117 + metres / 111_320 / Math.cos(36.6 * Math.PI / 180) * Math.cos(angle), 36.6 + metres / 111_320 * Math.sin(angle)]
  })
  return {
    type: 'Polygon',
    coordinates: [
      [...ring, ring[0]!],
    ],
  }
}

it('an outline is drawn with a fraction of its points, and none of those left out is more than 25 cm away', () => {
  const outline = round(2000, 0.5)
  const drawn = displayOutline(outline).coordinates[0]!
  expect(drawn.length).toBeLessThan(outline.coordinates[0]!.length / 4)
  expect(drawn[0]).toEqual(drawn.at(-1))
  const metres = ([lng, lat]: number[]) => [(lng! - 117) * 111_320 * Math.cos(36.6 * Math.PI / 180), (lat! - 36.6) * 111_320] as const
  const farthest = Math.max(...outline.coordinates[0]!.map(point => Math.min(...drawn.slice(1).map((to, i) => distance(metres(point), metres(drawn[i]!), metres(to))))))
  expect(farthest).toBeLessThan(0.26)
})

it('a bump that can be seen stays, and a valid outline stays valid', () => {
  const drawn = displayOutline(round(2000, 5))
  expect(drawn.coordinates[0]!.length).toBeGreaterThan(80)
  expect(booleanValid(drawn as never)).toBe(true)
})

it('a house with a yard in it, and what has few corners, are drawn as they are', () => {
  const square = (at: number, size: number): [number, number][] => [
    [at, at],
    [at + size, at],
    [at + size, at + size],
    [at, at + size],
    [at, at],
  ]
  const house: Polygon = {
    type: 'Polygon',
    coordinates: [
      square(0, 1),
      square(0.2, 0.2),
    ],
  }
  expect(displayOutline(house)).toEqual(house)
})

it('is reckoned once for each geometry', () => {
  const outline = round(300, 1)
  expect(displayOutline(outline)).toBe(displayOutline(outline))
})

function distance([px, py]: readonly [number, number], [ax, ay]: readonly [number, number], [bx, by]: readonly [number, number]): number {
  const [dx, dy] = [bx - ax, by - ay]
  const along = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(px - ax - along * dx, py - ay - along * dy)
}
