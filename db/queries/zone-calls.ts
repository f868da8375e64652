import type { CaseKind } from '#contract/case.ts'
import type { ZoneCall } from '#contract/renovation.ts'
import type { SqlOrTx } from '../connect.ts'

export interface ZoneDayCalls { zone: string, kind: CaseKind, day: string, calls: number }

/** Calls in these zones by kind and day (China), merged and archived ones too: each is somebody who called. */
export async function countZoneCalls(sql: SqlOrTx, zones: readonly string[]): Promise<ZoneDayCalls[]> {
  return await sql<ZoneDayCalls[]>`
    select zone, kind, ((reported_at at time zone 'Asia/Shanghai')::date) as day, count(*)::integer as calls
    from cases
    where zone = any(${zones as string[]}::text[])
    group by zone, kind, day`
}

/** Calls in these zones by month (China), from a day on. */
export async function countZoneMonths(sql: SqlOrTx, zones: readonly string[], since: string): Promise<{ zone: string, month: string, calls: number }[]> {
  return await sql<{ zone: string, month: string, calls: number }[]>`
    select zone, to_char(reported_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, count(*)::integer as calls
    from cases
    where zone = any(${zones as string[]}::text[])
      and reported_at >= ${since}::date::timestamp at time zone 'Asia/Shanghai'
    group by zone, month`
}

/** The first day of which calls are known, by subdistrict. */
export async function callsKnownSince(sql: SqlOrTx): Promise<Map<string, string>> {
  const rows = await sql<{ subdistrict: string, since: string }[]>`
    select subdistrict, min((reported_at at time zone 'Asia/Shanghai')::date) as since
    from cases
    group by subdistrict`
  return new Map(rows.map(({ subdistrict, since }) => [subdistrict, since]))
}

/** The newest first. */
export async function latestZoneCalls(sql: SqlOrTx, zone: string, limit: number): Promise<ZoneCall[]> {
  return await sql<ZoneCall[]>`
    select id as case, kind, topic, status, (reported_at at time zone 'Asia/Shanghai')::date as "reportedOn"
    from cases
    where zone = ${zone}
    order by reported_at desc, id
    limit ${limit}`
}

/** Calls of these kinds while the warranty of their zone ran: after the end of the works, until its own. */
function whileWarranty(sql: SqlOrTx, zones: readonly string[], kinds: readonly CaseKind[]) {
  return sql`
    from cases
    join renovation_zones on renovation_zones.id = cases.zone
    where zone = any(${zones as string[]}::text[]) and kind = any(${kinds as string[]}::text[])
      and (reported_at at time zone 'Asia/Shanghai')::date between coalesce(real_end, '1900-01-01'::date) and warranty_end`
}

/** The newest first. */
export async function callsInWarranty(sql: SqlOrTx, zone: string, kinds: readonly CaseKind[], limit: number): Promise<ZoneCall[]> {
  return await sql<ZoneCall[]>`
    select cases.id as case, kind, topic, status, (reported_at at time zone 'Asia/Shanghai')::date as "reportedOn"
    ${whileWarranty(sql, [zone], kinds)}
    order by reported_at desc, cases.id
    limit ${limit}`
}

/** How many, by zone. */
export async function countCallsInWarranty(sql: SqlOrTx, zones: readonly string[], kinds: readonly CaseKind[]): Promise<Map<string, number>> {
  const rows = await sql<{ zone: string, calls: number }[]>`
    select zone, count(*)::integer as calls
    ${whileWarranty(sql, zones, kinds)}
    group by zone`
  return new Map(rows.map(({ zone, calls }) => [zone, calls]))
}
