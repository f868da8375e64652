const monthsShown = 24

/** The last 24 months (`2026-11`), the one of the day included, oldest first. */
export function lastMonths(today: string): string[] {
  const [year, month] = today.split('-').map(Number) as [number, number]
  return Array.from({ length: monthsShown }, (_, i) => new Date(Date.UTC(year, month - monthsShown + i, 1)).toISOString().slice(0, 7))
}
