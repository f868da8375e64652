import type { Tags } from './tags.ts'
import { closes, nameOf } from './tags.ts'

export interface PointTags {
  kind: string
  name: string | null
  passable: boolean
  hours: string | null
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
