/**
 * How many cases an hour of the day brings, compared with the others (Asia/Shanghai). A hotline is busiest at ten and at
 * four, and never quite silent.
 */
const shares = [
  0.5,
  0.35,
  0.3,
  0.25,
  0.3,
  0.6,
  1.6,
  3.4,
  6.2,
  8.4,
  8.8,
  7,
  4.6,
  5,
  6.6,
  7.4,
  7.2,
  6.2,
  5.4,
  5.2,
  4.8,
  3.6,
  2,
  1.1,
]
const whole = shares.reduce((sum, share) => sum + share, 0)

/** Hour of the day in China with its fraction: 9.5 = half past nine. */
export function hourInChina(at: Date): number {
  return (at.getTime() / 3_600_000 + 8) % 24
}

/** Share of a day's cases that comes per hour at this time of the day; all hours add up to 1. */
export function shareOfHour(at: Date): number {
  const hour = hourInChina(at)
  const here = Math.floor(hour)
  const rest = hour - here
  return (shares[here]! * (1 - rest) + shares[(here + 1) % 24]! * rest) / whole
}

/** Share of the day's cases that has come by this time. */
export function shareOfDaySoFar(at: Date): number {
  const hour = hourInChina(at)
  const here = Math.floor(hour)
  return (shares.slice(0, here).reduce((sum, share) => sum + share, 0) + shares[here]! * (hour - here)) / whole
}

/** A time of the day by the rhythm, as milliseconds since midnight in China. */
export function timeOfDay(share: number): number {
  let left = share * whole
  for (const [hour, weight] of shares.entries()) {
    if (left < weight)
      return (hour + left / weight) * 3_600_000
    left -= weight
  }
  return 23.99 * 3_600_000
}

export function startOfDayInChina(at: Date): Date {
  const offset = 8 * 3_600_000
  return new Date(Math.floor((at.getTime() + offset) / 86_400_000) * 86_400_000 - offset)
}
