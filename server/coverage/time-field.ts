import type { GroundGrid } from './ground-grid.ts'
import type { WalkModel } from './walk-model.ts'
import type { WalkSearch } from './walk-search.ts'
import { secondsAt } from './building-times.ts'
import { sampleLinks, tileSide } from './ground-grid.ts'

/** Walking times of the ground in a rectangle: sample (column, row) of the rectangle is number row · columns + column. */
export interface TimeField {
  column0: number
  row0: number
  columns: number
  rows: number
  step: number
  /** capped: what is further or cannot be reached has the cap */
  seconds: Float32Array
  /** seconds of walk into the water; above 0 = not to be drawn */
  wet: Float32Array
}

/** Time that a sample without any way gets beyond the limit: enough for the contour to stay clear of it. */
const capSeconds = 60

/**
 * The ground around everything that a search reached within `limitSeconds`; null when it reached nothing. `buildingSeconds` has the time of
 * every building there.
 */
export function timeField(model: WalkModel, ground: GroundGrid, search: WalkSearch, buildingSeconds: Float64Array, limitSeconds: number): TimeField | null {
  const { step } = ground
  const tiles = tilesInReach(model, search, tileSide * step)
  if (!tiles)
    return null
  const columns = tiles.columns * tileSide
  const rows = tiles.rows * tileSide
  const cap = limitSeconds + capSeconds
  const field: TimeField = {
    column0: tiles.column0 * tileSide,
    row0: tiles.row0 * tileSide,
    columns,
    rows,
    step,
    seconds: new Float32Array(columns * rows).fill(cap),
    wet: new Float32Array(columns * rows).fill(-Infinity),
  }
  const { graph } = model
  const { straight } = search.pace
  for (let t = 0; t < tiles.inReach.length; t++) {
    if (!tiles.inReach[t])
      continue
    const tileColumn = t % tiles.columns
    const tileRow = (t - tileColumn) / tiles.columns
    const tile = ground.tile(tiles.column0 + tileColumn, tiles.row0 + tileRow)
    for (let i = 0; i < tileSide * tileSide; i++) {
      let best = cap
      const building = tile.building[i]!
      if (building >= 0) {
        best = Math.min(best, buildingSeconds[building]!)
      }
      else {
        for (let l = sampleLinks * i; l < sampleLinks * (i + 1) && tile.edge[l]! >= 0; l++) {
          const seconds = secondsAt(graph, search, tile.edge[l]!, tile.fraction[l]!) + tile.metres[l]! * straight
          if (seconds < best)
            best = seconds
        }
      }
      const at = (tileRow * tileSide + (i >> 5)) * columns + tileColumn * tileSide + (i & 31)
      field.seconds[at] = best
      field.wet[at] = tile.wet[i]! * straight
    }
  }
  spreadIntoWater(field, cap)
  for (let pass = 0; pass < 2; pass++)
    soften(field)
  closeBorder(field, cap)
  return field
}

/** The tiles that samples linked to a reached edge can lie in. */
function tilesInReach({ graph: { x, y, ends, firstAt, edgesAt }, settings: { reachMetres } }: WalkModel, search: WalkSearch, side: number) {
  const edges: number[] = []
  for (let i = 0; i < search.settledCount; i++) {
    const v = search.settled[i]!
    for (let k = firstAt[v]!; k < firstAt[v + 1]!; k++)
      edges.push(edgesAt[k]!)
  }
  for (let l = 0; l < search.targets.edge.length; l++) {
    if (search.targetOn[search.targets.edge[l]!]! >= 0)
      edges.push(search.targets.edge[l]!)
  }
  if (edges.length === 0)
    return null
  const tilesOf = (e: number) => {
    const a = ends[2 * e]!
    const b = ends[2 * e + 1]!
    return [
      Math.floor((Math.min(x[a]!, x[b]!) - reachMetres) / side),
      Math.floor((Math.min(y[a]!, y[b]!) - reachMetres) / side),
      Math.floor((Math.max(x[a]!, x[b]!) + reachMetres) / side),
      Math.floor((Math.max(y[a]!, y[b]!) + reachMetres) / side),
    ] as const
  }
  let [column0, row0, column1, row1] = [
    Infinity,
    Infinity,
    -Infinity,
    -Infinity,
  ]
  for (const e of edges) {
    const [left, low, right, high] = tilesOf(e)
    column0 = Math.min(column0, left)
    row0 = Math.min(row0, low)
    column1 = Math.max(column1, right)
    row1 = Math.max(row1, high)
  }
  const columns = column1 - column0 + 1
  const rows = row1 - row0 + 1
  const inReach = new Uint8Array(columns * rows)
  for (const e of edges) {
    const [left, low, right, high] = tilesOf(e)
    for (let row = low; row <= high; row++)
      inReach.fill(1, (row - row0) * columns + left - column0, (row - row0) * columns + right - column0 + 1)
  }
  return {
    column0,
    row0,
    columns,
    rows,
    inReach,
  }
}

/** Water takes the time of the land beside it, or softening would push the reach away from the shore. It is not drawn: `wet`. */
function spreadIntoWater({ seconds, wet, columns }: TimeField, cap: number): void {
  for (let pass = 0; pass < 2; pass++) {
    const before = seconds.slice()
    for (let i = columns + 1; i < seconds.length - columns - 1; i++) {
      if (!(wet[i]! > 0) || before[i]! < cap)
        continue
      for (const j of [
        i - columns - 1,
        i - columns,
        i - columns + 1,
        i - 1,
        i + 1,
        i + columns - 1,
        i + columns,
        i + columns + 1,
      ])
        seconds[i] = Math.min(seconds[i]!, before[j]!)
    }
  }
}

/** Mean with the neighbours (1 2 1 each way): takes the stairs out of contours; a lower field stays lower, so they still nest. */
function soften({ seconds, columns, rows }: TimeField): void {
  let above = new Float32Array(columns)
  let here = new Float32Array(columns)
  for (let row = 0; row < rows; row++) {
    const line = seconds.subarray(row * columns, (row + 1) * columns)
    const before = line[0]!
    let left = before
    for (let c = 0; c < columns; c++) {
      const middle = line[c]!
      const right = c + 1 < columns
        ? line[c + 1]!
        : middle
      line[c] = (left + 2 * middle + right) / 4
      left = middle
    }
  }
  above.set(seconds.subarray(0, columns))
  for (let row = 0; row < rows; row++) {
    const at = row * columns
    const below = row + 1 < rows
      ? at + columns
      : at
    here.set(seconds.subarray(at, at + columns))
    for (let c = 0; c < columns; c++)
      seconds[at + c] = (above[c]! + 2 * here[c]! + seconds[below + c]!) / 4
    ;[above, here] = [here, above]
  }
}

/** Nothing is reached at the border, so that every contour closes. */
function closeBorder({ seconds, columns, rows }: TimeField, cap: number): void {
  for (let c = 0; c < columns; c++)
    seconds[c] = seconds[(rows - 1) * columns + c] = cap
  for (let r = 0; r < rows; r++)
    seconds[r * columns] = seconds[(r + 1) * columns - 1] = cap
}
