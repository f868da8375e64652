import type { Vertex } from '../geometry/drawing.ts'
import type { Point, Ring } from '../geometry/plane.ts'
import type { Plot, Side } from '../geometry/plot.ts'
import type { Street } from '../layout/bend.ts'
import type { Site } from './site.ts'
import { joinLine } from '../geometry/drawing.ts'
import { crossing, cutsThrough, distance, shift } from '../geometry/plane.ts'
import { isStreet } from '../geometry/plot.ts'
import { joinStreet, streetAhead } from './site.ts'

export interface Gate { vertex: Vertex, street: Street }
/** From a gate to the street before it. */
export type Exit = readonly [gate: Point, street: Point]

export interface EnclosureOptions {
  /** undefined = nothing stands there; ways go out all the same. */
  barrier?: 'wall' | 'fence' | undefined
  /** Opening hours of its gates. */
  hours?: string | undefined
  mostGates?: number
  metresApart: number
}

/** The edge of a plot, with gates through which its inner ways lead out to the streets around. */
export interface Enclosure {
  /** Closed; gates are put in as they open. */
  vertices: Vertex[]
  gates: Gate[]
  exits: Exit[]
  /**
   * Leads a way on from `from`, out to the street ahead: [gate, vertex on the street], or nothing where there is no street,
   * another gate is near, or something is in the way.
   */
  openGate: (from: Point, direction: Point, inTheWay?: readonly Ring[]) => Vertex[]
  /** Draws wall or fence, if there is one. */
  draw: () => void
}

const WAY_OUT_METRES = 80

export function enclose({ drawing, land, built }: Site, plot: Plot, { barrier, hours, mostGates = Infinity, metresApart }: EnclosureOptions): Enclosure {
  const vertices = plot.ring.map(p => drawing.vertex(p))
  const sideFrom = new Map(vertices.map((vertex, i) => [vertex, plot.sides[i]!]))
  vertices.push(vertices[0]!)
  const gates: Gate[] = []
  const exits: Exit[] = []

  function openGate(from: Point, direction: Point, inTheWay: readonly Ring[] = []): Vertex[] {
    const through = edgeAhead(from, direction)
    if (gates.length >= mostGates || !through || !isStreet(through.side) || inTheWay.some(ring => cutsThrough(from, through.at, ring)))
      return []
    const beyond = streetAhead(land, shift(through.at, direction, 0.2), direction, WAY_OUT_METRES)
    if (!beyond || gates.some(gate => distance(gate.vertex.at, through.at) < metresApart) || built.some(ring => cutsThrough(through.at, beyond.at, ring)))
      return []
    const gate = joinLine(drawing, vertices, through.at)
    if (barrier) {
      gate.tags = {
        ...gate.tags,
        barrier: 'gate',
        ...hours && { opening_hours: hours },
      }
    }
    const end = joinStreet(drawing, beyond.street, beyond.at)
    gates.push({ vertex: gate, street: beyond.street })
    exits.push([gate.at, end.at])
    return [gate, end]
  }

  /** Where a way meets the edge, and what lies beyond it there. */
  function edgeAhead(from: Point, direction: Point): { at: Point, side: Side } | undefined {
    const to = shift(from, direction, 500)
    let nearest: { t: number, at: Point, side: Side } | undefined
    let side = sideFrom.get(vertices[0]!)!
    for (let i = 0; i + 1 < vertices.length; i++) {
      // Gates put in later belong to the edge of the corner before them.
      side = sideFrom.get(vertices[i]!) ?? side
      const hit = crossing(from, to, vertices[i]!.at, vertices[i + 1]!.at)
      if (hit && (!nearest || hit.t < nearest.t))
        nearest = { t: hit.t, at: hit.at, side }
    }
    return nearest
  }

  return {
    vertices,
    gates,
    exits,
    openGate,
    draw() {
      if (barrier)
        drawing.line(vertices, { barrier })
    },
  }
}
