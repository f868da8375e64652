import type { SqlOrTx, Tx } from '../connect.ts'
import type { Box } from './network.ts'

/** An officer as the taker of positions knows him. */
export interface RosterRow {
  id: string
  subdistrict: string
  community: string | null
  grid: string | null
  duty: 'on' | 'off'
  duty_until: Date | null
  dismissed: boolean
  consented: boolean
}

export async function readRoster(sql: SqlOrTx): Promise<RosterRow[]> {
  return await sql<RosterRow[]>`
    with barred as (
      select officer from users where officer is not null group by officer having bool_and(coalesce(banned, false))
    )
    select id, subdistrict, community, grid, duty, duty_until, barred.officer is not null as dismissed,
      exists (select from position_consents where officer = officers.id and withdrawn_at is null) as consented
    from officers
    left join barred on barred.officer = officers.id`
}

export async function readSubdistrictBoxes(sql: SqlOrTx): Promise<{ id: string, box: Box }[]> {
  return await sql<{ id: string, box: Box }[]>`
    select id, array[(bounds[1])[0], (bounds[1])[1], (bounds[0])[0], (bounds[0])[1]] as box
    from regions
    where level = 'subdistrict'`
}

export interface ShiftRow { id: string, subdistrict: string, community: string | null, grid: string | null, duty: 'on' | 'off', duty_until: Date | null }

export async function lockShift(tx: Tx, officer: string): Promise<ShiftRow | null> {
  const [row] = await tx<ShiftRow[]>`
    select id, subdistrict, community, grid, duty, duty_until from officers where id = ${officer} for update`
  return row ?? null
}

export async function setShift(tx: Tx, officer: string, duty: 'on' | 'off', until: Date | null): Promise<void> {
  await tx`update officers set duty = ${duty}, duty_until = ${until}, updated_at = now() where id = ${officer}`
}

/** Whose shift is over; nobody else ends it meanwhile. */
export async function lockEndedShifts(tx: Tx, now: Date): Promise<ShiftRow[]> {
  return await tx<ShiftRow[]>`
    select id, subdistrict, community, grid, duty, duty_until
    from officers
    where duty = 'on' and duty_until <= ${now}
    order by id
    for update skip locked`
}

export async function nextShiftEnd(sql: SqlOrTx): Promise<Date | null> {
  const [row] = await sql<[{ next: Date | null }]>`select min(duty_until) as next from officers where duty = 'on'`
  return row.next
}

export interface PositionStandingRow { id: string, duty: 'on' | 'off', duty_until: Date | null, given_at: Date | null, wording: string | null }

export async function readPositionStanding(sql: SqlOrTx, officer: string): Promise<PositionStandingRow | null> {
  const [row] = await sql<PositionStandingRow[]>`
    select id, duty, duty_until, given_at, wording
    from officers
    left join position_consents on position_consents.officer = id and withdrawn_at is null
    where id = ${officer}`
  return row ?? null
}

/** What he had agreed to before is replaced; the old words stay on record. */
export async function giveConsent(tx: Tx, { officer, wording, by, at }: { officer: string, wording: string, by: string, at: Date }): Promise<boolean> {
  await tx`update position_consents set withdrawn_at = ${at} where officer = ${officer} and withdrawn_at is null`
  const given = await tx`
    insert into position_consents (subdistrict, officer, given_at, wording, recorded_by)
    select subdistrict, id, ${at}, ${wording}, ${by} from officers where id = ${officer}`
  return given.count > 0
}

export async function withdrawConsent(tx: Tx, officer: string, at: Date): Promise<boolean> {
  const gone = await tx`update position_consents set withdrawn_at = ${at} where officer = ${officer} and withdrawn_at is null`
  return gone.count > 0
}
