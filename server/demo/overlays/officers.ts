import type { Point } from '../geometry/plane.ts'
import type { Random } from '../random.ts'
import type { Town, TownRegion } from '../town.ts'
import { contains } from '../geometry/plane.ts'
import { inventedPhone, personName } from '../people/names.ts'

export interface DemoOfficer {
  id: string
  name: string
  phone: string
  community: TownRegion
  grid: TownRegion
  duty: 'on' | 'off'
  skills: string[]
  at: Point
}

const OFFICERS = 40
const skills = [
  '物业协调',
  '电梯应急',
  '水电气热',
  '消防巡查',
  '矛盾调解',
  '欠薪维权',
  '为老服务',
  '环境整治',
  '停车秩序',
  '老旧改造',
]

/** Grid workers: at least one a community, the more people the more of them; they stand on a street of their grid. */
export function enlistOfficers({ regions, streets, plan }: Omit<Town, 'facilities'>, random: Random): DemoOfficer[] {
  const grids = regions.filter(region => region.level === 'grid' && region.residents.population > 0)
  const inOrder = grids.toSorted((a, b) => b.residents.population - a.residents.population)
  const firsts = [
    ...Map.groupBy(inOrder, grid => grid.parent).values(),
  ].map(list => list[0]!)
  const chosen = [
    ...firsts,
    ...inOrder.filter(grid => !firsts.includes(grid)),
  ].slice(0, OFFICERS)
  while (chosen.length < OFFICERS)
    chosen.push(inOrder[chosen.length % inOrder.length]!)
  const corners = streets.flatMap(street => street.bridge
    ? []
    : street.vertices.map(vertex => vertex.at))
  return chosen.map((grid, i) => ({
    id: `WG${plan.code}${String(i + 1).padStart(2, '0')}`,
    name: personName(random),
    phone: inventedPhone(random),
    community: regions.find(region => region.code === grid.parent)!,
    grid,
    duty: i % 5 === 4
      ? 'off'
      : 'on',
    skills: random.shuffle(skills).slice(0, random.integer(1, 3)),
    at: random.pick(cornersOf(grid)),
  }))

  function cornersOf(grid: TownRegion): Point[] {
    const inside = corners.filter(corner => grid.outline.some(([outer]) => contains(outer!, corner)))
    return inside.length > 0
      ? inside
      : [grid.land[0]!.middle]
  }
}
