import type { Box } from '../../places/polygon.ts'
import type { ImportJob } from '../import-job.ts'
import type { PlacedDraft } from '../../cases/append-by-subdistrict.ts'
import { appendEvents } from '../../../db/queries/events.ts'
import { lockRegions, writeRegions } from '../../../db/queries/import/regions.ts'
import { listRegionAreas, lockPlaces } from '../../../db/queries/import/settle.ts'
import { appendBySubdistrict } from '../../cases/append-by-subdistrict.ts'
import { RegionIndex, unknownSubdistrict } from '../../places/region-index.ts'
import { RegionNames } from '../../places/region-names.ts'
import { settleMapBuildings, settleSubdistricts } from '../../places/settle-map.ts'
import { settleOverlays } from '../../places/settle-overlays.ts'
import { inTransaction } from '../import-job.ts'
import { settleCasesAfter } from '../settle-cases-after.ts'
import { regionDraft } from './region-draft.ts'
import { Identifier } from './identify.ts'

/**
 * After new boundaries: regions, base map, buildings, overlays and cases are told anew in which regions they lie. `box` is
 * around all boundaries that changed; null = look everywhere, since things outside of all may have changed hands too.
 */
export async function settleEverything(job: ImportJob, box: Box | null): Promise<void> {
  job.progress({ stage: 'place', bytes: 0, rows: 0 })
  await inTransaction(job, async (tx) => {
    await lockPlaces(tx)
    const areas = await listRegionAreas(tx)
    const identifier = new Identifier(areas)
    const orphans = new Map(areas
      .filter(({ parent, level }) => parent === null && level !== 'district')
      .flatMap((region) => {
        const above = identifier.regionAbove(region)
        return above
          ? [
              [region.id, above] as const,
            ]
          : []
      }))
    const before = await lockRegions(tx, [
      ...orphans.keys(),
    ])
    const after = before.map((region) => {
      const above = orphans.get(region.id)!
      const subdistrict = region.properties.level === 'subdistrict' || above.level === 'district'
        ? region.subdistrict
        : above.subdistrict
      return {
        ...region,
        subdistrict,
        properties: { ...region.properties, parent: above.id },
      }
    })
    if (after.length > 0)
      await writeRegions(tx, after)
    const drafts: PlacedDraft[] = after.flatMap((region, i) => {
      const draft = regionDraft(before[i]!, region)
      return draft
        ? [
            { subdistrict: region.subdistrict, draft },
          ]
        : []
    })
    const settled = after.length > 0
      ? await listRegionAreas(tx)
      : areas
    const index = new RegionIndex(settled)
    const moved = await settleSubdistricts(tx, index, box)
    await settleMapBuildings(tx, index, box)
    drafts.push(...await settleOverlays(tx, index, new RegionNames(settled)))
    await appendBySubdistrict(tx, drafts)
    if (moved > 0) {
      await appendEvents(tx, index.home ?? unknownSubdistrict, [
        {
          type: 'basemap.imported',
          id: 'basemap',
          set: {
            version: job.now.toISOString(),
          },
        },
      ])
    }
  })
  await settleCasesAfter(job, box)
}
