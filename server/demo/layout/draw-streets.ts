import type { Drawing, Tags, Vertex } from '../geometry/drawing.ts'
import type { Street } from './bend.ts'
import type { LineKind } from './skeleton.ts'
import { joinLine } from '../geometry/drawing.ts'
import { directionOf, shift } from '../geometry/plane.ts'

const highway: Partial<Record<LineKind, string>> = {
  primary: 'primary',
  secondary: 'secondary',
  tertiary: 'tertiary',
  lane: 'residential',
  footbridge: 'footway',
}

/** Metres of tunnel to either side of a railway's centre line. */
const UNDERPASS_METRES = 17

/**
 * Draws the streets as ways, after every path has joined them: one way as long as name, bridge and tunnel stay the same.
 */
export function drawStreets(drawing: Drawing, streets: readonly Street[], nameOf: (street: Street) => string | undefined): void {
  let open: { street: Street, vertices: Vertex[] } | undefined
  const close = () => {
    if (open)
      drawing.line(open.vertices, tagsOf(open.street, nameOf(open.street)))
    open = undefined
  }
  for (const street of streets) {
    const { body, tunnels } = withoutTunnels(drawing, street)
    for (const tunnel of tunnels) {
      drawing.line(tunnel, {
        ...tagsOf(street, nameOf(street)),
        tunnel: 'yes',
        layer: '-1',
      })
    }
    const follows = open && open.street.line === street.line && open.street.bridge === street.bridge && open.vertices.at(-1) === body[0]
    if (open && follows) {
      open.vertices.push(...body.slice(1))
    }
    else {
      close()
      open = {
        street,
        vertices: [...body],
      }
    }
  }
  close()
}

function tagsOf({ line, bridge }: Street, name: string | undefined): Tags {
  const tags: Tags = { highway: highway[line.kind]! }
  if (name)
    tags.name = name
  if (bridge) {
    tags.bridge = 'yes'
    tags.layer = '1'
  }
  return tags
}

/** Cuts off the part that runs below the railway. */
function withoutTunnels(drawing: Drawing, street: Street): { body: Vertex[], tunnels: Vertex[][] } {
  let body = street.vertices
  const tunnels: Vertex[][] = []
  for (const end of street.below) {
    const line = end === 'first'
      ? body
      : body.toReversed()
    const mouth = shift(line[0]!.at, directionOf(line[0]!.at, line[1]!.at), UNDERPASS_METRES)
    const vertex = joinLine(drawing, line, mouth)
    const at = line.indexOf(vertex)
    tunnels.push(line.slice(0, at + 1))
    const rest = line.slice(at)
    body = end === 'first'
      ? rest
      : rest.toReversed()
  }
  return { body, tunnels }
}
