import type { Position } from 'geojson'

type Ring = readonly Position[]

/**
 * The edges of areas as lines, each edge once: where two communities touch, their dashes would otherwise fill each other's gaps.
 * Edges of `drawnElsewhere` (the subdistrict's own outline) are left out.
 */
export function boundaryLines(rings: Iterable<Ring>, drawnElsewhere: Iterable<Ring> = []): Position[][] {
  const seen = new Set<string>()
  for (const ring of drawnElsewhere)
    ring.forEach((to, i) => i > 0 && seen.add(edgeKey(ring[i - 1]!, to)))

  const lines: Position[][] = []
  for (const ring of rings) {
    let line: Position[] | null = null
    for (let i = 1; i < ring.length; i++) {
      const key = edgeKey(ring[i - 1]!, ring[i]!)
      if (seen.has(key)) {
        line = null
        continue
      }
      seen.add(key)
      if (!line)
        lines.push(line = [ring[i - 1]!])
      line.push(ring[i]!)
    }
  }
  return lines
}

/** The same for both directions; a tenth of a metre apart is the same corner. */
function edgeKey(a: Position, b: Position): string {
  const [one, other] = [
    cornerKey(a),
    cornerKey(b),
  ]
  return one < other
    ? `${one} ${other}`
    : `${other} ${one}`
}

function cornerKey([lng, lat]: Position): string {
  return `${Math.round(lng! * 1e6)},${Math.round(lat! * 1e6)}`
}
