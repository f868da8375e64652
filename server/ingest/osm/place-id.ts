// Way and node numbers stay far below it (2^34 in 2026), and 2,048 pieces a way still fit in a safe integer.
export const pieceStep = 2 ** 42

/**
 * The number under which an OSM element is kept. A way keeps its own, a relation's is negative (as osm2pgsql does, since way
 * and relation numbers overlap). Where a line was cut at the edge, piece 0 keeps the number and piece k has k · 2^42 more.
 */
export function placeId(type: 'way' | 'relation', id: number, piece = 0): number {
  return (type === 'relation'
    ? -id
    : id) + piece * pieceStep
}

/** The way that a later piece belongs to. */
export function baseOfPiece(id: number): number {
  return id % pieceStep
}

/**
 * A number for the node that a cut makes at the edge of the area: negative, and the same whenever the same segment is cut at
 * the same side, so that two ways along one segment stay joined and a second import finds it again.
 */
export function edgeNodeId(from: number, to: number, side: string): number {
  return -1 - hash52(`${Math.min(from, to)}:${Math.max(from, to)}:${side}`)
}

/** cyrb53 (bryc, public domain), folded to 52 bits. */
function hash52(text: string): number {
  let high = 0xDEADBEEF
  let low = 0x41C6CE57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (0xFFFFF & low) + (high >>> 0)
}
