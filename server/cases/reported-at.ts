const earliest = new Date('2000-01-01T00:00:00+08:00')
/** Clocks of senders may be a little ahead of ours. */
const toleranceMs = 5 * 60_000

/** Why a time of report cannot be right; null when it can. */
export function wrongReportedAt(reportedAt: Date, now: Date): string | null {
  if (reportedAt < earliest)
    return 'lies before the year 2000'
  return reportedAt.getTime() > now.getTime() + toleranceMs
    ? 'lies in the future'
    : null
}
