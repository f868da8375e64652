/** Straight segments between points; segment `s` runs from point `ends[2s]` to `ends[2s + 1]`. A street graph is such a set. */
export interface Segments {
  x: Float32Array
  y: Float32Array
  ends: Int32Array
}

/** Segments by square cell: those in cell `c` are `items[first[c] … first[c + 1]]`. A long segment is in every cell it runs through. */
export interface SegmentGrid {
  cell: number
  minX: number
  minY: number
  columns: number
  rows: number
  first: Int32Array
  items: Int32Array
}

/** Smallest cell, metres: about the distance between a door and its street. */
const smallestCell = 32

export function buildSegmentGrid(segments: Segments): SegmentGrid {
  const { x, y, ends } = segments
  const count = ends.length >> 1
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  for (const point of ends) {
    minX = Math.min(minX, x[point]!)
    maxX = Math.max(maxX, x[point]!)
    minY = Math.min(minY, y[point]!)
    maxY = Math.max(maxY, y[point]!)
  }
  if (count === 0)
    minX = minY = maxX = maxY = 0
  // Two towns far apart must not cost cells for the empty land between: at most four cells a segment.
  const cell = Math.max(smallestCell, Math.sqrt((maxX - minX) * (maxY - minY) / (4 * count + 16)))
  const grid: SegmentGrid = {
    cell,
    minX,
    minY,
    columns: Math.floor((maxX - minX) / cell) + 1,
    rows: Math.floor((maxY - minY) / cell) + 1,
    first: new Int32Array(0),
    items: new Int32Array(0),
  }
  const first = grid.first = new Int32Array(grid.columns * grid.rows + 1)
  for (let s = 0; s < count; s++)
    visitCells(grid, segments, s, (c) => { first[c + 1]!++ })
  for (let c = 0; c + 1 < first.length; c++)
    first[c + 1]! += first[c]!
  const next = first.slice()
  const items = grid.items = new Int32Array(first[first.length - 1]!)
  for (let s = 0; s < count; s++)
    visitCells(grid, segments, s, (c) => { items[next[c]!++] = s })
  return grid
}

export function columnOf(grid: SegmentGrid, x: number): number {
  return Math.min(grid.columns - 1, Math.max(0, Math.floor((x - grid.minX) / grid.cell)))
}

export function rowOf(grid: SegmentGrid, y: number): number {
  return Math.min(grid.rows - 1, Math.max(0, Math.floor((y - grid.minY) / grid.cell)))
}

/** Row by row, the cells between where the segment enters and leaves the row. */
function visitCells(grid: SegmentGrid, { x, y, ends }: Segments, s: number, visit: (cell: number) => void): void {
  let [ax, ay, bx, by] = [
    x[ends[2 * s]!]!,
    y[ends[2 * s]!]!,
    x[ends[2 * s + 1]!]!,
    y[ends[2 * s + 1]!]!,
  ]
  if (ay > by)
    [ax, ay, bx, by] = [bx, by, ax, ay]
  const lastRow = rowOf(grid, by)
  for (let row = rowOf(grid, ay); row <= lastRow; row++) {
    const low = Math.max(ay, grid.minY + row * grid.cell)
    const high = Math.min(by, grid.minY + (row + 1) * grid.cell)
    const steep = by > ay
      ? (bx - ax) / (by - ay)
      : 0
    const enter = by > ay
      ? ax + (low - ay) * steep
      : ax
    const leave = by > ay
      ? ax + (high - ay) * steep
      : bx
    const lastColumn = columnOf(grid, Math.max(enter, leave))
    for (let column = columnOf(grid, Math.min(enter, leave)); column <= lastColumn; column++)
      visit(row * grid.columns + column)
  }
}
