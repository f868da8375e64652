import type { Tags } from './tags.ts'
import { closes, isSet, nameOf } from './tags.ts'

/*
 * Which ways may be walked follows the OpenStreetMap wiki, "OSM tags for routing/Access restrictions" (default table,
 * column foot) and "Key:foot": an explicit foot=* goes before access=*, access=* before the class's default; vehicle bans
 * (vehicle, motor_vehicle) say nothing about walkers. Motorways and trunks are closed unless foot or a sidewalk opens them.
 */

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

export const streetClasses = new Set([
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
