import type { CareKind } from '#contract/places.ts'
import type { DecaySettings } from './floating-catchment.ts'
import type { WeekMinute } from './opening-hours.ts'
import type { Walker } from './walker.ts'
import { defaultDecay } from './floating-catchment.ts'

/**
 * What a figure of coverage depends on besides the data. No official formula exists (domain.md), so every one of these is
 * a setting with a documented default, and what a screen shows names it.
 */
export interface CoverageSettings {
  /** walking time at most, minutes; the 15 of the 15-minute circle (15分钟养老服务圈) */
  minutes: number
  walker: Walker
  /**
   * Which facilities count. Those that care for elders day by day: centre, day care, meals. A clinic or a team of family
   * doctors is another service and does not stand in for them.
   */
  kinds: CareKind[]
  /** m² of elder-care space per 100 households; 山东省养老服务条例 art. 11: 15 for existing housing, 20 for new */
  spaceStandard: number
  /** how much less a place counts the longer the walk to it */
  decay: DecaySettings
}

/** What the walking model itself depends on: a change means linking buildings to streets again. */
export interface LinkSettings {
  /** straight walk between a door and a street at most, metres */
  reachMetres: number
  /**
   * How much longer that walk is than the straight line: round hedges, kerbs and parked cars. No rule exists; 1.3 also keeps a
   * walk over open ground from being preferred to a street that leads there nearly as straight.
   */
  detour: number
  /** gates with hours are taken as they stand then: by default Wednesday 10:00, when elders are about */
  at: WeekMinute
}

export const defaultLinkSettings: LinkSettings = {
  reachMetres: 100,
  detour: 1.3,
  at: { weekday: 3, minute: 10 * 60 },
}

export const defaultSettings: CoverageSettings = {
  minutes: 15,
  walker: {
    speed: 0.8,
    stairsSpeed: 0.4,
    wheelchair: false,
    crossingSeconds: 0,
  },
  kinds: ['comprehensive-centre', 'day-care', 'meals'],
  spaceStandard: 15,
  decay: defaultDecay,
}
