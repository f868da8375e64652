import type { BurnDown } from '#contract/figures.ts'
import type { OpenStock } from '../../db/queries/open-stock.ts'

const dayMs = 86_400_000

/** 清仓见底: the open stock day by day from `from` to `to`, as far as `now` has come; told backwards from what is open now. */
export function burnDown({ open, moves }: OpenStock, { from, to, now }: { from: string, to: string, now: Date }): BurnDown {
  const openNow = open.reduce((sum, { count }) => sum + count, 0)
  const openAtStart = moves.reduce((left, { opened, ended }) => left - opened + ended, openNow)
  const byDay = Map.groupBy(moves, ({ day }) => day)
  let [left, ofStart] = [openAtStart, openAtStart]
  return {
    asOf: now.toISOString(),
    from,
    to,
    openAtStart,
    days: daysFrom(from, to, now).map((day) => {
      const today = byDay.get(day) ?? []
      const sum = (what: 'opened' | 'ended' | 'ofStart') => today.reduce((total, moved) => total + moved[what], 0)
      const [opened, ended] = [
        sum('opened'),
        sum('ended'),
      ]
      left += opened - ended
      ofStart += sum('ofStart')
      return {
        day,
        opened,
        ended,
        open: left,
        leftOfStart: ofStart,
      }
    }),
  }
}

/** The part of the stock that lies in one community; null: in none. */
export function stockOf({ open, moves }: OpenStock, community: string | null): OpenStock {
  return {
    open: open.filter(one => one.community === community),
    moves: moves.filter(one => one.community === community),
  }
}

function daysFrom(from: string, to: string, now: Date): string[] {
  const last = Math.min(Date.parse(`${to}T00:00:00Z`), now.getTime() + 8 * 3_600_000)
  const days: string[] = []
  for (let day = Date.parse(`${from}T00:00:00Z`); day <= last; day += dayMs)
    days.push(new Date(day).toISOString().slice(0, 10))
  return days
}
