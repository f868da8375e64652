import type { LocationInput } from '#contract/case.ts'
import type { Datum, LngLat } from '#contract/geometry.ts'
import type { Placement, Places } from '../places/placement.ts'
import gcoord from 'gcoord'
import { ownScope } from '../access/scope.ts'
import { unknownSubdistrict } from '../places/region-index.ts'

/** Where a case lies and belongs, as it is written beside it. */
export interface CasePlace extends Omit<Placement, 'subdistrict'> {
  subdistrict: string
  /** WGS84; null = not located, it waits in the tray. */
  location: LngLat | null
  /** The pair as it came, kept whatever becomes of it. */
  originalLocation: LngLat | null
  originalDatum: Datum | null
  /** given: coordinates came with it; address, content: told from the words; null = not located. */
  locatedBy: 'given' | 'address' | 'content' | null
  /** 0–1 where words told it. */
  confidence: number | null
}

/**
 * Turns the pair that came into a place. A placeholder, or a point outside every known subdistrict, is no place:
 * the case is kept without one rather than shown where nobody is.
 */
export function placeCase(input: LocationInput | undefined, places: Places): CasePlace {
  const unlocated: CasePlace = {
    subdistrict: places.home ?? unknownSubdistrict,
    community: null,
    grid: null,
    compound: null,
    building: null,
    zone: null,
    worksite: null,
    location: null,
    originalLocation: input
      ? [input.lng, input.lat]
      : null,
    originalDatum: input?.datum ?? null,
    locatedBy: null,
    confidence: null,
  }
  if (!input || isPlaceholder(input))
    return unlocated
  const location = toWgs84([input.lng, input.lat], input.datum)
  const placement = places.locate(location)
  if (placement.subdistrict === null && places.knowsRegions)
    return unlocated
  return {
    ...unlocated,
    ...placement,
    subdistrict: placement.subdistrict ?? unlocated.subdistrict,
    location,
    locatedBy: 'given',
  }
}

/** The same where no usable coordinates came: by the address, or by what the matter itself says of the place. */
export function placeByWords(place: CasePlace, said: { address?: string | undefined, content: string }, places: Places): CasePlace {
  const found = place.location === null
    ? places.find(said)
    : null
  if (!found)
    return place
  const { subdistrict, ...placement } = places.locate(found.location)
  return {
    ...place,
    ...placement,
    building: found.building,
    subdistrict: subdistrict ?? place.subdistrict,
    location: found.location,
    locatedBy: found.by,
    confidence: found.confidence,
  }
}

/**
 * Source systems write whole degrees where they know no place: 0,0 or, as the Baltimore 311 file, −77,39. A real
 * position with whole degrees on both axes is one in 10¹⁰ at five decimals.
 */
function isPlaceholder({ lng, lat }: { lng: number, lat: number }): boolean {
  return Number.isInteger(lng) && Number.isInteger(lat)
}

/** CGCS2000 differs from WGS84 by centimetres. The other two are off by hundreds of metres inside China. */
export function toWgs84(lngLat: LngLat, datum: Datum): LngLat {
  if (datum === 'wgs84' || datum === 'cgcs2000')
    return lngLat
  const [lng, lat] = gcoord.transform<[number, number]>([...lngLat], datum === 'gcj02'
    ? gcoord.GCJ02
    : gcoord.BD09, gcoord.WGS84)
  // Seven decimals are a centimetre: the conversion is not better than that.
  return [Math.round(lng * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7]
}

/** Codes of the regions in which a case lies, and whose task it is: who follows one of them hears of it. */
export function regionsOf(place: { subdistrict: string, community: string | null, grid: string | null, assignee?: string | null }): string[] {
  return [
    place.subdistrict,
    place.community,
    place.grid,
    place.assignee
      ? ownScope(place.assignee)
      : null,
  ].filter(code => code !== null)
}
