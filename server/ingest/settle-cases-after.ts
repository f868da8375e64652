import type { Box } from '../places/polygon.ts'
import type { ImportJob } from './import-job.ts'
import { hasCases } from '../../db/queries/import/settle-cases.ts'
import { loadPlaces } from '../places/locate.ts'
import { settleCasesIn } from '../places/settle-cases.ts'

/** After an import that changed what lies where in the box (null: anywhere): the cases that are there are told anew. */
export async function settleCasesAfter(job: ImportJob, box: Box | null): Promise<void> {
  if (job.dryRun || !await hasCases(job.sql))
    return
  job.progress({ stage: 'place', bytes: 0, rows: 0 })
  const changed = await settleCasesIn(job.sql, await loadPlaces(job.sql), box)
  if (changed > 0)
    job.note(`${changed} 件工单的归属已更新 · ${changed} cases lie in another region, building, zone or worksite now`)
}
