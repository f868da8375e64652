import type { z } from 'zod'
import type { PlanData } from '#contract/plan.ts'
import type { FacilityRecord, WalkRecords } from '#coverage/records.ts'
import type { Sql } from '../../db/connect.ts'
import type { Box, CommunityArea, GridArea } from '../../db/queries/network.ts'
import { planBasis, readCommunityAreas, readFacilityRecords, readGridAreas, readSubdistrictNames, readWalkRecords, subdistrictBox } from '../../db/queries/network.ts'
import { placeInGrids } from './place-in-grids.ts'

/** The contract's PlanData with the types that it has in fact. */
export interface PlanDataRecords extends Omit<z.infer<typeof PlanData>, 'records' | 'facilities' | 'communities' | 'grids'> {
  records: WalkRecords
  facilities: FacilityRecord[]
  communities: CommunityArea[]
  grids: GridArea[]
}

export type PlanDataAnswer = PlanDataRecords | { notFound: true } | { tooMany: number }

/** As many subdistricts as a browser can hold at once. */
const mostSubdistricts = 15
/** People walk over the border: so far around a subdistrict streets and facilities are given too, degrees. */
const margin = 0.02

/** What a planner's browser computes from: of one subdistrict and what lies around it, or of all where there are few. */
export async function readPlanData(sql: Sql, subdistrict: string | null): Promise<PlanDataAnswer> {
  return await sql.begin('isolation level repeatable read read only', async (tx): Promise<PlanDataAnswer> => {
    const names = await readSubdistrictNames(tx)
    const inner = subdistrict === null
      ? null
      : await subdistrictBox(tx, subdistrict)
    if (subdistrict !== null && !inner)
      return { notFound: true }
    if (subdistrict === null && names.size > mostSubdistricts)
      return { tooMany: names.size }
    const box = inner && [
      inner[0] - margin,
      inner[1] - margin,
      inner[2] + margin,
      inner[3] + margin,
    ] as Box
    const here = ({ subdistrict: code }: { subdistrict: string }) => subdistrict === null || code === subdistrict
    const records = await readWalkRecords(tx, box)
    const grids = await readGridAreas(tx)
    return {
      basis: await planBasis(tx),
      subdistrict,
      records: {
        ...records,
        buildings: records.buildings.map(building => here(building)
          ? building
          // Neighbours stand in the way but are not counted here.
          : {
              ...building,
              households: 0,
              population: 0,
              aged60: 0,
              aged70: 0,
              aged80: 0,
            }),
      },
      facilities: placeInGrids(await readFacilityRecords(tx), grids).filter(({ lng, lat }) => !box || (lng >= box[0] && lng <= box[2] && lat >= box[1] && lat <= box[3])),
      communities: (await readCommunityAreas(tx)).filter(here),
      grids: grids.filter(here),
      subdistricts: [...names].map(([id, name]) => ({ id, name })),
    }
  }) as PlanDataAnswer
}
