import type { PlanSettings } from '#contract/plan.ts'
import type { CoverageSettings } from '../settings.ts'
import { defaultSettings } from '../settings.ts'

export function settingsOfPlan({ minutes, speed, wheelchair, crossing, kinds, decay }: PlanSettings): CoverageSettings {
  return {
    ...defaultSettings,
    minutes,
    kinds,
    decay,
    walker: {
      ...defaultSettings.walker,
      speed,
      wheelchair,
      crossingSeconds: crossing,
    },
  }
}

export const defaultPlanSettings: PlanSettings = {
  minutes: defaultSettings.minutes,
  speed: defaultSettings.walker.speed,
  wheelchair: false,
  crossing: 0,
  at: '3T10:00',
  kinds: defaultSettings.kinds,
  decay: defaultSettings.decay,
}
