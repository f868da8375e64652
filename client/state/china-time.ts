/** The centre's day is China's, whatever zone the machine is set to: UTC+8, no summer time since 1991. */
const zoneMs = 8 * 3_600_000
const dayMs = 86_400_000

export const zone = 'Asia/Shanghai'

/** Start of the day (Asia/Shanghai) in which `at` lies; both in ms since 1970 UTC. */
export function startOfDay(at: number): number {
  return Math.floor((at + zoneMs) / dayMs) * dayMs - zoneMs
}

/** `YYYY-MM-DD` of the day (Asia/Shanghai) in which `at` lies. */
export function dayOf(at: number): string {
  return new Date(at + zoneMs).toISOString().slice(0, 10)
}

/** `HH:MM:SS`, 24 hours. */
export function timeOfDay(at: number): string {
  return new Date(at + zoneMs).toISOString().slice(11, 19)
}

/** Whole days from a date `YYYY-MM-DD` to the day of `at`; negative when the date is ahead. */
export function daysSince(date: string, at: number): number {
  return Math.round((Date.parse(dayOf(at)) - Date.parse(date.slice(0, 10))) / dayMs)
}
