import type { CaseKind, Urgency } from '#contract/case.ts'
import type { SuggestionWeights } from '#contract/dispatch.ts'

export interface SuggestionSettings {
  weights: SuggestionWeights
  /** After so long a walk nearness counts half; with so many cases in hand the load does. */
  halfMinutes: number
  halfCases: number
  /** Nobody is sent farther, or with more in hand. */
  mostMinutes: number
  mostCases: number
  /** An older position says where he was, not where he is. */
  positionMinutes: number
  /** m/s: an adult at work, the active profile of coverage */
  walkSpeed: number
  /** Words of officers' skills that fit a kind of case. */
  skillWords: Partial<Record<CaseKind, readonly string[]>>
}

/** Beside the suggestion of one officer: the time to answer, and what a case counts where many are given out at once. */
export interface DispatchSettings extends SuggestionSettings {
  answerMinutes: Record<Urgency, number>
  planWeights: Record<Urgency, number>
}

/** This centre's own; no rule fixes them. */
export const defaultSuggestionSettings: SuggestionSettings = {
  weights: {
    walk: 0.45,
    grid: 0.2,
    community: 0.1,
    load: 0.15,
    skill: 0.1,
  },
  halfMinutes: 8,
  halfCases: 4,
  mostMinutes: 60,
  mostCases: 30,
  positionMinutes: 15,
  walkSpeed: 1.2,
  skillWords: {
    'renovation': ['改造'],
    'wages': ['欠薪', '薪'],
    'elder-care': ['为老', '养老'],
    'property': ['物业', '电梯'],
    'utilities': ['水电气热', '水电'],
    'sanitation': ['环境', '环卫'],
    'noise': ['调解'],
    'traffic': ['停车', '交通'],
    'safety': ['消防', '安全', '电梯'],
    'medical': ['医'],
  },
}

export const defaultDispatchSettings: DispatchSettings = {
  ...defaultSuggestionSettings,
  // No public rule says how long an officer has to answer: well below the hour in which a dangerous matter must be dispatched
  // (北京: ≤ 1 h), so that another can still be sent in time.
  answerMinutes: { emergency: 2, urgent: 5, normal: 15 },
  // For an emergency's minute ten minutes of others are given.
  planWeights: { emergency: 10, urgent: 3, normal: 1 },
}
