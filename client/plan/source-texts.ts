import type { PlanContent } from '#contract/plan.ts'
import type { FacilityInPlan } from '#coverage/plan/plan-rows.ts'
import { settingsOfPlan } from '#coverage/plan/settings-of-plan.ts'

export interface SourcesAsked {
  settings: PlanContent['settings']
  facilities: readonly Pick<FacilityInPlan, 'isolated'>[]
  /** the earliest day of which the people's numbers are */
  populationAsOf: string | null
}

/** Where each rate and the places come from and how they are computed, in the language of the page: what the server says in Chinese, word for word. */
export function sourceTexts({ settings, facilities, populationAsOf }: SourcesAsked, t: (key: string, named?: Record<string, unknown>) => string): Record<'facilities' | 'space' | 'people' | 'capacity', string> {
  const { minutes, speed, wheelchair, crossing, kinds, decay } = settings
  const text = (key: string, named?: Record<string, unknown>) => t(`plan.sourceText.${key}`, named)
  const counted = text('counted', {
    kinds: kinds.map(kind => text(`kind.${kind}`)).join(text('and')),
  })
  return {
    facilities: text('facilities', { counted }),
    space: text('space', { standard: settingsOfPlan(settings).spaceStandard }),
    people: text('people', {
      minutes,
      counted,
      speed,
      wheels: wheelchair
        ? text('wheels')
        : '',
      crossings: crossing > 0
        ? text('crossings', { n: crossing })
        : '',
      asOf: populationAsOf === null
        ? ''
        : text('asOf', { date: populationAsOf }),
    }),
    capacity: text('capacity', {
      minutes,
      weights: text(`weights.${decay.shape}`, {
        steps: decay.steps.join(text('and')),
      }),
      n: facilities.filter(({ isolated }) => isolated).length,
    }),
  }
}

/** The earliest of the days told. */
export function earliestDay(days: Iterable<string | null | undefined>): string | null {
  return [...days].filter(day => day != null).sort()[0] ?? null
}
