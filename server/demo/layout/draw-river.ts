import type { Drawing, Vertex } from '../geometry/drawing.ts'
import type { Point } from '../geometry/plane.ts'
import type { Random } from '../random.ts'
import type { Street } from './bend.ts'
import { joinLine } from '../geometry/drawing.ts'
import { parallel } from '../geometry/curve.ts'
import { between, distance, distanceToLine, footOn } from '../geometry/plane.ts'

/** The river as an area of water 40 to 70 m wide, green banks, and a promenade on both sides that ends before bridges. */
export function drawRiver(drawing: Drawing, centre: readonly Point[], streets: readonly Street[], isNear: (p: Point) => boolean, name: string, random: Random): void {
  const phase = random.between(0, 6)
  const half = (i: number) => 27 + 5 * Math.sin(i * 0.11 + phase) + 2.5 * Math.sin(i * 0.37)
  drawing.area([
    ...parallel(centre, half),
    ...parallel(centre, i => -half(i)).toReversed(),
  ], { natural: 'water', water: 'river', name })
  drawing.line(centre.map(p => drawing.vertex(p)), { waterway: 'river', name })

  const bridges = streets.filter(street => street.bridge).map(street => street.vertices.map(v => v.at))
  for (const [road, sign] of [
    ['bank-north', 1],
    ['bank-south', -1],
  ] as const) {
    const bank = streets.filter(street => street.line.road === road)
    if (bank.length === 0)
      continue
    const off = centre.map(p => nearestOn(bank, p)?.metres ?? Infinity)
    const path = parallel(centre, i => sign * (half(i) + 5))
    const free = path.map((p, i) => isNear(p) && off[i]! < 95 && bridges.every(bridge => distanceToLine(bridge, p) > 24))
    for (const run of runsOf(free, 5)) {
      const vertices = run.map(i => drawing.vertex(path[i]!))
      drawing.line(vertices, {
        highway: 'footway',
        name: sign > 0
          ? '北岸步道'
          : '南岸步道',
      })
      run.forEach((_, k) => {
        if (k % 7 === 0 || k === run.length - 1)
          leadToBank(vertices[k]!, k % 14 === 7)
      })
      drawing.area([
        ...run.map(i => path[i]!),
        ...parallel(centre, i => sign * Math.max(half(i) + 8, off[i]! - 18)).filter((_, i) => run.includes(i)).toReversed(),
      ], { leisure: 'park' })
    }

    function leadToBank(from: Vertex, stairs: boolean) {
      const near = nearestOn(bank, from.at)
      if (!near || near.metres > 75)
        return
      const to = joinLine(drawing, near.street.vertices, near.at)
      if (!stairs)
        return void drawing.line([from, to], { highway: 'footway' })
      const top = drawing.vertex(between(from.at, to.at, Math.min(0.5, 7 / distance(from.at, to.at))))
      drawing.line([from, top], { highway: 'steps' })
      drawing.line([top, to], { highway: 'footway' })
    }
  }
}

function nearestOn(streets: readonly Street[], p: Point): { street: Street, at: Point, metres: number } | undefined {
  let nearest: { street: Street, at: Point, metres: number } | undefined
  for (const street of streets) {
    for (let i = 1; i < street.vertices.length; i++) {
      const { at, metres } = footOn(street.vertices[i - 1]!.at, street.vertices[i]!.at, p)
      if (metres < (nearest?.metres ?? Infinity))
        nearest = { street, at, metres }
    }
  }
  return nearest
}

/** Unbroken stretches of true, as lists of indices, at least so long. */
function runsOf(flags: readonly boolean[], least: number): number[][] {
  const runs: number[][] = []
  let open: number[] = []
  for (const [i, flag] of flags.entries()) {
    if (flag) {
      open.push(i)
      continue
    }
    runs.push(open)
    open = []
  }
  runs.push(open)
  return runs.filter(run => run.length >= least)
}

/** Two tracks on a strip of railway land. */
export function drawRailway(drawing: Drawing, centre: readonly Point[], name: string): void {
  drawing.area([
    ...parallel(centre, () => 9),
    ...parallel(centre, () => -9).toReversed(),
  ], { landuse: 'railway' })
  for (const off of [2.3, -2.3])
    drawing.line(parallel(centre, () => off).map(p => drawing.vertex(p)), { railway: 'rail', name })
}
