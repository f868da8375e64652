import type { CaseCandidate } from '#contract/case-work.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { OfficerAtWork } from '../../db/queries/candidates.ts'
import { metresBetween } from '../places/polygon.ts'

const shares = {
  grid: 0.4,
  community: 0.15,
  nearness: 0.2,
  load: 0.25,
}
/** At this distance nearness counts half; with so many cases in hand the load does. */
const halfMetres = 400
const halfCases = 4
const offDuty = 0.3
/** A position older than this says where he was, not where he is. */
const freshMs = 30 * 60_000
const mostCandidates = 6

interface CaseToGive {
  location: LngLat | null
  grid: string | null
  community: string | null
}

/**
 * To whom a case is best given: who answers for its grid, is near, and has little in hand; whoever is off duty comes last. The
 * weights are this program's own, no rule fixes them: so every fact is told beside the score, and a person decides.
 */
export function rankCandidates(item: CaseToGive, officers: readonly OfficerAtWork[], now: Date): CaseCandidate[] {
  return officers.map((officer) => {
    const sameGrid = item.grid !== null && officer.grid === item.grid
    const sameCommunity = item.community !== null && officer.community === item.community
    const isFresh = officer.seen_at !== null && now.getTime() - officer.seen_at.getTime() <= freshMs
    const metres = item.location && officer.location && isFresh
      ? Math.round(metresBetween(item.location, officer.location))
      : null
    const score = (sameGrid ? shares.grid : 0)
      + (sameCommunity ? shares.community : 0)
      + (metres === null
        ? 0
        : shares.nearness * halfMetres / (halfMetres + metres))
      + shares.load * halfCases / (halfCases + officer.open_cases)
    return {
      officer: officer.id,
      name: officer.name,
      duty: officer.duty,
      sameGrid,
      sameCommunity,
      metres,
      openCases: officer.open_cases,
      overdueCases: officer.overdue_cases,
      score: officer.duty === 'on'
        ? score
        : score * offDuty,
    }
  }).sort((a, b) => Number(b.duty === 'on') - Number(a.duty === 'on') || b.score - a.score).slice(0, mostCandidates)
}
