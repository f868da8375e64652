import type { TownPlan } from './streets.ts'

export const squareCommunities = ['A', 'B'].map(id => ({
  id,
  subdistrict: '990101001',
  name: id,
  households: null,
  populationAsOf: null,
}))
const side = 4
const step = 250
/** Its corners, metres. */
export const squarePlaces = Array.from({ length: side * side }, (_, i) => [i % side * step, Math.floor(i / side) * step] as const)

/** A square of streets with a house on every corner, in two communities. */
export function square(houses: { people: number, aged80: number }[]): TownPlan {
  const line = (fixed: number, across: boolean) => Array.from({ length: side }, (_, i) => across
    ? [i * step, fixed * step] as const
    : [fixed * step, i * step] as const)
  return {
    streets: Array.from({ length: side }, (_, i) => [
      line(i, true),
      line(i, false),
    ]).flat(),
    houses: houses.map((house, i) => ({
      ...house,
      aged70: house.aged80,
      at: [squarePlaces[i]![0] + 9, squarePlaces[i]![1] + 9],
      community: i % 3 === 0
        ? 'A'
        : 'B',
      grid: i % 2 === 0
        ? 'A'
        : undefined,
    })),
    communities: squareCommunities,
  }
}
