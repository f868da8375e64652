/** '2026-11', 2 → '2027-01'. */
export function monthAfter(month: string, count: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7)
}

/** Whole months of which calls are known, oldest first: without that in which `since` lies unless it is its first day, and without that of `today`. */
export function wholeMonths(since: string | null, today: string): string[] {
  if (since === null)
    return []
  const months: string[] = []
  const first = since.endsWith('-01')
    ? since.slice(0, 7)
    : monthAfter(since.slice(0, 7), 1)
  for (let month = first; month < today.slice(0, 7); month = monthAfter(month, 1))
    months.push(month)
  return months
}
