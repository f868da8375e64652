import type { ZoneWork } from './change-zone.ts'
import { attachUploadsToZone, lockFreeUploads } from '../../db/queries/uploads.ts'

/** Makes uploads part of the zone; ids that cannot be had (unknown, expired, somebody else's) come back, and then none is. */
export async function attachToZone({ tx, head, by }: ZoneWork, ids: readonly string[]): Promise<string[]> {
  const free = await lockFreeUploads(tx, ids, { zone: head.zone, uploadedBy: by.id })
  const missing = ids.filter(id => !free.has(id))
  if (missing.length === 0)
    await attachUploadsToZone(tx, ids, head)
  return missing
}
