import type { Tags } from './tags.ts'
import { nameOf } from './tags.ts'

export interface BuildingTags {
  kind: string
  name: string | null
  address: string | null
  floors: number | null
  units: number | null
  households: number | null
  builtYear: number | null
}

/** building=* except no; addr:* become an address in the order that its language uses. */
export function buildingOf(tags: Tags): BuildingTags | null {
  const kind = tags.building
  if (!kind || kind === 'no')
    return null
  return {
    kind,
    name: nameOf(tags),
    address: addressOf(tags),
    floors: wholeNumber(tags['building:levels'] ?? tags.levels),
    units: wholeNumber(tags['building:units']),
    households: wholeNumber(tags['building:flats']),
    builtYear: yearOf(tags.start_date ?? tags['building:year_built'] ?? tags.year_of_construction),
  }
}

/** 成府路30号, 甸柳小区3号楼; addr:full goes first. */
export function addressOf(tags: Tags): string | null {
  if (tags['addr:full'])
    return tags['addr:full']
  const place = tags['addr:street'] ?? tags['addr:place'] ?? tags['addr:neighbourhood'] ?? ''
  const number = tags['addr:housenumber'] ?? ''
  const unit = tags['addr:unit'] ?? ''
  if (!place && !number)
    return null
  if (/\p{Script=Han}/u.test(place)) {
    return place + (/^\d+(?:-\d+)?$/.test(number)
      ? `${number}号`
      : number) + unit
  }
  return [number, place, unit].filter(Boolean).join(' ')
}

function wholeNumber(text: string | undefined): number | null {
  const number = Number.parseFloat(text ?? '')
  return number > 0 && number < 10_000
    ? Math.ceil(number)
    : null
}

function yearOf(text: string | undefined): number | null {
  const year = Number(/\b(1\d{3}|20\d{2})\b/.exec(text ?? '')?.[1])
  return year || null
}
