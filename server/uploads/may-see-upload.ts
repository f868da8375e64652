import type { UploadInCase } from '../../db/queries/uploads.ts'
import type { Reach } from '../access/policy.ts'

export interface UploadReader {
  userId: string
  reach: Reach
  region: string | null
  officer: string | null
}

/** Whoever may see the case, the zone, the worksite or the compound sees its files, without masks there are none; before it has any, only who sent it. */
export function maySeeUpload({ userId, reach, region, officer }: UploadReader, upload: UploadInCase): boolean {
  if (upload.caseId === null && upload.zone === null && upload.worksite === null && upload.propertyPlace === null)
    return upload.uploadedBy === userId
  switch (reach) {
    case 'all':
      return true
    case 'region':
      return region !== null && [upload.subdistrict, upload.community, upload.grid].includes(region)
    case 'own':
      return (officer !== null && upload.assignee === officer) || upload.uploadedBy === userId
    case 'masked':
      return false
  }
}
