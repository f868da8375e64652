import type { SegmentGrid } from './segment-grid.ts'
import type { WalkModel } from './walk-model.ts'
import { pathsOf, water } from './obstacles.ts'
import { columnOf, rowOf } from './segment-grid.ts'
import { edgeFlag } from './street-graph.ts'
import { eastOf, northOf } from './local-metres.ts'

/** Samples along a tile's side. */
export const tileSide = 32
/** Links kept a sample. */
export const sampleLinks = 3

/**
 * The ground as a square grid of samples, by which reach is drawn. It hangs on the streets by the rule that buildings
 * follow; a sample inside a building has the building's time, so that map and figures tell the same. Independent of
 * facilities: made once a model, tile by tile when one is first drawn.
 */
export interface GroundGrid {
  /** metres between samples; sample (column, row) lies at (column · step, row · step) of the frame */
  step: number
  tile: (tileColumn: number, tileRow: number) => GroundTile
}

/** Sample `i` = row · tileSide + column has the links `sampleLinks · i` and following, up to the first edge −1. */
export interface GroundTile {
  edge: Int32Array
  fraction: Float32Array
  metres: Float32Array
  /** the building around it; -1 = none */
  building: Int32Array
  /** metres into the water or its margin; below 0 = on land. Near a bridge's deck the deck counts as land */
  wet: Float32Array
}

export function createGroundGrid(model: WalkModel, step: number): GroundGrid {
  const tiles = new Map<string, GroundTile>()
  const waters = model.waters
    .filter(geometry => geometry.type !== 'LineString')
    .map(geometry => pathsOf(geometry).map(path => ({
      x: Float32Array.from(path, point => eastOf(model.frame, point[0]!)),
      y: Float32Array.from(path, point => northOf(model.frame, point[1]!)),
    })))
  return {
    step,
    tile(tileColumn, tileRow) {
      const key = `${tileColumn} ${tileRow}`
      let tile = tiles.get(key)
      if (!tile)
        tiles.set(key, tile = buildTile(model, waters, step, tileColumn * tileSide, tileRow * tileSide))
      return tile
    },
  }
}

/**
 * Metres between samples for a model: 10 for a town, up to 20 for a city, of which a screen shows more at once. The ground of a
 * city is a hundred times that of a town.
 */
export function drawingStepFor({ graph: { x, y } }: Pick<WalkModel, 'graph'>): number {
  const townArea = 4e7
  let [left, right, low, high] = [0, 0, 0, 0]
  for (let v = 0; v < x.length; v++) {
    left = Math.min(left, x[v]!)
    right = Math.max(right, x[v]!)
    low = Math.min(low, y[v]!)
    high = Math.max(high, y[v]!)
  }
  return Math.round(Math.min(20, Math.max(10, 10 * Math.sqrt((right - left) * (high - low) / townArea))))
}

interface Ring { x: Float32Array, y: Float32Array }

function buildTile(model: WalkModel, waters: Ring[][], step: number, column0: number, row0: number): GroundTile {
  const count = tileSide * tileSide
  const tile: GroundTile = {
    edge: new Int32Array(count * sampleLinks).fill(-1),
    fraction: new Float32Array(count * sampleLinks),
    metres: new Float32Array(count * sampleLinks),
    building: new Int32Array(count).fill(-1),
    wet: new Float32Array(count).fill(-Infinity),
  }
  const place = {
    x: column0 * step,
    y: row0 * step,
    step,
  }
  const extent = (tileSide - 1) * step
  for (const b of model.buildings.boxes?.search(place.x, place.y, place.x + extent, place.y + extent) ?? [])
    fillInside(ringsOfBuilding(model, b), place, (i) => { tile.building[i] = b })
  wetten(model, waters, place, tile)
  for (let i = 0; i < count; i++) {
    if (tile.building[i]! < 0 && tile.wet[i]! < step / 2)
      linkSample(model, tile, i, place.x + (i % tileSide) * step, place.y + Math.floor(i / tileSide) * step)
  }
  return tile
}

interface TilePlace { x: number, y: number, step: number }

function linkSample({ linker }: WalkModel, tile: GroundTile, i: number, x: number, y: number): void {
  let slot = sampleLinks * i
  if (tile.edge[slot]! >= 0)
    slot++
  const found = linker.findFew(x, y, sampleLinks * (i + 1) - slot)
  for (let l = 0; l < found.count; l++, slot++) {
    tile.edge[slot] = found.edge[l]!
    tile.fraction[slot] = found.fraction[l]!
    tile.metres[slot] = found.metres[l]!
  }
}

/**
 * Depth into the water. A shore keeps a margin of three quarters of a step, so that no line drawn between two samples
 * crosses even a brook; the deck of a bridge is laid over it, a step to either side.
 */
function wetten(model: WalkModel, waters: Ring[][], place: TilePlace, tile: GroundTile): void {
  const { x, y, step } = place
  const margin = 0.75 * step
  const extent = (tileSide - 1) * step
  const { segments, grid, owner } = model.obstacles
  const shores = segmentsIn(grid, x - 2 * step, y - 2 * step, x + extent + 2 * step, y + extent + 2 * step).filter(s => owner[s] === water)
  const inside = new Uint8Array(tile.wet.length)
  for (const rings of waters)
    fillInside(rings, place, (i) => { inside[i] = 1 })
  if (shores.length === 0 && !inside.includes(1))
    return
  const { graph, linker } = model
  const decks = segmentsIn(linker.edgeGrid, x - step, y - step, x + extent + step, y + extent + step)
    .filter(e => graph.edgeFlags[e]! & edgeFlag.bridge)
  for (let i = 0; i < inside.length; i++) {
    const px = x + (i % tileSide) * step
    const py = y + Math.floor(i / tileSide) * step
    const shore = nearestOf(segments, shores, px, py)
    // Beyond two steps it does not matter how far the shore is.
    const distance = Math.min(2 * step, shore.metres)
    tile.wet[i] = inside[i]
      ? margin + distance
      : margin - distance
    if (tile.wet[i]! < -step / 2)
      continue
    const deck = nearestOf(graph, decks, px, py)
    if (deck.metres < step) {
      tile.wet[i] = Math.min(tile.wet[i]!, deck.metres - step)
      tile.edge[sampleLinks * i] = deck.segment
      tile.fraction[sampleLinks * i] = deck.fraction
      tile.metres[sampleLinks * i] = deck.metres
    }
  }
}

function segmentsIn(grid: SegmentGrid, left: number, low: number, right: number, high: number): number[] {
  const found = new Set<number>()
  for (let row = rowOf(grid, low); row <= rowOf(grid, high); row++) {
    for (let column = columnOf(grid, left); column <= columnOf(grid, right); column++) {
      const c = row * grid.columns + column
      for (let k = grid.first[c]!; k < grid.first[c + 1]!; k++)
        found.add(grid.items[k]!)
    }
  }
  return [...found]
}

function nearestOf({ x, y, ends }: { x: Float32Array, y: Float32Array, ends: Int32Array }, segments: number[], px: number, py: number) {
  const nearest = { segment: -1, fraction: 0, metres: Infinity }
  for (const s of segments) {
    const a = ends[2 * s]!
    const b = ends[2 * s + 1]!
    const dx = x[b]! - x[a]!
    const dy = y[b]! - y[a]!
    const length2 = dx * dx + dy * dy
    const t = length2 > 0
      ? Math.min(1, Math.max(0, ((px - x[a]!) * dx + (py - y[a]!) * dy) / length2))
      : 0
    const metres = Math.hypot(x[a]! + dx * t - px, y[a]! + dy * t - py)
    if (metres < nearest.metres) {
      nearest.segment = s
      nearest.fraction = t
      nearest.metres = metres
    }
  }
  return nearest
}

function ringsOfBuilding({ buildings: { x, y, firstPoint, firstRing } }: WalkModel, b: number): Ring[] {
  const rings: Ring[] = []
  for (let r = firstRing[b]!; r < firstRing[b + 1]!; r++) {
    rings.push({
      x: x.subarray(firstPoint[r], firstPoint[r + 1]),
      y: y.subarray(firstPoint[r], firstPoint[r + 1]),
    })
  }
  return rings
}

/** Visits the samples of a tile inside closed rings (even–odd), row by row. */
function fillInside(rings: Ring[], { x: left, y: low, step }: TilePlace, visit: (i: number) => void): void {
  const crossings: number[][] = []
  for (const { x, y } of rings) {
    for (let k = 0; k + 1 < x.length; k++) {
      const bottom = Math.min(y[k]!, y[k + 1]!)
      const top = Math.max(y[k]!, y[k + 1]!)
      const firstRow = Math.max(0, Math.ceil((bottom - low) / step))
      // A row that only touches the upper end is left to the next side.
      for (let row = firstRow; row < tileSide && low + row * step < top; row++)
        (crossings[row] ??= []).push(x[k]! + (low + row * step - y[k]!) / (y[k + 1]! - y[k]!) * (x[k + 1]! - x[k]!))
    }
  }
  crossings.forEach((row, r) => {
    row.sort((a, b) => a - b)
    for (let k = 0; k + 1 < row.length; k += 2) {
      for (let column = Math.max(0, Math.ceil((row[k]! - left) / step)); column < tileSide && left + column * step < row[k + 1]!; column++)
        visit(r * tileSide + column)
    }
  })
}
