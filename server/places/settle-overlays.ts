import type { LngLat, Point, Polygon } from '#contract/geometry.ts'
import type { Tx } from '../../db/connect.ts'
import type { OverlayItem } from '../../db/queries/import/overlay-item.ts'
import type { PlacedDraft } from '../cases/append-by-subdistrict.ts'
import type { RegionIndex } from './region-index.ts'
import type { RegionNames } from './region-names.ts'
import { lockFacilities, writeFacilities } from '../../db/queries/import/care-facilities.ts'
import { lockOfficers, writeOfficers } from '../../db/queries/import/officers.ts'
import { lockZones, writeZones } from '../../db/queries/import/renovation-zones.ts'
import { idsOf } from '../../db/queries/import/settle.ts'
import { lockWorksites, writeWorksites } from '../../db/queries/import/worksites.ts'
import { overlayEvent } from './overlay-event.ts'
import { centreOf } from './polygon.ts'

interface Layer {
  table: 'renovation_zones' | 'worksites' | 'care_facilities' | 'officers'
  noun: string
  hidden?: readonly string[]
  lock: (tx: Tx, ids: readonly string[]) => Promise<OverlayItem[]>
  write: (tx: Tx, items: readonly OverlayItem[]) => Promise<void>
}

const layers: Layer[] = [
  {
    table: 'renovation_zones',
    noun: 'zone',
    lock: lockZones,
    write: writeZones,
  },
  {
    table: 'worksites',
    noun: 'worksite',
    lock: lockWorksites,
    write: writeWorksites,
  },
  {
    table: 'care_facilities',
    noun: 'facility',
    lock: lockFacilities,
    write: writeFacilities,
  },
  {
    table: 'officers',
    noun: 'officer',
    hidden: ['phone'],
    lock: lockOfficers,
    write: writeOfficers,
  },
]

/**
 * Zones, worksites and facilities go to the community in which they lie now; officers to the one that they were given by name.
 * The events are for the caller to append, last in the transaction.
 */
export async function settleOverlays(tx: Tx, index: RegionIndex, names: RegionNames): Promise<PlacedDraft[]> {
  const drafts: PlacedDraft[] = []
  for (const layer of layers) {
    const items = await layer.lock(tx, await idsOf(tx, layer.table))
    const changed: OverlayItem[] = []
    for (const before of items) {
      const after = layer.noun === 'officer'
        ? settledOfficer(before, index, names)
        : settledItem(before, index)
      const draft = overlayEvent(layer, before, after, 'regions-changed')
      if (draft) {
        changed.push(after)
        drafts.push({ subdistrict: after.subdistrict, draft })
      }
    }
    if (changed.length > 0)
      await layer.write(tx, changed)
  }
  return drafts
}

function settledItem(item: OverlayItem, index: RegionIndex): OverlayItem {
  const point = item.geometry!.type === 'Point'
    ? (item.geometry as Point).coordinates
    : centreOf(item.geometry as Polygon)
  // Outside of all communities the file's word stays.
  const community = index.regionsAt(point).community ?? item.properties.community
  return {
    ...item,
    subdistrict: index.ownerOf(point),
    properties: { ...item.properties, community },
  }
}

function settledOfficer(item: OverlayItem, index: RegionIndex, names: RegionNames): OverlayItem {
  const { grid, community } = item.properties
  const point: LngLat | null = item.geometry ? (item.geometry as Point).coordinates : null
  const namedGrid = typeof grid === 'string'
    ? names.find(grid, ['grid'])
    : null
  const namedCommunity = typeof community === 'string'
    ? names.find(community, ['community', 'village'], namedGrid?.subdistrict)
    : null
  return {
    ...item,
    subdistrict: namedGrid?.subdistrict ?? namedCommunity?.subdistrict ?? (point
      ? index.ownerOf(point)
      : index.home ?? item.subdistrict),
    properties: {
      ...item.properties,
      grid: namedGrid?.id ?? grid,
      community: namedCommunity?.id ?? community ?? namedGrid?.parent ?? null,
    },
  }
}
