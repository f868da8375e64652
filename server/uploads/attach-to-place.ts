import type { UploadPlace } from '../../db/queries/uploads.ts'
import type { Tx } from '../../db/connect.ts'
import { attachUploadsToPlace, lockFreeUploads } from '../../db/queries/uploads.ts'

/** Makes uploads part of a zone, a worksite or a compound's ladder; ids that cannot be had (unknown, expired, somebody else's) come back, and then none is. */
export async function attachToPlace(tx: Tx, ids: readonly string[], place: { subdistrict: string, of: UploadPlace, id: string, uploadedBy: string }): Promise<string[]> {
  const free = await lockFreeUploads(tx, ids, place)
  const missing = ids.filter(id => !free.has(id))
  if (missing.length === 0)
    await attachUploadsToPlace(tx, ids, place)
  return missing
}
