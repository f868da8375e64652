import type { CaseKind } from '#contract/case.ts'
import type { PropertyStep, PropertyStepInput, ZoneFacts } from '#contract/renovation.ts'
import type { RenovationZone } from '#contract/places.ts'
import type { Sql } from '../../db/connect.ts'
import { writeZones } from '../../db/queries/import/renovation-zones.ts'
import { zoneDefaults } from '../../server/renovation/zone-defaults.ts'
import { town } from './places.ts'
import { square } from './regions.ts'

/** A zone of 200 m in the west of the town of two communities, `place` squares east of its first. */
export async function plantZone(sql: Sql, id: string, place: number, said: Partial<RenovationZone> = {}): Promise<void> {
  await sql.begin(tx => writeZones(tx, [
    {
      id,
      subdistrict: town,
      geometry: square([116.91 + 0.003 * place, 36.61], 0.002, {}).geometry,
      properties: {
        ...zoneDefaults,
        id,
        name: `${id}小区`,
        community: `${town}001`,
        ...said,
      },
    },
  ]))
}

export async function plantCall(sql: Sql, id: string, zone: string, said: { kind: CaseKind, day: string, topic?: string }): Promise<void> {
  await sql`
    insert into cases (subdistrict, id, kind, source, status, topic, content, zone, reported_at)
    values (${town}, ${id}, ${said.kind}, 'hotline', 'closed', ${said.topic ?? 'unspecified'}, '居民来电', ${zone}, ${`${said.day}T10:00:00+08:00`})`
}

export const noFacts: ZoneFacts = {
  name: '甲小区',
  batch: null,
  progress: null,
  buildings: null,
  households: null,
  floorArea: null,
  builtYear: null,
  owner: null,
  contractor: null,
  designer: null,
  supervisor: null,
  propertyCompany: null,
  warrantyEnd: null,
}

/** A step against 示范物业, on the first of November, resting on one call. */
export function ladderStep(step: PropertyStepInput['step'], said: Partial<PropertyStepInput> = {}): PropertyStepInput {
  return {
    company: '示范物业',
    step,
    on: '2026-11-01',
    dueOn: null,
    note: '书面告知',
    skipReason: null,
    documents: [],
    cases: ['c1'],
    ...said,
  }
}

export function taken(input: PropertyStepInput, said: Partial<PropertyStep> = {}): PropertyStep {
  return {
    ...input,
    id: 's',
    outcome: null,
    outcomeOn: null,
    outcomeNote: null,
    ...said,
  }
}
