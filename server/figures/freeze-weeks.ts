import type { Tx } from '../../db/connect.ts'
import type { CaseRules } from '../cases/terms.ts'
import type { RateTally } from './case-rates.ts'
import { dissatisfiedHistories, rateRows } from '../../db/queries/case-rates.ts'
import { freezeWeek, lastFrozenWeek } from '../../db/queries/frozen-weeks.ts'
import { openStock } from '../../db/queries/open-stock.ts'
import { listRegions } from '../../db/queries/regions.ts'
import { mondayOf } from '../jobs/china-times.ts'
import { burnDown, stockOf } from './burn-down.ts'
import { caseRates } from './case-rates.ts'
import { dissatisfiedStock } from './dissatisfied-stock.ts'

const dayMs = 86_400_000

/**
 * Freezes every week that is over and is not frozen yet, also those that ended while nobody ran. Where nothing is frozen yet it
 * begins with the last `atFirst` weeks. `frozenAt` says how long after its end a week was taken down. Returns how many.
 */
export async function freezeFinishedWeeks(tx: Tx, { rules, now, atFirst = 1 }: { rules: CaseRules, now: Date, atFirst?: number }): Promise<number> {
  let frozen = 0
  for (const { id: subdistrict } of await listRegions(tx, { level: 'subdistrict' })) {
    const communities = (await listRegions(tx, { parent: subdistrict })).map(({ properties: { id, name } }) => ({ id, name }))
    for (const week of weeksToFreeze(await lastFrozenWeek(tx, subdistrict), now, atFirst)) {
      frozen += Number(await freeze(tx, {
        subdistrict,
        communities,
        week,
        rules,
        now,
      }))
    }
  }
  return frozen
}

/** Mondays, oldest first, of the weeks after `last` that are over. */
export function weeksToFreeze(last: string | null, now: Date, atFirst: number): string[] {
  const thisWeek = Date.parse(`${mondayOf(now)}T00:00:00Z`)
  const first = last === null
    ? thisWeek - 7 * dayMs * atFirst
    : Date.parse(`${last}T00:00:00Z`) + 7 * dayMs
  const weeks: string[] = []
  for (let monday = first; monday < thisWeek; monday += 7 * dayMs)
    weeks.push(new Date(monday).toISOString().slice(0, 10))
  return weeks
}

async function freeze(
  tx: Tx,
  { subdistrict, communities, week, rules, now }: { subdistrict: string, communities: { id: string, name: string }[], week: string, rules: CaseRules, now: Date },
): Promise<boolean> {
  const from = new Date(`${week}T00:00:00+08:00`)
  const until = new Date(from.getTime() + 7 * dayMs)
  const within = [subdistrict]
  const rows = await rateRows(tx, { from, until, within }, rules.contactHours)
  const histories = await dissatisfiedHistories(tx, { from: until, by: 'community', within }, rules.consecutiveFrom)
  const stock = await openStock(tx, { from, until, within })
  const days = {
    from: week,
    to: new Date(Date.parse(`${week}T00:00:00Z`) + 6 * dayMs).toISOString().slice(0, 10),
    now,
  }
  return await freezeWeek(tx, {
    subdistrict,
    week,
    frozenAt: now,
    rows,
    figures: {
      rates: caseRates(tallied(rows), rules),
      dissatisfied: dissatisfiedStock(histories, communities, { at: until, rules }),
      burnDown: burnDown(stock, days),
      burnDownOf: Object.fromEntries(communities.map(({ id }) => [
        id,
        burnDown(stockOf(stock, id), days),
      ])),
    },
  })
}

/** The figures are counted from the very rows that are kept beside them. */
function tallied(rows: Awaited<ReturnType<typeof rateRows>>): RateTally[] {
  return [
    ...Map.groupBy(rows, ({ rate, community, verdict }) => `${rate}|${community ?? ''}|${verdict}`).values(),
  ].map(same => ({
    rate: same[0]!.rate,
    key: same[0]!.community,
    verdict: same[0]!.verdict,
    count: same.length,
  }))
}
