import type { DemoZone } from '../overlays/renovation-zones.ts'
import type { DemoWorksite } from '../overlays/worksites.ts'
import type { Random } from '../random.ts'
import type { Town } from '../town.ts'
import type { CasePlace, CasePlaces } from './case-places.ts'
import { awayFromBorder } from './case-places.ts'
import { centroid, contains } from '../geometry/plane.ts'
import { addressText } from '../people/addresses.ts'
import { toLngLat, toPlane } from '../layout/geo.ts'

/** Floors from which a house has a lift. */
export const LIFT_FLOORS = 8

/** The places of a town that matters come from. Old houses complain more, and some communities more than others. */
export function placesOfTown(town: Town, zones: readonly DemoZone[], worksites: readonly DemoWorksite[], random: Random): CasePlaces {
  const { compounds, facilities, landmarks, residents, addressOf } = town
  const temperOf = tempers(town, random)
  const peopleOf = (compound: typeof compounds[number]) => compound.buildings.reduce((sum, home) => sum + residents.get(home)!.population, 0)
  const addressOfCompound = (compound: typeof compounds[number]) => addressText(addressOf.get(compound)) + compound.name
  const homes = compounds.flatMap(compound => compound.buildings.map(home => ({
    ...place(compound.name + home.way.tags.name, home.way.tags['addr:full']!, toLngLat(centroid(home.ring)), residents.get(home)!.population * (home.builtYear < 2000
      ? 1.6
      : 1) * temperOf(compound)),
    units: home.doors.length,
    floors: home.floors,
  })))
  const marks = (...uses: string[]) => landmarks
    .filter(mark => mark.name && mark.buildings.length > 0 && uses.includes(mark.use))
    .map(mark => place(mark.name, mark.name, toLngLat(centroid(mark.buildings[0]!.ring))))
  const served = (...kinds: string[]) => facilities
    .filter(facility => facility.open && kinds.includes(facility.kind))
    .map(facility => place(facility.name, facility.name, toLngLat(facility.at)))
  const [border] = town.regions[0]!.outline
  return awayFromBorder({
    'home': homes,
    'tower': homes.filter(home => home.floors >= LIFT_FLOORS),
    'compound': compounds.map(compound => place(compound.name, addressOfCompound(compound), toLngLat(centroid(compound.ring)), peopleOf(compound) * temperOf(compound))),
    'old-compound': zones.map(({ compound, properties }) => place(compound.name, addressOfCompound(compound), toLngLat(centroid(random.pick(compound.buildings).ring)), Number(properties.遗留问题) + 2)),
    'street': streetPlaces(town),
    'worksite': worksites.map(({ at, properties }) => place(String(properties.项目名称), String(properties.项目名称), toLngLat(at), Number(properties.欠薪人数) + 1)),
    'care': served('comprehensive-centre', 'day-care', 'meals'),
    'clinic': served('clinic', 'family-doctors'),
    'school': marks('school'),
    'culture': marks('square', 'campus'),
    'business': marks('offices', 'market', 'factory'),
  }, at => contains(border![0]!, toPlane(at)))
}

function place(name: string, address: string, at: CasePlace['at'], weight = 1): CasePlace {
  return {
    name,
    address,
    at,
    weight,
    units: 1,
    floors: 1,
  }
}

function streetPlaces({ streets, regions, nameOfStreet }: Town): CasePlace[] {
  const inside = new Set(regions[0]!.land.flatMap(land => land.sides.map(side => side.edge.street)))
  return streets.flatMap((street) => {
    const name = nameOfStreet(street)
    const middle = street.vertices[Math.floor(street.vertices.length / 2)]!
    return name && inside.has(street) && !street.bridge
      ? [
          place(name, `${name}路段`, toLngLat(middle.at), street.line.kind === 'lane'
            ? 1
            : 2),
        ]
      : []
  })
}

/** How readily a community complains. */
function tempers({ regions }: Town, random: Random): (compound: Town['compounds'][number]) => number {
  const communities = regions.filter(region => region.level === 'community' || region.level === 'village')
  const temper = new Map(communities.flatMap((region) => {
    const value = random.between(0.35, 1) ** 2
    return region.land.map(land => [land, value] as const)
  }))
  return compound => temper.get(compound.land) ?? 0.5
}
