import type { Tx } from '../../connect.ts'
import type { Outcome } from './outcome.ts'
import { lastById, outcomeOf } from './outcome.ts'

export interface StreetRow {
  subdistrict: string
  id: number
  class: string
  name: string | null
  foot: boolean
  onewayFoot: -1 | 0 | 1
  stairs: boolean
  bridge: boolean
  tunnel: boolean
  /** in parallel */
  nodes: number[]
  lngs: number[]
  lats: number[]
  bounds: [west: number, south: number, east: number, north: number]
}

export async function upsertStreets(tx: Tx, all: readonly StreetRow[]): Promise<Outcome> {
  const rows = lastById(all)
  const given = JSON.stringify(rows)
  const [moved, written] = await Promise.all([
    tx<{ id: number }[]>`
      update streets as known
      set subdistrict = given.subdistrict
      from json_to_recordset(${given}::text::json) as given (subdistrict text, id bigint)
      where known.id = given.id and known.subdistrict <> given.subdistrict
      returning known.id`,
    tx<{ id: number, created: boolean }[]>`
      insert into streets as known (
        subdistrict, id, class, name, foot, oneway_foot, stairs, bridge, tunnel, nodes, lngs, lats, bounds)
      select subdistrict, id, class, name, foot, "onewayFoot", stairs, bridge, tunnel, nodes, lngs, lats,
        box(point(bounds[1], bounds[2]), point(bounds[3], bounds[4]))
      from json_to_recordset(${given}::text::json) as given (
        subdistrict text, id bigint, class text, name text, foot boolean, "onewayFoot" smallint, stairs boolean,
        bridge boolean, tunnel boolean, nodes bigint[], lngs float8[], lats float8[], bounds float8[])
      on conflict (subdistrict, id) do update
      set class = excluded.class, name = excluded.name, foot = excluded.foot, oneway_foot = excluded.oneway_foot,
        stairs = excluded.stairs, bridge = excluded.bridge, tunnel = excluded.tunnel,
        nodes = excluded.nodes, lngs = excluded.lngs, lats = excluded.lats, bounds = excluded.bounds
      where (known.class, known.name, known.foot, known.oneway_foot, known.stairs, known.bridge, known.tunnel,
          known.nodes, known.lngs, known.lats)
        is distinct from (excluded.class, excluded.name, excluded.foot, excluded.oneway_foot, excluded.stairs,
          excluded.bridge, excluded.tunnel, excluded.nodes, excluded.lngs, excluded.lats)
      returning id, (xmax = 0) as created`,
  ])
  return outcomeOf(rows.length, moved, written)
}
