import type { BentEdge, Land } from '../layout/bend.ts'
import { distance } from '../geometry/plane.ts'

/** Blocks that belong together, with the place in the splitting that they share. */
export interface Group { path: string, land: Land[] }

export type Weight = (land: Land) => number

/**
 * So many groups of about equal weight. Each is the whole of what lies between arterials, or one side of a street
 * within; what is too light joins a neighbour across a street, never across the river or the railway.
 */
export function divideInto(count: number, land: readonly Land[], weight: Weight): Group[] {
  const groups: Group[] = [
    ...Map.groupBy(land, l => l.block.path.slice(0, 3)),
  ].map(([path, members]) => ({ path, land: members }))
  const heft = (group: Group) => group.land.reduce((sum, l) => sum + weight(l), 0)
  const average = land.reduce((sum, l) => sum + weight(l), 0) / count
  const join = (light: Group) => {
    const others = groups.filter(group => group !== light)
    const across = others.map(group => ({
      group,
      border: commonBorder(light.land, group.land, edge => edge.street !== undefined && !edge.street.bridge),
    })).filter(({ border }) => border > 60)
    // A remnant that the railway cuts off from everything joins whoever lies behind it.
    const behind = heft(light) < average * 0.12
      ? others.map(group => ({
          group,
          border: commonBorder(light.land, group.land, () => true),
        })).filter(({ border }) => border > 0)
      : []
    const partner = (across.length > 0
      ? across
      : behind)
      .toSorted((a, b) => heft(a.group) / average - a.border / 2000 - heft(b.group) / average + b.border / 2000)[0]
      ?.group
    if (!partner)
      return false
    partner.land.push(...light.land)
    partner.path = ''
    groups.splice(groups.indexOf(light), 1)
    return true
  }
  for (const light of groups.toSorted((a, b) => heft(a) - heft(b))) {
    if (heft(light) < average * 0.42 && groups.includes(light))
      join(light)
  }
  while (groups.length < count) {
    const heaviest = groups.toSorted((a, b) => heft(b) - heft(a)).find(group => split(group))
    if (!heaviest)
      break
    groups.splice(groups.indexOf(heaviest), 1, ...split(heaviest)!)
  }
  while (groups.length > count) {
    if (!groups.toSorted((a, b) => heft(a) - heft(b)).some(group => join(group)))
      break
  }
  return groups
}

/** The two sides of the first street within a group. */
export function split(group: Group): [Group, Group] | undefined {
  // What was joined is split where the blocks' own splitting first differs.
  let path = group.path
  for (;;) {
    const nexts = [
      ...Map.groupBy(group.land, l => l.block.path.slice(0, Math.max(path.length + 1, 3))).keys(),
    ]
    if (nexts.length > 1) {
      const [first, ...others] = nexts
      const inFirst = (l: Land) => l.block.path.startsWith(first!)
      if (others.length > 1 && path.length >= 3)
        return undefined
      return [
        {
          path: first!,
          land: group.land.filter(inFirst),
        },
        {
          path: others.length === 1
            ? others[0]!
            : '',
          land: group.land.filter(l => !inFirst(l)),
        },
      ]
    }
    if (nexts[0] === path || nexts.length === 0)
      return undefined
    path = nexts[0]!
  }
}

/** Metres of line between two sets of blocks, of the lines that count. */
function commonBorder(a: readonly Land[], b: readonly Land[], counts: (edge: BentEdge) => boolean): number {
  const edges = new Set(a.flatMap(l => l.pieces.map(piece => piece.edge)))
  let metres = 0
  for (const { edge } of b.flatMap(l => l.pieces)) {
    if (edges.has(edge) && counts(edge))
      metres += edge.points.slice(1).reduce((sum, p, i) => sum + distance(edge.points[i]!, p), 0)
  }
  return metres
}
