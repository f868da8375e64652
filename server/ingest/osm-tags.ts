/**
 * What an OSM element becomes, told from its tags alone.
 *
 * Which ways may be walked follows the OpenStreetMap wiki, "OSM tags for routing/Access restrictions" (default table,
 * column foot) and "Key:foot": an explicit foot=* goes before access=*, access=* before the class's default; vehicle bans
 * (vehicle, motor_vehicle) say nothing about walkers. Motorways and trunks are closed unless foot or a sidewalk opens them.
 */

export type Tags = Readonly<Record<string, string>>

export interface StreetTags {
  class: string
  name: string | null
  foot: boolean
  /** 1 along, -1 against, 0 both */
  onewayFoot: -1 | 0 | 1
  stairs: boolean
  bridge: boolean
  tunnel: boolean
}

export interface AreaTags {
  class: 'water' | 'waterway' | 'green' | 'residential' | 'landuse' | 'rail' | 'compound'
  subclass: string
  name: string | null
  /** drawn as a line, also where the way is closed */
  line: boolean
  bridge: boolean
  tunnel: boolean
}

export interface BuildingTags {
  kind: string
  name: string | null
  address: string | null
  floors: number | null
  units: number | null
  households: number | null
  builtYear: number | null
}

export interface PointTags {
  kind: string
  name: string | null
  passable: boolean
  hours: string | null
}

export interface LabelTags { class: string, name: string }

const streetClasses = new Set([
  'motorway',
  'motorway_link',
  'trunk',
  'trunk_link',
  'primary',
  'primary_link',
  'secondary',
  'secondary_link',
  'tertiary',
  'tertiary_link',
  'unclassified',
  'residential',
  'living_street',
  'service',
  'pedestrian',
  'footway',
  'path',
  'steps',
  'cycleway',
  'track',
  'bridleway',
  'corridor',
  'road',
  'busway',
])
const closedByDefault = new Set([
  'motorway',
  'motorway_link',
  'trunk',
  'trunk_link',
  'busway',
])
// Made for walkers: here a plain oneway=yes binds them too.
const walkersWays = new Set([
  'footway',
  'path',
  'steps',
  'pedestrian',
  'corridor',
])
const opens = new Set([
  'yes',
  'designated',
  'permissive',
  'official',
  'destination',
  'customers',
  'permit',
  'residents',
])
const closes = new Set([
  'no',
  'private',
  'use_sidepath',
  'agricultural',
  'forestry',
  'delivery',
  'military',
])
const sidewalks = [
  'sidewalk',
  'sidewalk:both',
  'sidewalk:left',
  'sidewalk:right',
]

/** highway=* of the classes above. A square (area=yes) is a street too: people cross it along its edge. */
export function streetOf(tags: Tags): StreetTags | null {
  const value = tags.highway
  if (!value || !streetClasses.has(value))
    return null
  return {
    class: value,
    name: nameOf(tags),
    foot: mayWalk(tags, value),
    onewayFoot: onewayForFoot(tags, value),
    stairs: value === 'steps',
    bridge: isSet(tags.bridge),
    tunnel: isSet(tags.tunnel),
  }
}

function mayWalk(tags: Tags, value: string): boolean {
  if (tags.foot && opens.has(tags.foot))
    return true
  if (tags.foot && closes.has(tags.foot))
    return false
  if (tags.access && closes.has(tags.access))
    return false
  if (closedByDefault.has(value) || tags.motorroad === 'yes')
    return sidewalks.some(key => ['yes', 'both', 'left', 'right'].includes(tags[key] ?? ''))
  return true
}

function onewayForFoot(tags: Tags, value: string): -1 | 0 | 1 {
  // An escalator carries one way.
  const said = tags['oneway:foot'] ?? tags['foot:oneway'] ?? (walkersWays.has(value)
    ? tags.oneway
    : undefined)
  if (said === 'yes' || said === '1' || said === 'true' || tags['foot:backward'] === 'no' || tags.conveying === 'forward')
    return 1
  if (said === '-1' || said === 'reverse' || tags['foot:forward'] === 'no' || tags.conveying === 'backward')
    return -1
  return 0
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

const barrierKinds = new Set([
  'wall',
  'fence',
  'hedge',
  'city_wall',
  'retaining_wall',
  'wire_fence',
  'guard_rail',
  'wood_fence',
])

/** barrier=wall, fence, hedge and their kin: nobody walks through. */
export function barrierOf(tags: Tags): string | null {
  return tags.barrier && barrierKinds.has(tags.barrier)
    ? tags.barrier
    : null
}

const gates = new Set([
  'gate',
  'lift_gate',
  'swing_gate',
  'sliding_gate',
  'kissing_gate',
  'hampshire_gate',
  'wicket_gate',
  'full-height_turnstile',
  'turnstile',
  'entrance',
  'door',
  'stile',
  'border_control',
  'toll_booth',
  'sally_port',
])
const bollards = new Set([
  'bollard',
  'block',
  'cycle_barrier',
  'motorcycle_barrier',
  'chain',
  'kerb',
  'bus_trap',
  'jersey_barrier',
  'planter',
  'log',
  'rope',
  'height_restrictor',
])

/**
 * Nodes that carry a rule for walkers: gates of walls, doors of buildings, crossings, bollards. A gate is shut to walkers
 * with foot=no|private, with access=no|private when foot says nothing, or locked=yes.
 */
export function pointOf(tags: Tags): PointTags | null {
  const kind = pointKind(tags)
  if (!kind)
    return null
  return {
    kind,
    name: nameOf(tags),
    passable: mayPass(tags, kind),
    hours: tags.opening_hours ?? null,
  }
}

function pointKind(tags: Tags): string | null {
  if (tags.entrance && tags.entrance !== 'no')
    return 'entrance'
  if (tags.building === 'entrance')
    return 'entrance'
  if (tags.barrier && gates.has(tags.barrier))
    return 'gate'
  if (tags.barrier && bollards.has(tags.barrier))
    return 'bollard'
  if (tags.highway === 'crossing' || tags.railway === 'crossing' || tags.railway === 'level_crossing')
    return 'crossing'
  if (tags.railway === 'subway_entrance')
    return 'subway-entrance'
  return null
}

function mayPass(tags: Tags, kind: string): boolean {
  if (tags.locked === 'yes' || (tags.entrance === 'emergency' && !tags.foot))
    return false
  if (tags.foot)
    return !closes.has(tags.foot)
  // A private door still is the door of those who live behind it.
  return kind === 'entrance' || !(tags.access && closes.has(tags.access))
}

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

/** The local name; a Chinese or English one where there is no local one. */
export function nameOf(tags: Tags): string | null {
  return tags.name || tags['name:zh'] || tags['name:en'] || null
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== 'no'
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
