import type { CaseKind } from '#contract/case.ts'
import type { LeftOutReason, SuggestionPart, Suggestions } from '#contract/dispatch.ts'
import type { OfficerToSend } from '../../db/queries/suggestion.ts'
import type { SuggestionSettings } from './suggestion-settings.ts'
import { leftOutWords, partWords } from './suggestion-words.ts'

export interface CaseToGive {
  kind: CaseKind
  grid: string | null
  community: string | null
}

/** An officer and how long he walks, by where he was last seen; null = no way, or no position. */
export interface OfficerWithWalk extends OfficerToSend {
  minutes: number | null
}

type Judged = { leftOut: LeftOutReason } | { parts: SuggestionPart[], score: number }

/**
 * Who can be there soonest, and who answers for the place, is free and knows the matter: every officer either with a score and
 * its grounds in words, or with the reason why he is left out. Pure.
 */
export function suggestOfficers(item: CaseToGive, officers: readonly OfficerWithWalk[], settings: SuggestionSettings, now: Date): Suggestions {
  const judged = officers.map(officer => ({
    officer,
    judgement: judge(item, officer, settings, now),
  }))
  return {
    suggested: judged.flatMap(({ officer: { id, name, minutes }, judgement }) => 'leftOut' in judgement
      ? []
      : [
          {
            officer: id,
            name,
            score: judgement.score,
            minutes: minutes === null
              ? null
              : Math.ceil(minutes),
            parts: judgement.parts,
            words: {
              zh: judgement.parts.map(({ words }) => words.zh).join(' · '),
              en: judgement.parts.map(({ words }) => words.en).join(' · '),
            },
          },
        ]).sort((a, b) => b.score - a.score || (a.officer < b.officer
      ? -1
      : 1)),
    leftOut: judged.flatMap(({ officer: { id, name, minutes, open_cases }, judgement }) => 'leftOut' in judgement
      ? [
          {
            officer: id,
            name,
            reason: judgement.leftOut,
            words: leftOutWords(judgement.leftOut, { minutes, cases: open_cases }),
          },
        ]
      : []),
    weights: settings.weights,
  }
}

function judge(item: CaseToGive, officer: OfficerWithWalk, settings: SuggestionSettings, now: Date): Judged {
  const { weights, halfMinutes, halfCases, mostMinutes, mostCases, positionMinutes, skillWords } = settings
  if (officer.dismissed)
    return { leftOut: 'dismissed' }
  if (officer.duty !== 'on')
    return { leftOut: 'off-duty' }
  if (officer.asked_before)
    return { leftOut: 'asked-before' }
  if (officer.open_cases > mostCases)
    return { leftOut: 'overloaded' }
  const ageMinutes = officer.seen_at === null
    ? null
    : Math.max(0, (now.getTime() - officer.seen_at.getTime()) / 60_000)
  const isFresh = ageMinutes !== null && ageMinutes <= positionMinutes
  const sameGrid = item.grid !== null && officer.grid === item.grid
  const sameCommunity = item.community !== null && officer.community === item.community
  // Whoever answers for the place may come back to it from anywhere; another one must be known to be near.
  if (!sameGrid && !sameCommunity) {
    if (!isFresh || officer.minutes === null)
      return { leftOut: 'unreachable' }
    if (officer.minutes > mostMinutes)
      return { leftOut: 'too-far' }
  }

  const parts: SuggestionPart[] = [
    officer.minutes === null || !isFresh
      ? {
          part: 'position',
          points: 0,
          words: partWords.position(ageMinutes),
        }
      : {
          part: 'walk',
          points: weights.walk * halfMinutes / (halfMinutes + officer.minutes),
          words: partWords.walk(Math.ceil(officer.minutes)),
        },
  ]
  if (sameGrid) {
    parts.push({
      part: 'grid',
      points: weights.grid,
      words: partWords.grid(),
    })
  }
  if (sameCommunity) {
    parts.push({
      part: 'community',
      points: weights.community,
      words: partWords.community(),
    })
  }
  const skill = officer.skills.find(skill => skillWords[item.kind]?.some(word => skill.includes(word)))
  if (skill) {
    parts.push({
      part: 'skill',
      points: weights.skill,
      words: partWords.skill(skill),
    })
  }
  parts.push({
    part: 'load',
    points: weights.load * halfCases / (halfCases + officer.open_cases),
    words: partWords.load(officer.open_cases),
  })
  if (officer.declined > 0) {
    parts.push({
      part: 'record',
      points: 0,
      words: partWords.record(officer.declined, officer.asked),
    })
  }
  return {
    parts,
    score: parts.reduce((sum, { points }) => sum + points, 0),
  }
}
