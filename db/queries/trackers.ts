import type { SqlOrTx, Tx } from '../connect.ts'

export interface TrackerRow {
  id: string
  officer: string
  name: string
  made_at: Date
  revoked_at: Date | null
  heard_at: Date | null
  heard: string | null
}

/** Token → tracker of those that may report. */
export async function readTrackerTokens(sql: SqlOrTx): Promise<{ token_hash: string, id: string, officer: string }[]> {
  return await sql<{ token_hash: string, id: string, officer: string }[]>`
    select token_hash, id, officer from trackers where revoked_at is null`
}

/** Of one officer, or everybody's; revoked ones too. */
export async function listTrackers(sql: SqlOrTx, officer: string | null = null): Promise<TrackerRow[]> {
  return await sql<TrackerRow[]>`
    select id, officer, name, made_at, revoked_at, heard_at, heard
    from trackers
    where ${officer}::text is null or officer = ${officer}
    order by officer, made_at`
}

/** null: there is no such officer. */
export async function insertTracker(tx: Tx, { id, officer, name, tokenHash, by }: { id: string, officer: string, name: string, tokenHash: string, by: string }): Promise<TrackerRow | null> {
  const [row] = await tx<TrackerRow[]>`
    insert into trackers (subdistrict, id, officer, name, token_hash, made_by)
    select subdistrict, ${id}, id, ${name}, ${tokenHash}, ${by} from officers where id = ${officer}
    returning id, officer, name, made_at, revoked_at, heard_at, heard`
  return row ?? null
}

/** null: there is none that still may report. */
export async function revokeTrackerRow(tx: Tx, id: string): Promise<{ officer: string, name: string } | null> {
  const [row] = await tx<{ officer: string, name: string }[]>`
    update trackers set revoked_at = now() where id = ${id} and revoked_at is null returning officer, name`
  return row ?? null
}

export interface TrackerHeard { id: string, at: number, heard: string }

export async function noteTrackersHeard(sql: SqlOrTx, heard: readonly TrackerHeard[]): Promise<void> {
  await sql`
    update trackers set heard_at = to_timestamp(said.at / 1000.0), heard = said.heard
    from json_to_recordset(${JSON.stringify(heard)}::text::json) as said (id text, at float8, heard text)
    where trackers.id = said.id`
}
