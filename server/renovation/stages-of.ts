import type { ZoneStage } from '#contract/renovation.ts'
import { RenovationStage } from '#contract/places.ts'

type Dates = Omit<ZoneStage, 'stage'>

/** All nine stages in their order; those of the works are the zone's own dates. */
export function stagesOf({ planStart, planEnd, realStart, realEnd }: Dates, kept: readonly ZoneStage[]): ZoneStage[] {
  return RenovationStage.options.map((stage) => {
    const own = kept.find(entry => entry.stage === stage)
    const dates: Dates = stage === 'construction'
      ? {
          planStart,
          planEnd,
          realStart,
          realEnd,
        }
      : own ?? {
        planStart: null,
        planEnd: null,
        realStart: null,
        realEnd: null,
      }
    return {
      stage,
      planStart: dates.planStart,
      planEnd: dates.planEnd,
      realStart: dates.realStart,
      realEnd: dates.realEnd,
    }
  })
}
