import type { SqlOrTx } from '../connect.ts'

/** Where an officer was seen. */
export interface PositionReport {
  /** officer id */
  id: string
  lng: number
  lat: number
  /** milliseconds since 1970-01-01 UTC */
  seenAt: number
  subdistrict: string
  /** codes of the community and the grid in which the officer is or works */
  regions: string[]
  /** metres; null or absent = not told */
  accuracy?: number | null
  /** which of his devices said so */
  device?: string
}

/** A NOTIFY carries less than 8,000 bytes. */
const maxPayloadBytes = 7900

/** Tells every process, this one too, over the channel `positions`. `sender` tells a process its own words. */
export async function notifyPositions(sql: SqlOrTx, sender: string, reports: PositionReport[]): Promise<void> {
  for (const payload of positionPayloads(sender, reports))
    await sql`select pg_notify('positions', ${payload})`
}

/** As many payloads as are needed, each small enough. */
export function positionPayloads(sender: string, reports: PositionReport[]): string[] {
  const payloads: string[] = []
  let rows: string[] = []
  let bytes = 0
  const close = () => {
    if (rows.length > 0)
      payloads.push(`{"sender":${JSON.stringify(sender)},"reports":[${rows.join(',')}]}`)
    rows = []
    bytes = 0
  }
  for (const report of reports) {
    const row = JSON.stringify(report)
    const size = Buffer.byteLength(row) + 1
    if (bytes + size > maxPayloadBytes - 100)
      close()
    rows.push(row)
    bytes += size
  }
  close()
  return payloads
}

/** Keeps the latest position in the officers' table, so that a restarted process knows it. No event: positions are volatile. */
export async function savePositions(sql: SqlOrTx, reports: PositionReport[]): Promise<void> {
  await sql`
    update officers
    set location = point(seen.lng, seen.lat), seen_at = seen.at
    from (
      select id, lng, lat, to_timestamp("seenAt" / 1000.0) as at
      from json_to_recordset(${JSON.stringify(reports)}::text::json) as report (id text, lng float8, lat float8, "seenAt" float8)
    ) as seen
    where officers.id = seen.id and (officers.seen_at is null or officers.seen_at < seen.at)`
}
