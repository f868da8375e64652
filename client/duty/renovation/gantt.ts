import type { RenovationStage } from '#contract/places.ts'
import type { ZoneSchedule, ZoneStage } from '#contract/renovation.ts'

export interface GanttBar { stage: RenovationStage, from: number, to: number, starts: string, ends: string | null }
export interface GanttRow { zone: string, name: string, plan: GanttBar[], real: GanttBar[] }
export interface Gantt {
  rows: GanttRow[]
  /** Beginnings of quarters, with where they stand. */
  ticks: { at: number, label: string }[]
  /** Where today stands. */
  today: number
}

const dayMs = 86_400_000
const noon = (day: string) => Date.parse(`${day}T00:00:00Z`)

/** The stages of a batch's zones as bars, each from 0 to 1 along the time that all of them span; null where no date is known. */
export function ganttOf(zones: readonly ZoneSchedule[], today: string): Gantt | null {
  const days = zones.flatMap(({ stages }) => stages.flatMap(({ planStart, planEnd, realStart, realEnd }) => [
    planStart,
    planEnd,
    realStart,
    realEnd,
  ])).filter(day => day !== null)
  if (days.length === 0)
    return null
  const all = [...days, today].sort()
  const first = noon(all[0]!)
  const span = Math.max(dayMs, noon(all.at(-1)!) + dayMs - first)
  const at = (day: string) => (noon(day) - first) / span
  const bars = (stages: readonly ZoneStage[], start: 'planStart' | 'realStart', end: 'planEnd' | 'realEnd') => stages.flatMap((entry): GanttBar[] => {
    const starts = entry[start]
    if (starts === null)
      return []
    // What goes on reaches to today; a plan without an end is a day long.
    const to = entry[end] ?? (start === 'realStart'
      ? today
      : starts)
    return [
      {
        stage: entry.stage,
        from: at(starts),
        to: Math.max(at(to), at(starts)) + dayMs / span,
        starts,
        ends: entry[end],
      },
    ]
  })
  return {
    rows: zones.map(({ zone, name, stages }) => ({
      zone,
      name,
      plan: bars(stages, 'planStart', 'planEnd'),
      real: bars(stages, 'realStart', 'realEnd'),
    })),
    ticks: ticksOf(all[0]!, all.at(-1)!).map(day => ({
      at: at(day),
      label: day.slice(0, 7),
    })),
    today: at(today),
  }
}

/** First days of quarters between the two; of years where there would be more than a dozen. */
function ticksOf(first: string, last: string): string[] {
  const [year, toYear] = [
    Number(first.slice(0, 4)),
    Number(last.slice(0, 4)),
  ]
  const months = toYear - year > 2
    ? ['01']
    : ['01', '04', '07', '10']
  return Array.from({ length: toYear - year + 1 }, (_, i) => months.map(month => `${year + i}-${month}-01`)).flat().filter(day => day >= first && day <= last)
}
