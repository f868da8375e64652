import type { Tx } from '../../db/connect.ts'
import { subdistrictOfCase } from '../../db/queries/report-receipts.ts'
import { attachUploads } from '../../db/queries/uploads.ts'

/**
 * Photos that came with a report become part of its case. One that is gone is no reason to lose the report: the others stay, and
 * `missing` names it. Sent again it does nothing twice.
 */
export async function attachReportPhotos(tx: Tx, caseId: string, photos: string[], uploadedBy: string | null): Promise<{ missing: string[] }> {
  const subdistrict = await subdistrictOfCase(tx, caseId)
  return subdistrict === null
    ? { missing: photos }
    : await attachUploads(tx, photos, {
        subdistrict,
        caseId,
        purpose: 'report',
        uploadedBy,
      })
}
