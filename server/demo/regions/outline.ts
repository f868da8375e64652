import type { Point, Ring } from '../geometry/plane.ts'
import type { Land } from '../layout/bend.ts'
import { between, contains, signedArea } from '../geometry/plane.ts'

/** Outer rings counter-clockwise, each followed by its holes (clockwise). */
export type Outline = Ring[][]

/**
 * The outline of several blocks together. It is made of the very points of their own outlines, so that neighbouring
 * regions meet exactly: no overlap, no gap.
 */
export function outlineOf(land: readonly Land[]): Outline {
  const steps = new Map<string, { from: number, to: number, points: Point[] }>()
  for (const { edge, forward } of land.flatMap(l => l.pieces)) {
    const step = forward
      ? {
          from: edge.from,
          to: edge.to,
          points: [...edge.points],
        }
      : {
          from: edge.to,
          to: edge.from,
          points: edge.points.toReversed(),
        }
    const key = (s: typeof step, middle: Point) => `${s.from} ${s.to} ${middle[0].toFixed(3)} ${middle[1].toFixed(3)}`
    const middle = edge.points[Math.floor(edge.points.length / 2)]!
    // Walked once each way, an edge lies between two of the blocks and is no border.
    if (!steps.delete(key({ ...step, from: step.to, to: step.from }, middle)))
      steps.set(key(step, middle), step)
  }
  const leaving = new Map<number, { from: number, to: number, points: Point[] }[]>()
  for (const step of steps.values()) {
    leaving.set(step.from, [
      ...leaving.get(step.from) ?? [],
      step,
    ])
  }
  const rings: Ring[] = []
  for (;;) {
    const start = [
      ...leaving.values(),
    ].find(list => list.length > 0)?.[0]
    if (!start)
      break
    const ring: Point[] = []
    for (let step = start; ;) {
      const list = leaving.get(step.from)!
      list.splice(list.indexOf(step), 1)
      ring.push(...step.points.slice(0, -1))
      const next = nextStep(step.points, leaving.get(step.to) ?? [])
      if (!next)
        break
      step = next
    }
    rings.push(ring)
  }
  const outers = rings.filter(ring => signedArea(ring) > 0)
  const holes = rings.filter(ring => signedArea(ring) < 0)
  return outers.map(outer => [
    outer,
    ...holes.filter(hole => contains(outer, middleOfFirstEdge(hole))),
  ])
}

/** Where outlines touch in one point: the first way on, clockwise from where one came. */
function nextStep(points: readonly Point[], choices: { from: number, to: number, points: Point[] }[]) {
  const back = angle(points.at(-1)!, points.at(-2)!)
  const turn = (p: readonly Point[]) => {
    const off = (back - angle(p[0]!, p[1]!)) % (Math.PI * 2)
    return off <= 1e-9
      ? off + Math.PI * 2
      : off
  }
  return choices.toSorted((a, b) => turn(a.points) - turn(b.points))[0]
}

function angle(a: Point, b: Point): number {
  return Math.atan2(b[1] - a[1], b[0] - a[0])
}
function middleOfFirstEdge([a, b]: Ring): Point {
  return between(a!, b!, 0.5)
}
