import type { Tx } from '../../connect.ts'
import type { Outcome } from './outcome.ts'
import { lastById, outcomeOf } from './outcome.ts'

export interface BarrierRow {
  subdistrict: string
  id: number
  kind: string
  /** in parallel */
  nodes: number[]
  lngs: number[]
  lats: number[]
  bounds: [west: number, south: number, east: number, north: number]
}

export async function upsertBarriers(tx: Tx, all: readonly BarrierRow[]): Promise<Outcome> {
  const rows = lastById(all)
  const given = JSON.stringify(rows)
  const [moved, written] = await Promise.all([
    tx<{ id: number }[]>`
      update barriers as known
      set subdistrict = given.subdistrict
      from json_to_recordset(${given}::text::json) as given (subdistrict text, id bigint)
      where known.id = given.id and known.subdistrict <> given.subdistrict
      returning known.id`,
    tx<{ id: number, created: boolean }[]>`
      insert into barriers as known (subdistrict, id, kind, nodes, lngs, lats, bounds)
      select subdistrict, id, kind, nodes, lngs, lats, box(point(bounds[1], bounds[2]), point(bounds[3], bounds[4]))
      from json_to_recordset(${given}::text::json) as given (
        subdistrict text, id bigint, kind text, nodes bigint[], lngs float8[], lats float8[], bounds float8[])
      on conflict (subdistrict, id) do update
      set kind = excluded.kind, nodes = excluded.nodes, lngs = excluded.lngs, lats = excluded.lats, bounds = excluded.bounds
      where (known.kind, known.nodes, known.lngs, known.lats)
        is distinct from (excluded.kind, excluded.nodes, excluded.lngs, excluded.lats)
      returning id, (xmax = 0) as created`,
  ])
  return outcomeOf(rows.length, moved, written)
}
