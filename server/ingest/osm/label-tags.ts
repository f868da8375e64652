import type { Tags } from './tags.ts'
import { nameOf } from './tags.ts'

export interface LabelTags { class: string, name: string }

const labelled: Record<string, Set<string>> = {
  place: new Set([
    'city',
    'town',
    'village',
    'hamlet',
    'suburb',
    'borough',
    'quarter',
    'neighbourhood',
    'locality',
    'isolated_dwelling',
    'square',
    'island',
    'farm',
  ]),
  amenity: new Set([
    'school',
    'kindergarten',
    'university',
    'college',
    'hospital',
    'clinic',
    'doctors',
    'pharmacy',
    'police',
    'fire_station',
    'townhall',
    'community_centre',
    'library',
    'bus_station',
    'marketplace',
    'post_office',
    'place_of_worship',
    'social_facility',
    'nursing_home',
    'theatre',
    'cinema',
    'courthouse',
  ]),
  railway: new Set(['station', 'halt', 'tram_stop']),
  tourism: new Set(['attraction', 'museum']),
  leisure: new Set(['park', 'stadium', 'sports_centre']),
  shop: new Set(['mall', 'supermarket', 'department_store']),
  office: new Set(['government']),
  natural: new Set(['peak']),
}

/** Named places and public things that a reader finds their way by. */
export function labelOf(tags: Tags): LabelTags | null {
  const name = nameOf(tags)
  const key = name && Object.keys(labelled).find(key => labelled[key]!.has(tags[key] ?? ''))
  return key
    ? { class: tags[key]!, name }
    : null
}
