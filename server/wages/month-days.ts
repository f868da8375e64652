/** '2026-10', 0 → '2026-11-01': the first day after the month, or after so many months more. */
export function firstDayAfter(month: string, monthsMore = 0): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number + Math.floor(monthsMore), 1)).toISOString().slice(0, 10)
}
