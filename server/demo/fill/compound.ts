import type { Point } from '../geometry/plane.ts'
import type { Plot, Side } from '../geometry/plot.ts'
import type { Building, Compound, HomeStyle, Site } from './site.ts'
import { centroid, rotate } from '../geometry/plane.ts'
import { inset } from '../geometry/plot.ts'
import { drawCompoundPaths } from './compound-paths.ts'
import { enclose } from './enclosure.ts'
import { rowDirection } from './fit.ts'
import { rowPattern } from './home-style.ts'
import { housesOf, planRows } from './plan-rows.ts'
import { drawShops, hasShops } from './shops.ts'

/** Depth of the strip that shops take between the street and the wall. */
const SHOP_STRIP_METRES = 17
const WALL_CLEAR_METRES = 4.5

/**
 * A walled compound of slabs or towers: wall, gates on differing sides, inner paths joined to the gates, a short path
 * from every door, shops along the larger streets. Undefined when the plot is too small for it; then nothing is drawn.
 */
export function fillCompound(site: Site, plot: Plot, style: HomeStyle, builtYear: number): { compound: Compound, shops: Building[] } | undefined {
  const { drawing, random } = site
  const shopSides = new Set<Side>((['primary', 'secondary', 'tertiary'] as const).filter(side => hasShops(side, random)))
  const walled = inset(plot, side => shopSides.has(side)
    ? SHOP_STRIP_METRES
    : side === 'rail'
      ? 4
      : 1)
  if (!walled)
    return undefined
  const turn = rowDirection(walled.ring)
  const origin = centroid(walled.ring)
  const toTown = (p: Point) => rotate(p, turn, origin)
  const local = {
    ring: walled.ring.map(p => rotate(p, -turn, origin)),
    sides: walled.sides,
  }
  const buildable = inset(local, side => WALL_CLEAR_METRES + (side === 'neighbour' || side === 'rail'
    ? 1.5
    : 0))
  const pattern = rowPattern(style, builtYear, random)
  const plan = buildable && planRows(buildable.ring, pattern, style === 'slab' && random.chance(0.5), random)
  if (!plan || plan.rows.length === 0 || housesOf(plan).length < 2)
    return undefined

  const wall = enclose(site, walled, { barrier: 'wall', mostGates: 4, metresApart: 25 })
  const compound: Compound = {
    ring: walled.ring,
    area: { id: 0, vertices: [], tags: {} },
    style,
    builtYear,
    gates: wall.gates,
    buildings: [],
    land: site.land,
    name: '',
  }
  compound.buildings.push(...drawCompoundPaths(site, plan, wall, toTown).map(({ house, way, doors, ring }): Building => ({
    way,
    ring,
    doors,
    use: 'homes',
    floors: house.floors,
    flats: house.units * house.floors * pattern.flatsPerFloor,
    builtYear,
    compound,
  })))
  for (const [[west, east], [south, north]] of plan.gardens) {
    const corners: Point[] = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ]
    drawing.area(corners.map(toTown), { leisure: 'garden' })
  }
  compound.area = drawing.line(wall.vertices, {})
  wall.draw()
  return {
    compound,
    shops: drawShops(site, plot, shopSides, wall.exits),
  }
}
