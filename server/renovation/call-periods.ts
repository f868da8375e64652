import type { CaseKind } from '#contract/case.ts'
import type { ZoneCalls } from '#contract/renovation.ts'
import { dayOfText, textOfDay } from '../cases/working-calendar.ts'
import { daysBetween } from './days.ts'
import { lastMonths } from './last-months.ts'

/** So many calls of a kind on a day. */
export interface DayCalls { kind: CaseKind, day: string, calls: number }
export interface Works { realStart: string | null, realEnd: string | null }
type Periods = ZoneCalls['days']

/**
 * Calls before, during and after the works, by kind. The first and the last day of the works count as during; works that have
 * not begun have everything before.
 *
 * @param calls of one zone
 * @param works real dates of the construction
 * @param span days of which calls are known
 * @param span.since the first; null = no call is known at all
 * @param span.today the last
 */
export function callPeriods(calls: readonly DayCalls[], works: Works, span: { since: string | null, today: string }): ZoneCalls {
  const kinds = new Map<CaseKind, Periods>()
  const months = new Map(lastMonths(span.today).map(month => [month, 0]))
  for (const { kind, day, calls: count } of calls) {
    const of = kinds.get(kind) ?? nothing()
    kinds.set(kind, of)
    of[periodOf(day, works)] += count
    const month = day.slice(0, 7)
    if (months.has(month))
      months.set(month, months.get(month)! + count)
  }
  return {
    since: span.since,
    days: daysOf(works, span),
    kinds: byMost(kinds),
    months: [...months].map(([month, count]) => ({ month, calls: count })),
  }
}

/** The same over several zones: calls and days are added up. */
export function sumPeriods(parts: readonly Pick<ZoneCalls, 'days' | 'kinds' | 'since'>[]): Omit<ZoneCalls, 'months'> {
  const kinds = new Map<CaseKind, Periods>()
  const days = nothing()
  for (const part of parts) {
    add(days, part.days)
    for (const { kind, ...of } of part.kinds) {
      const sum = kinds.get(kind) ?? nothing()
      kinds.set(kind, sum)
      add(sum, of)
    }
  }
  return {
    since: parts.map(({ since }) => since).filter(day => day !== null).sort()[0] ?? null,
    days,
    kinds: byMost(kinds),
  }
}

function periodOf(day: string, { realStart, realEnd }: Works): keyof Periods {
  if (realStart === null || day < realStart)
    return 'before'
  return realEnd === null || day <= realEnd
    ? 'during'
    : 'after'
}

function daysOf({ realStart, realEnd }: Works, { since, today }: { since: string | null, today: string }): Periods {
  if (since === null)
    return nothing()
  const tomorrow = textOfDay(dayOfText(today) + 1)
  const start = realStart ?? tomorrow
  const end = realEnd === null
    ? tomorrow
    : textOfDay(dayOfText(realEnd) + 1)
  const between = (from: string, to: string) => Math.max(0, daysBetween(from < since
    ? since
    : from, to))
  return {
    before: between(since, start),
    during: between(start, end),
    after: realEnd === null
      ? 0
      : between(end, tomorrow),
  }
}

function byMost(kinds: ReadonlyMap<CaseKind, Periods>): ZoneCalls['kinds'] {
  const total = ({ before, during, after }: Periods) => before + during + after
  return [...kinds].map(([kind, of]) => ({ kind, ...of })).sort((a, b) => total(b) - total(a) || a.kind.localeCompare(b.kind))
}

function nothing(): Periods {
  return { before: 0, during: 0, after: 0 }
}

function add(to: Periods, of: Periods): void {
  to.before += of.before
  to.during += of.during
  to.after += of.after
}
