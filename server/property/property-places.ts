import type { Sql } from '../../db/connect.ts'
import type { CallsFrom, PropertyPlaceRow } from '../../db/queries/property-places.ts'
import type { ScheduledZone } from '../../db/queries/zone-ledger.ts'
import type { Compound } from '../places/compounds.ts'
import type { Places } from '../places/placement.ts'
import { listPropertyPlaces } from '../../db/queries/property-places.ts'
import { listZones } from '../../db/queries/zone-ledger.ts'
import { compoundsByCommunity, findCompound } from '../places/compounds.ts'

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

type Zones = ReadonlyMap<string, ScheduledZone>

/**
 * Named compounds, by community and name, and the renovation zones in which none lies; those that the asker may see. What was
 * written of a place that a newer map has no more stays.
 */
export async function propertyPlaces(sql: Sql, places: Pick<Places, 'locate'>, scope: string | null): Promise<KnownPlace[]> {
  const zones = await allZones(sql)
  const compounds = (await compoundsByCommunity(sql, places)).flatMap(compound => ofCompound(compound, places, zones))
  const withCompound = new Set(compounds.map(({ zone }) => zone?.id))
  const known = [
    ...compounds,
    ...[
      ...zones.values(),
    ].filter(({ zone }) => !withCompound.has(zone)).map(ofZone),
  ]
  const listed = new Set(known.map(({ place }) => place))
  const kept = (await listPropertyPlaces(sql)).filter(({ place, version }) => version > 0 && !listed.has(place)).map(row => ofRow(row, zones))
  return [
    ...known,
    ...kept,
  ].filter(place => isSeen(place, scope))
}

/** One of them; null: there is none such, or the asker may not see it. */
export async function propertyPlace(sql: Sql, places: Pick<Places, 'locate'>, place: string, scope: string | null): Promise<KnownPlace | null> {
  const compound = /^-?\d{1,15}$/.test(place)
    ? await findCompound(sql, places, Number(place))
    : null
  const [known] = compound
    ? ofCompound(compound, places, await allZones(sql))
    : (await propertyPlaces(sql, places, scope)).filter(other => other.place === place)
  return known && isSeen(known, scope)
    ? known
    : null
}

async function allZones(sql: Sql): Promise<Zones> {
  return new Map((await listZones(sql, null)).map(zone => [zone.zone, zone]))
}

function ofCompound({ id, name, at }: Compound, places: Pick<Places, 'locate'>, zones: Zones): KnownPlace[] {
  const { subdistrict, community, zone: lies } = places.locate(at)
  return subdistrict === null
    ? []
    : [
        {
          subdistrict,
          place: String(id),
          name,
          community,
          ...within(lies, zones),
          calls: { compound: id },
        },
      ]
}

function ofZone(zone: ScheduledZone): KnownPlace {
  return {
    subdistrict: zone.subdistrict,
    place: `z-${zone.zone}`,
    name: zone.name,
    community: zone.community,
    zone: { id: zone.zone, name: zone.name },
    zoneCompany: zone.propertyCompany,
    calls: { zone: zone.zone },
  }
}

function ofRow({ subdistrict, place, name, community, zone }: PropertyPlaceRow, zones: Zones): KnownPlace {
  return {
    subdistrict,
    place,
    name,
    community,
    ...within(zone, zones),
    calls: place.startsWith('z-')
      ? {
          zone: place.slice(2),
        }
      : {
          compound: Number(place),
        },
  }
}

function within(zone: string | null, zones: Zones): Pick<KnownPlace, 'zone' | 'zoneCompany'> {
  const found = zone === null
    ? undefined
    : zones.get(zone)
  return {
    zone: found
      ? { id: found.zone, name: found.name }
      : null,
    zoneCompany: found?.propertyCompany ?? null,
  }
}

function isSeen({ subdistrict, community }: KnownPlace, scope: string | null): boolean {
  return scope === null || community === scope || subdistrict.startsWith(scope)
}
