import type { Compound } from '../fill/site.ts'
import type { Land } from '../layout/bend.ts'
import type { NameBank } from '../people/names.ts'
import type { TownNames } from '../people/name-streets.ts'
import type { Residents } from '../people/residents.ts'
import type { TownPlan, TownRegion } from '../town.ts'
import type { Group } from './divide.ts'
import { centroid, distance, signedArea } from '../geometry/plane.ts'
import { divideInto, split } from './divide.ts'
import { outlineOf } from './outline.ts'

const COMMUNITIES = 16
/** Households above which a grid is divided. */
const GRID_HOUSEHOLDS = 520

/**
 * Subdistrict, communities and villages, and grids; codes are 9, 12 and 15 digits, numbered west to east within a band,
 * bands from north to south.
 */
export function divideTown(plan: TownPlan, land: readonly Land[], compounds: readonly Compound[], residentsOf: (land: Land) => Residents, town: TownNames, names: NameBank): TownRegion[] {
  const inside = land.filter(l => l.block.inside)
  const blocks = inside.filter(l => l.block.kind === 'block')
  const banks = inside.filter(l => l.block.kind === 'bank')
  // An empty hectare counts like some households, so that a campus does not hang on to a neighbour.
  const weight = (l: Land) => residentsOf(l).households + signedArea(l.ring) / 10_000 * 28
  const region = (code: string, name: string, level: TownRegion['level'], parent: string | undefined, members: Land[]): TownRegion =>
    ({
      code,
      name,
      level,
      parent,
      land: members,
      outline: outlineOf(members),
      residents: total(members.map(residentsOf)),
    })

  const communities = divideInto(COMMUNITIES, blocks, weight)
  const gridsOf = new Map(communities.map(community => [
    community,
    divideIntoGrids(community),
  ]))
  const grids = [
    ...gridsOf.values(),
  ].flat()
  attachBanks(banks, grids)
  for (const community of communities)
    community.land = gridsOf.get(community)!.flatMap(grid => grid.land)

  const regions: TownRegion[] = [
    region(plan.code, plan.name, 'subdistrict', plan.code.slice(0, 6), [...inside]),
  ]
  const villages = communities.toSorted((a, b) => villageShare(b) - villageShare(a)).slice(0, 2).filter(c => villageShare(c) > 0.05)
  const taken = new Set<string>()
  inReadingOrder(communities).forEach((community, i) => {
    const code = plan.code + String(i + 1).padStart(3, '0')
    const base = baseOf(community)
    taken.add(base)
    const isVillage = villages.includes(community)
    regions.push(region(code, base + (isVillage ? '村' : '社区'), isVillage ? 'village' : 'community', plan.code, community.land))
    inReadingOrder(gridsOf.get(community)!).forEach((grid, k) => {
      regions.push(region(code + String(k + 1).padStart(3, '0'), `${base}第${k + 1}网格`, 'grid', code, grid.land))
    })
  })
  return regions

  function divideIntoGrids(community: Group): Group[] {
    const households = (group: Group) => group.land.reduce((sum, l) => sum + residentsOf(l).households, 0)
    const done: Group[] = []
    const open: Group[] = [
      {
        ...community,
        land: [...community.land],
      },
    ]
    for (let group = open.pop(); group; group = open.pop()) {
      const parts = households(group) > GRID_HOUSEHOLDS || group.land.length > 9
        ? split(group)
        : undefined
      if (parts)
        open.push(...parts)
      else
        done.push(group)
    }
    return done
  }

  function villageShare(group: Group): number {
    const flats = (list: readonly Compound[]) => list.reduce((sum, c) => sum + c.buildings.reduce((s, b) => s + b.flats, 0), 0)
    const here = compounds.filter(c => group.land.includes(c.land))
    return flats(here.filter(c => c.style === 'village')) / Math.max(1, flats(here))
  }

  /** The name of the neighbourhood that most of it belongs to; a second community of one needs a name of its own. */
  function baseOf(community: Group): string {
    const blocks = community.land.filter(l => l.block.kind === 'block')
    const bases = [
      ...Map.groupBy(blocks, l => town.base(l)),
    ].toSorted((a, b) => b[1].length - a[1].length).map(([base]) => base)
    return bases.find(base => !taken.has(base)) ?? names.place()
  }
}

/**
 * Strips along the river join the block across the bank's street; where there is none inside, the strip beside them; and
 * only where there is neither, what lies over the middle of the river.
 */
function attachBanks(banks: readonly Land[], grids: readonly Group[]): void {
  let left = [...banks]
  while (left.length > 0) {
    const choices = left.flatMap(bank => grids.map(grid => ({
      bank,
      grid,
      metres: closeness(bank, grid),
    }))).filter(choice => choice.metres > 0)
    const best = choices.toSorted((a, b) => b.metres - a.metres)[0]
    const { bank, grid } = best ?? { bank: left[0]!, grid: grids[0]! }
    grid.land.push(bank)
    left = left.filter(other => other !== bank)
  }
}

/** Metres of border, weighted by what runs along it. */
function closeness(bank: Land, grid: Group): number {
  const edges = new Set(bank.pieces.map(piece => piece.edge))
  let metres = 0
  for (const other of grid.land) {
    for (const { edge } of other.pieces.filter(piece => edges.has(piece.edge))) {
      const length = edge.points.slice(1).reduce((sum, p, i) => sum + distance(edge.points[i]!, p), 0)
      metres += length * (other.block.kind === 'block'
        ? 10
        : edge.line.kind === 'river'
          ? 0.01
          : 1)
    }
  }
  return metres
}

/** Bands of 400 m from north to south, each from west to east. */
function inReadingOrder(groups: readonly Group[]): Group[] {
  const middle = new Map(groups.map((group) => {
    const total = group.land.reduce((sum, l) => sum + signedArea(l.ring), 0)
    const mean = (axis: 0 | 1) => group.land.reduce((sum, l) => sum + centroid(l.ring)[axis] * signedArea(l.ring), 0) / total
    return [
      group,
      [
        mean(0),
        mean(1),
      ] as const,
    ]
  }))
  const band = (group: Group) => Math.floor(-middle.get(group)![1] / 400)
  return groups.toSorted((a, b) => band(a) - band(b) || middle.get(a)![0] - middle.get(b)![0])
}

export function total(list: readonly Residents[]): Residents {
  const sum = {
    households: 0,
    population: 0,
    aged60: 0,
    aged70: 0,
    aged80: 0,
  }
  for (const residents of list) {
    for (const key of Object.keys(sum) as (keyof Residents)[])
      sum[key] += residents[key]
  }
  return sum
}
