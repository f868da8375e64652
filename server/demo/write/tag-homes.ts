import type { Building, Compound } from '../fill/site.ts'
import type { Tags } from '../geometry/drawing.ts'
import type { Address } from '../people/addresses.ts'
import type { Town } from '../town.ts'
import { addressText } from '../people/addresses.ts'

/** Writes names, floors, flats, years and addresses into the tags of compounds, houses and shops. */
export function tagHomes({ compounds, shops, addressOf }: Omit<Town, 'facilities'>): void {
  for (const compound of compounds) {
    const address = addressOf.get(compound)
    compound.area.tags = {
      landuse: 'residential',
      name: compound.name,
      residential: compound.style === 'village'
        ? 'urban_village'
        : 'gated',
    }
    inPostmansOrder(compound.buildings).forEach((building, i) => building.way.tags = tagsOfHouse(compound, building, i + 1, address))
    for (const [i, { vertex }] of compound.gates.entries()) {
      if (vertex.tags?.barrier) {
        vertex.tags = { ...vertex.tags, name: compound.name + (compound.gates.length > 1
          ? `${i + 1}号门`
          : '大门') }
      }
    }
  }
  for (const shop of shops) {
    shop.way.tags = {
      ...shop.way.tags,
      ...streetTags(addressOf.get(shop)),
    }
  }
}

function tagsOfHouse(compound: Compound, building: Building, number: number, address: Address | undefined): Tags {
  const isVillage = compound.style === 'village'
  const name = isVillage
    ? `${number}号`
    : `${number}号楼`
  return {
    'building': isVillage ? 'house' : 'apartments',
    'building:levels': String(building.floors),
    'building:flats': String(building.flats),
    ...!isVillage && {
      'building:units': String(building.doors.length),
    },
    'start_date': String(building.builtYear),
    name,
    ...streetTags(address),
    'addr:full': addressText(address) + compound.name + name,
  }
}

/** Row by row from the north, each from the west. */
function inPostmansOrder(buildings: readonly Building[]): Building[] {
  const row = (building: Building) => Math.round(-building.ring[0]![1] / 25)
  return buildings.toSorted((a, b) => row(a) - row(b) || a.ring[0]![0] - b.ring[0]![0])
}

function streetTags(address: Address | undefined): Tags {
  return address
    ? { 'addr:street': address.street, 'addr:housenumber': address.number }
    : {}
}
