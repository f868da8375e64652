/** What an upsert did. Unchanged = the row was there and equal. */
export interface Outcome { created: number, updated: number, unchanged: number }

export function addOutcome(sum: Outcome, more: Outcome): void {
  sum.created += more.created
  sum.updated += more.updated
  sum.unchanged += more.unchanged
}

interface Written { id: number | string, created: boolean }

/** From the ids that moved to another subdistrict and the rows that an upsert wrote (it returns none that were equal). */
export function outcomeOf(given: number, moved: readonly { id: number | string }[], written: readonly Written[]): Outcome {
  const created = written.filter(row => row.created).length
  const updated = new Set([
    ...moved.map(({ id }) => id),
    ...written.filter(row => !row.created).map(({ id }) => id),
  ]).size
  return { created, updated, unchanged: given - created - updated }
}

/** The last of the rows with one id: one statement may write a row only once. */
export function lastById<Row extends { id: number | string }>(rows: readonly Row[]): Row[] {
  return [
    ...new Map(rows.map(row => [row.id, row])).values(),
  ]
}
