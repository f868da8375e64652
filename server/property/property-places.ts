import type { Sql } from '../../db/connect.ts'
import type { CallsFrom } from '../../db/queries/property-places.ts'
import type { Places } from '../places/placement.ts'
import { listZones } from '../../db/queries/zone-ledger.ts'
import { compoundsByCommunity } from '../places/compounds.ts'

/** Where a property company has something in hand. */
export interface KnownPlace {
  subdistrict: string
  place: string
  name: string
  community: string | null
  zone: { id: string, name: string } | null
  /** Whom its zone names. */
  zoneCompany: string | null
  calls: CallsFrom
}

/** Named compounds, and the renovation zones in which none lies; those that the asker may see, by community and name. */
export async function propertyPlaces(sql: Sql, places: Pick<Places, 'locate'>, scope: string | null): Promise<KnownPlace[]> {
  const zones = new Map((await listZones(sql, null)).map(zone => [zone.zone, zone]))
  const compounds = (await compoundsByCommunity(sql, places)).flatMap(({ id, name, at }): KnownPlace[] => {
    const { subdistrict, community, zone: lies } = places.locate(at)
    const zone = lies === null
      ? undefined
      : zones.get(lies)
    return subdistrict === null
      ? []
      : [
          {
            subdistrict,
            place: String(id),
            name,
            community,
            zone: zone
              ? { id: zone.zone, name: zone.name }
              : null,
            zoneCompany: zone?.propertyCompany ?? null,
            calls: { compound: id },
          },
        ]
  })
  const withCompound = new Set(compounds.map(({ zone }) => zone?.id))
  const bare = [
    ...zones.values(),
  ].filter(({ zone }) => !withCompound.has(zone)).map((zone): KnownPlace => ({
    subdistrict: zone.subdistrict,
    place: `z-${zone.zone}`,
    name: zone.name,
    community: zone.community,
    zone: { id: zone.zone, name: zone.name },
    zoneCompany: zone.propertyCompany,
    calls: { zone: zone.zone },
  }))
  return [
    ...compounds,
    ...bare,
  ].filter(({ subdistrict, community }) => scope === null || community === scope || subdistrict.startsWith(scope))
}
