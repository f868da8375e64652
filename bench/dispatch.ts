import type { OfficerToSend } from '../db/queries/suggestion.ts'
import type { LngLat } from '#contract/geometry.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { createRandom } from '../server/demo/random.ts'
import { suggestOfficers } from '../server/dispatch/suggest-officers.ts'
import { defaultSuggestionSettings } from '../server/dispatch/suggestion-settings.ts'
import { streetsOf, walkMinutes } from '../server/dispatch/walk-minutes.ts'
import { demoRecords } from '../test/world/demo-records.ts'

const officerCount = 500
const rounds = 200

/** One suggestion over 500 officers who stand about the demo district: their walks, scores and words; single thread, without the database. */
export async function run(): Promise<Record<string, number | string>> {
  const { records } = await demoRecords('district')
  const streets = streetsOf(buildWalkModel(records))
  const random = createRandom('dispatch bench')
  const somewhere = () => random.pick(records.buildings)
  const now = new Date('2026-11-24T10:00:00+08:00')
  const officers = Array.from({ length: officerCount }, (_, i): OfficerToSend => {
    const home = somewhere()
    return {
      id: `o${i}`,
      name: `o${i}`,
      grid: home.grid,
      community: home.community,
      duty: 'on',
      skills: [],
      location: beside(home.centre),
      seen_at: now,
      open_cases: random.integer(0, 8),
      asked: 0,
      declined: 0,
      dismissed: false,
      asked_before: false,
    }
  })
  const { walkSpeed: speed, mostMinutes: limitMinutes } = defaultSuggestionSettings
  let suggested = 0
  const measure = (moved: number) => Array.from({ length: rounds + 20 }, () => {
    const item = somewhere()
    for (let i = 0; i < moved; i++)
      officers[i]!.location = beside(somewhere().centre)
    const begun = performance.now()
    const minutes = walkMinutes(streets, beside(item.centre), officers.map(({ location }) => location), { speed, limitMinutes })
    const answer = suggestOfficers({
      kind: 'property',
      grid: item.grid,
      community: item.community,
    }, officers.map((officer, i) => ({ ...officer, minutes: minutes[i]! })), defaultSuggestionSettings, now)
    suggested += answer.suggested.length
    return performance.now() - begun
  }).slice(20).sort((a, b) => a - b)
  const one = measure(officerCount / 5)
  const all = measure(officerCount)
  return {
    'officers': officerCount,
    'suggested on average': suggested / (2 * rounds + 40),
    'a fifth moved since: p50, ms': one[rounds >> 1]!,
    'a fifth moved since: p95, ms': one[Math.floor(rounds * 0.95)]!,
    'everyone moved since: p50, ms': all[rounds >> 1]!,
    'everyone moved since: p95, ms': all[Math.floor(rounds * 0.95)]!,
  }
}

/** In front of the house rather than in its middle. */
function beside([lng, lat]: LngLat): LngLat {
  return [lng + 0.0002, lat]
}
