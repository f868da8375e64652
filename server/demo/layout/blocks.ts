import type { Arrangement, Face } from '../geometry/arrangement.ts'
import type { Point } from '../geometry/plane.ts'
import type { Plot, Side } from '../geometry/plot.ts'
import type { Random } from '../random.ts'
import type { BlockUse, LayoutLine, Skeleton, Want } from './skeleton.ts'
import { arrange } from '../geometry/arrangement.ts'
import { boundsOf, centroid, contains, crossing, distanceToLine, shift, signedArea } from '../geometry/plane.ts'
import { cut } from '../geometry/plot.ts'
import { BANK_METRES, isRoad } from './skeleton.ts'

/** A block between streets. `path` tells its place in the splitting: blocks with a common beginning lie together. */
export interface Block {
  face: Face<LayoutLine>
  inside: boolean
  kind: 'block' | 'bank'
  use?: BlockUse
  path: string
}

interface Leaf { ring: readonly Point[], path: string, use?: BlockUse }

/** Splits what the skeleton's lines enclose by ever smaller streets. All in the unbent plane. */
export function layOutBlocks(skeleton: Skeleton, random: Random): { arrangement: Arrangement<LayoutLine>, blocks: Block[] } {
  const large = arrange(skeleton.lines)
  const minor: LayoutLine[] = []
  const leaves: Leaf[] = []
  const wants = [...skeleton.wants]
  large.faces.forEach((face, index) => {
    if (face.sides.some(side => side.edge.line.kind === 'river'))
      return
    const inside = contains(skeleton.boundary, innerPoint(face.ring))
    const grain = inside
      ? random.between(0.75, 1.3)
      : 1.9
    split({
      ring: face.ring,
      sides: sidesOf(face),
    }, String(index).padStart(3, '0'), 0, {
      grain,
      inside,
      minor,
      leaves,
      wants,
      skeleton,
      random,
    })
  })
  const arrangement = arrange([
    ...skeleton.lines,
    ...minor,
  ])
  const blocks = arrangement.faces.map((face): Block => {
    const at = innerPoint(face.ring)
    const inside = contains(skeleton.boundary, at)
    const leaf = leaves.find(l => contains(l.ring, at))
    return leaf
      ? {
          face,
          inside,
          kind: 'block',
          use: leaf.use,
          path: leaf.path,
        }
      : {
          face,
          inside,
          kind: 'bank',
          path: 'bank',
        }
  })
  leaveOutRemnants(blocks)
  return { arrangement, blocks }
}

/** A corner that the border only touches in one point is no part of the subdistrict: it is of one piece. */
function leaveOutRemnants(blocks: readonly Block[]): void {
  const byEdge = Map.groupBy(blocks.filter(block => block.inside).flatMap(block => block.face.sides.map(side => ({ block, edge: side.edge }))), entry => entry.edge)
  let largest = new Set<Block>()
  const seen = new Set<Block>()
  for (const start of blocks) {
    if (!start.inside || seen.has(start))
      continue
    const part = new Set([start])
    for (const block of part) {
      seen.add(block)
      for (const { edge } of block.face.sides)
        byEdge.get(edge)?.forEach(other => part.add(other.block))
    }
    if (part.size > largest.size)
      largest = part
  }
  for (const block of blocks)
    block.inside &&= largest.has(block)
}

interface Splitting {
  grain: number
  inside: boolean
  minor: LayoutLine[]
  leaves: Leaf[]
  wants: Want[]
  skeleton: Skeleton
  random: Random
}

function split(plot: Plot, path: string, depth: number, context: Splitting) {
  const { random, wants, grain } = context
  const hectares = signedArea(plot.ring) / 10_000
  const want = wants.find(w => contains(plot.ring, w.at))
  const { west, south, east, north } = boundsOf(plot.ring)
  const long = Math.max(east - west, north - south)
  const short = Math.min(east - west, north - south)
  if (want && hectares <= want.maxHectares) {
    wants.splice(wants.indexOf(want), 1)
    context.leaves.push({ ring: plot.ring, path, use: want.use })
    return
  }
  if (!want && (hectares < random.between(2.9, 6.2) * grain || long < 170)) {
    context.leaves.push({ ring: plot.ring, path })
    return
  }
  // Across the longer axis; blocks of a Chinese town are rather wider than deep.
  const upright = (east - west) * 0.92 > north - south
  for (let attempt = 0; attempt < 6; attempt++) {
    const share = random.between(0.4, 0.6)
    const slant = random.between(-0.05, 0.05)
    const direction: Point = upright
      ? [slant, 1]
      : [1, slant]
    const through: Point = [west + (east - west) * (upright ? share : 0.5), south + (north - south) * (upright ? 0.5 : share)]
    const parts = cut(plot, through, direction, 'neighbour')
    if (!parts || Math.min(signedArea(parts.left.ring), signedArea(parts.right.ring)) < 7000 || short < 90)
      continue
    const kind = hectares > 26
      ? 'tertiary'
      : hectares > 13 && random.chance(0.4)
        ? 'tertiary'
        : 'lane'
    context.minor.push(...street(parts.from, parts.to, kind, `${path}`, context.skeleton))
    split(parts.left, `${path}0`, depth + 1, context)
    split(parts.right, `${path}1`, depth + 1, context)
    return
  }
  if (want)
    wants.splice(wants.indexOf(want), 1)
  context.leaves.push({ ring: plot.ring, path, use: want?.use })
}

/** The street of a cut; where it meets the river's bank a divider goes on to mid-river, so that regions can end there. */
function street(from: Point, to: Point, kind: LayoutLine['kind'], road: string, skeleton: Skeleton): LayoutLine[] {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1])
  const along: Point = [(to[0] - from[0]) / length, (to[1] - from[1]) / length]
  const lines: LayoutLine[] = [
    {
      points: [
        shift(from, along, -0.6),
        shift(to, along, 0.6),
      ],
      kind,
      road,
    },
  ]
  for (const [end, sign] of [
    [from, -1],
    [to, 1],
  ] as const) {
    const { river } = skeleton
    if (!river || distanceToLine(river, end) > BANK_METRES * 1.04)
      continue
    const reach = shift(end, along, sign * BANK_METRES * 3)
    const meets = river.slice(1).map((p, i) => crossing(end, reach, river[i]!, p)).filter(hit => hit !== undefined).toSorted((a, b) => a.t - b.t)[0]
    if (meets) {
      lines.push({
        points: [
          shift(end, along, -sign * 0.3),
          shift(meets.at, along, sign * 0.6),
        ],
        kind: 'divider',
      })
    }
  }
  return lines
}

function sidesOf(face: Face<LayoutLine>): Side[] {
  return face.sides.flatMap(({ edge }) => edge.points.slice(1).map(() => sideOf(edge.line)))
}

export function sideOf(line: LayoutLine): Side {
  if (line.kind === 'footbridge')
    return 'lane'
  if (line.kind === 'river' || line.kind === 'rail')
    return line.kind
  return isRoad(line.kind)
    ? line.kind as Side
    : line.kind === 'edge'
      ? 'open'
      : 'neighbour'
}

/** A point surely inside, also in outlines with bays. */
export function innerPoint(ring: readonly Point[]): Point {
  const centre = centroid(ring)
  if (contains(ring, centre))
    return centre
  const { south, north } = boundsOf(ring)
  const y = (south + north) / 2 + 0.01
  const xs: number[] = []
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!
    if ((a[1] > y) !== (b[1] > y))
      xs.push(a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]))
  })
  xs.sort((a, b) => a - b)
  let best = 0
  for (let i = 0; i + 1 < xs.length; i += 2) {
    if (xs[i + 1]! - xs[i]! > xs[best + 1]! - xs[best]!)
      best = i
  }
  return [(xs[best]! + xs[best + 1]!) / 2, y]
}
