import type { LngLat } from '#contract/geometry.ts'
import type { PlanDataRecords } from '../../../server/care/read-plan-data.ts'
import { pathsOf } from '#coverage/obstacles.ts'

/** What lies under a drawn plan, as lines and rings in degrees. */
export interface PlanGround {
  streets: { path: LngLat[], isMain: boolean }[]
  waters: LngLat[][][]
  rails: LngLat[][]
  houses: LngLat[][]
  communities: { name: string, rings: LngLat[][] }[]
}

const main = /^(?:motorway|trunk|primary|secondary|tertiary)/

export function planGround({ records, communities }: Pick<PlanDataRecords, 'records' | 'communities'>): PlanGround {
  const of = (kind: string) => records.obstructions.filter(obstruction => obstruction.kind === kind)
  return {
    streets: records.streets.map(street => ({
      path: Array.from(street.lngs, (lng, i): LngLat => [lng, street.lats[i]!]),
      isMain: main.test(street.class),
    })),
    waters: of('water').map(({ geometry }) => pathsOf(geometry)),
    rails: of('rail').flatMap(({ geometry }) => pathsOf(geometry)),
    houses: records.buildings.flatMap(({ geometry }) => pathsOf(geometry)),
    communities: communities.map(({ name, geometry }) => ({
      name,
      rings: pathsOf(geometry as Parameters<typeof pathsOf>[0]),
    })),
  }
}
