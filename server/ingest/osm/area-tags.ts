import type { Tags } from './tags.ts'
import { barrierOf } from './barrier-tags.ts'
import { streetClasses } from './street-tags.ts'
import { isSet, nameOf } from './tags.ts'

export interface AreaTags {
  class: 'water' | 'waterway' | 'green' | 'residential' | 'landuse' | 'rail' | 'compound'
  subclass: string
  name: string | null
  /** drawn as a line, also where the way is closed */
  line: boolean
  bridge: boolean
  tunnel: boolean
}

const green: Record<string, Set<string>> = {
  leisure: new Set([
    'park',
    'garden',
    'playground',
    'golf_course',
    'nature_reserve',
    'dog_park',
    'common',
  ]),
  landuse: new Set([
    'grass',
    'forest',
    'meadow',
    'village_green',
    'recreation_ground',
    'orchard',
    'farmland',
    'allotments',
    'flowerbed',
    'plant_nursery',
    'vineyard',
    'cemetery',
  ]),
  natural: new Set([
    'wood',
    'scrub',
    'grassland',
    'heath',
    'grass',
  ]),
}
const water: Record<string, Set<string>> = {
  natural: new Set(['water', 'bay', 'wetland']),
  landuse: new Set([
    'reservoir',
    'basin',
    'salt_pond',
    'aquaculture',
  ]),
  waterway: new Set(['riverbank', 'dock', 'boatyard']),
  leisure: new Set(['swimming_pool']),
}
const waterLines = new Set([
  'river',
  'canal',
  'stream',
  'drain',
  'ditch',
  'tidal_channel',
])
const rails = new Set([
  'rail',
  'subway',
  'light_rail',
  'tram',
  'narrow_gauge',
  'monorail',
  'funicular',
])
const otherUse: Record<string, Set<string>> = {
  landuse: new Set([
    'commercial',
    'retail',
    'industrial',
    'construction',
    'brownfield',
    'railway',
    'military',
    'education',
    'institutional',
    'religious',
    'garages',
    'landfill',
    'quarry',
    'farmyard',
    'depot',
  ]),
  amenity: new Set([
    'school',
    'kindergarten',
    'university',
    'college',
    'hospital',
    'clinic',
    'parking',
    'marketplace',
    'bus_station',
    'grave_yard',
    'prison',
    'fire_station',
    'police',
    'social_facility',
    'community_centre',
  ]),
  leisure: new Set([
    'pitch',
    'stadium',
    'track',
    'sports_centre',
  ]),
  aeroway: new Set(['aerodrome', 'apron', 'runway']),
  tourism: new Set([
    'attraction',
    'museum',
    'theme_park',
    'zoo',
  ]),
  place: new Set(['square', 'island', 'islet']),
  natural: new Set(['sand', 'beach', 'bare_rock', 'scree']),
  man_made: new Set([
    'bridge',
    'pier',
    'wastewater_plant',
    'water_works',
  ]),
}

/**
 * Everything flat that the map draws. A walled or named residential area is a compound (小区): landuse=residential with a
 * wall, fence or hedge, gated=yes, residential=* or a name.
 */
export function areaOf(tags: Tags): AreaTags | null {
  const make = (kind: AreaTags['class'], subclass: string, line = false): AreaTags => ({
    class: kind,
    subclass,
    name: nameOf(tags),
    line,
    bridge: isSet(tags.bridge),
    tunnel: isSet(tags.tunnel) || tags.location === 'underground',
  })
  if (tags.railway && rails.has(tags.railway))
    return make('rail', tags.railway, true)
  if (tags.waterway && waterLines.has(tags.waterway))
    return make('waterway', tags.waterway, true)
  const found = (table: Record<string, Set<string>>) => Object.keys(table).find(key => table[key]!.has(tags[key] ?? ''))
  const wet = found(water)
  if (wet)
    return make('water', tags[wet]!)
  if (tags.landuse === 'residential' || tags.place === 'neighbourhood' || tags.place === 'quarter') {
    const isCompound = tags.landuse === 'residential'
      && (barrierOf(tags) !== null || tags.gated === 'yes' || tags.residential !== undefined || nameOf(tags) !== null)
    return isCompound
      ? make('compound', tags.residential ?? 'residential')
      : make('residential', tags.landuse ?? tags.place!)
  }
  const planted = found(green)
  if (planted)
    return make('green', tags[planted]!)
  const used = found(otherUse)
  if (used)
    return make('landuse', tags[used]!)
  if (tags.highway && streetClasses.has(tags.highway) && tags.area === 'yes')
    return make('landuse', 'pedestrian')
  return null
}
