import type { Sql } from '../../../db/connect.ts'
import type { NamedPlace } from '../../../db/queries/demo.ts'
import type { Places } from '../../places/placement.ts'
import type { CasePlace, CasePlaces } from '../cases/case-places.ts'
import { awayFromBorder } from '../cases/case-places.ts'
import { compounds, houses, namedStreets, otherPlaces } from '../../../db/queries/demo.ts'
import { LIFT_FLOORS } from '../cases/town-places.ts'

/** The places that matters come from, as the database has them. */
export async function readCasePlaces(sql: Sql, places: Places): Promise<CasePlaces> {
  const [homes, walled, streets, others] = await Promise.all([
    houses(sql),
    compounds(sql),
    namedStreets(sql),
    otherPlaces(sql),
  ])
  const home = homes.map(placeOf)
  const of = (...kinds: string[]) => others.filter(other => kinds.includes(other.kind)).map(placeOf)
  return awayFromBorder({
    'home': home,
    'tower': home.filter(place => place.floors >= LIFT_FLOORS),
    'compound': walled.map(placeOf),
    'old-compound': of('zone'),
    'street': streets.map(placeOf),
    'worksite': of('worksite'),
    'care': of('comprehensive-centre', 'day-care', 'meals'),
    'clinic': of('clinic', 'family-doctors'),
    'school': of('school', 'kindergarten'),
    'culture': of('university', 'public', 'library', 'community_centre'),
    'business': of('marketplace', 'office', 'industrial'),
  }, at => places.locate(at).community !== null)
}

function placeOf({ name, address, location, weight, units, floors }: NamedPlace): CasePlace {
  return {
    name,
    address,
    at: location,
    weight: Math.max(0.1, weight),
    units,
    floors,
  }
}
