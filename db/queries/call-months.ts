import type { WageMonth } from '#contract/wages.ts'
import type { SqlOrTx } from '../connect.ts'

export interface MonthCalls { place: string, month: string, calls: number }

/** Calls of each zone or worksite by month (China), merged and archived ones too: each is somebody who called. */
export async function countCallsByMonth(sql: SqlOrTx, subject: 'zones' | 'worksites'): Promise<MonthCalls[]> {
  const place = subject === 'zones'
    ? sql`zone`
    : sql`worksite`
  return await sql<MonthCalls[]>`
    select ${place} as place, to_char(reported_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, count(*)::integer as calls
    from cases
    where ${place} is not null
    group by 1, 2`
}

export interface ForecastSite { subdistrict: string, id: string, name: string, community: string | null }

export async function listSites(sql: SqlOrTx): Promise<ForecastSite[]> {
  return await sql<ForecastSite[]>`
    select subdistrict, id, name, community
    from worksites
    order by id`
}

/** Every month of every site's ledger. */
export async function allWageMonths(sql: SqlOrTx): Promise<(WageMonth & { worksite: string })[]> {
  return await sql<(WageMonth & { worksite: string })[]>`
    select worksite, to_char(month, 'YYYY-MM') as month, attended, paid_people as "paidPeople", due_yuan as "dueYuan",
      paid_yuan as "paidYuan", paid_on as "paidOn"
    from worksite_months`
}
