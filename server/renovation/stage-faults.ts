import type { RenovationStage } from '#contract/places.ts'
import type { ZoneStage } from '#contract/renovation.ts'
import type { FieldFault } from '../wages/chain.ts'
import { RenovationStage as Stages } from '#contract/places.ts'

/**
 * What is wrong with the dates of a zone's stages, at the field: an end before its start, a stage that begins before the one
 * before it, real dates still to come, a stage that is over although the zone has not reached it.
 */
export function faultsOfStages(current: RenovationStage, stages: readonly ZoneStage[], today: string): FieldFault[] {
  const faults: FieldFault[] = []
  const rank = (stage: RenovationStage) => Stages.options.indexOf(stage)
  const seen = new Set<RenovationStage>()
  const inOrder = stages.map((entry, at) => ({ ...entry, at })).sort((a, b) => rank(a.stage) - rank(b.stage))
  for (const [i, entry] of inOrder.entries()) {
    const { stage, planStart, planEnd, realStart, realEnd, at } = entry
    const say = (field: keyof ZoneStage, message: string) => faults.push({ path: `stages.${at}.${field}`, message })
    if (seen.has(stage))
      say('stage', `${stage} is there twice`)
    seen.add(stage)
    if (planStart !== null && planEnd !== null && planEnd < planStart)
      say('planEnd', `lies before the planned start (${planStart})`)
    if (realEnd !== null && realStart === null)
      say('realStart', 'must be given where the end is')
    if (realStart !== null && realEnd !== null && realEnd < realStart)
      say('realEnd', `lies before the real start (${realStart})`)
    for (const field of ['realStart', 'realEnd'] as const) {
      if (entry[field] !== null && entry[field] > today)
        say(field, `${entry[field]} is still to come`)
    }
    if (realEnd !== null && rank(stage) > rank(current))
      say('realEnd', `the zone stands at ${current}, which comes before`)
    const earlier = inOrder.slice(0, i).filter(other => other.stage !== stage)
    for (const field of ['planStart', 'realStart'] as const) {
      const day = entry[field]
      const later = earlier.findLast(other => day !== null && other[field] !== null && other[field] > day)
      if (later)
        say(field, `lies before the start of ${later.stage} (${later[field]}), which comes first`)
    }
  }
  return faults
}
