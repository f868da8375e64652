import type { ZoneWork } from './change-zone.ts'
import { attachToPlace } from '../uploads/attach-to-place.ts'

/** Makes uploads part of the zone; ids that cannot be had (unknown, expired, somebody else's) come back, and then none is. */
export async function attachToZone({ tx, head: { subdistrict, zone }, by }: ZoneWork, ids: readonly string[]): Promise<string[]> {
  return await attachToPlace(tx, ids, {
    subdistrict,
    of: 'zone',
    id: zone,
    uploadedBy: by.id,
  })
}
