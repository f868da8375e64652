import type { ObstructionRecord } from './records.ts'

// Drains and ditches are stepped over.
const tooWide = new Set([
  'river',
  'canal',
  'stream',
  'tidal_channel',
])
// Trams run in the street, monorails above it.
const crossable = new Set(['tram', 'monorail'])

/**
 * What of the map's areas stops somebody on foot: water one cannot step over, railways at ground level. Subclasses are OSM's
 * values of natural, waterway and railway.
 */
export function obstructionKind(area: { class: string, subclass: string | null, bridge: boolean, tunnel: boolean }): ObstructionRecord['kind'] | null {
  if (area.bridge || area.tunnel)
    return null
  if (area.class === 'water' || (area.class === 'waterway' && tooWide.has(area.subclass ?? '')))
    return 'water'
  return area.class === 'rail' && !crossable.has(area.subclass ?? '')
    ? 'rail'
    : null
}
