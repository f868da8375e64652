import type { Tx } from '../connect.ts'

/**
 * Takes running numbers for some days at once; they belong to the transaction, so a failed one leaves no hole.
 *
 * `counts`: how many for each day, 'YYYY-MM-DD'. Returns the first number taken for each.
 */
export async function takeCaseNumbers(tx: Tx, counts: Map<string, number>): Promise<Map<string, number>> {
  // In order of the days, so that two imports of the same years never wait for each other in a circle.
  const days = [
    ...counts.keys(),
  ].sort()
  const rows = await tx<{ day: string, last: number }[]>`
    insert into case_numbers as taken (day, last)
    select day, count from unnest(${days}::date[], ${days.map(day => counts.get(day)!)}::integer[]) as wanted (day, count)
    order by day
    on conflict (day) do update set last = taken.last + excluded.last
    returning day, last`
  return new Map(rows.map(({ day, last }) => [day, last - counts.get(day)! + 1]))
}
