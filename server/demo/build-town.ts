import type { Building } from './fill/site.ts'
import type { Land } from './layout/bend.ts'
import type { Residents } from './people/residents.ts'
import type { Town, TownPlan } from './town.ts'
import { fillLand } from './fill/fill-land.ts'
import { createDrawing } from './geometry/drawing.ts'
import { boundsOf } from './geometry/plane.ts'
import { bend } from './layout/bend.ts'
import { layOutBlocks } from './layout/blocks.ts'
import { drawRailway, drawRiver } from './layout/draw-river.ts'
import { drawStreets } from './layout/draw-streets.ts'
import { placeFacilities } from './overlays/care-facilities.ts'
import { giveAddresses } from './people/addresses.ts'
import { nameHomes } from './people/name-homes.ts'
import { nameStreets } from './people/name-streets.ts'
import { createNames } from './people/names.ts'
import { settle } from './people/residents.ts'
import { createRandom } from './random.ts'
import { divideTown, total } from './regions/town-regions.ts'
import { tagHomes } from './write/tag-homes.ts'

/** Lays out, builds, names and peoples one subdistrict. The same plan gives the same town. */
export function buildTown(plan: TownPlan): Town {
  const random = createRandom(`${plan.seed}/${plan.code}`)
  const { skeleton, warp } = plan
  const names = createNames(random.fork('names'))
  const drawing = createDrawing(plan.firstId)
  const layout = layOutBlocks(skeleton, random.fork('blocks'))
  const { streets, land } = bend(skeleton, layout, warp, drawing, plan.sharedId)
  const river = `${names.place()}河`
  const named = nameStreets(streets, land, river, names)
  const filled = fillLand(drawing, land, plan.people, names, random.fork('land'))
  if (skeleton.river) {
    const { west, south, east, north } = boundsOf(land.filter(l => l.block.inside).flatMap(l => l.ring))
    const isNear = ([x, y]: readonly [number, number]) => x > west - 250 && x < east + 250 && y > south - 250 && y < north + 250
    drawRiver(drawing, skeleton.river.map(warp), streets, isNear, river, random.fork('river'))
  }
  for (const rail of skeleton.lines.filter(line => line.kind === 'rail'))
    drawRailway(drawing, rail.points.map(warp), `${names.place()}铁路`)
  nameHomes(filled.compounds, named, names, random.fork('homes'))
  const addressOf = giveAddresses(filled.compounds, filled.shops, named.street)
  const homes = filled.compounds.flatMap(compound => compound.buildings)
  const residents = settle(homes, plan.people, random.fork('people'))
  const regions = divideTown(plan, land, filled.compounds, residentsByLand(homes, residents), named, names)
  const unserved = {
    plan,
    drawing,
    streets,
    land,
    ...filled,
    residents,
    regions,
    nameOfStreet: named.street,
    addressOf,
  }
  tagHomes(unserved)
  const town: Town = {
    ...unserved,
    facilities: placeFacilities(unserved, random.fork('facilities')),
  }
  drawStreets(drawing, streets, named.street)
  return town
}

const NOBODY: Residents = {
  households: 0,
  population: 0,
  aged60: 0,
  aged70: 0,
  aged80: 0,
}

function residentsByLand(homes: readonly Building[], residents: ReadonlyMap<Building, Residents>): (land: Land) => Residents {
  const byLand = new Map([
    ...Map.groupBy(homes, home => home.compound!.land),
  ].map(([land, list]) => [
    land,
    total(list.map(home => residents.get(home)!)),
  ]))
  return land => byLand.get(land) ?? NOBODY
}
