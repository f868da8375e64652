import type { LngLat } from '#contract/geometry.ts'
import type { Sql } from '../../db/connect.ts'
import type { Places } from './placement.ts'
import { listNamedCompounds, regionNames } from '../../db/queries/compounds.ts'
import { labelPoint } from '../tiles/label-point.ts'

/** A compound as people know it. */
export interface Compound {
  /** areas.id */
  id: number
  name: string
  /** A point inside. */
  at: LngLat
  households: number | null
  community: { id: string, name: string } | null
}

/** Compounds with a name, by community and name. */
export async function compoundsByCommunity(sql: Sql, places: Pick<Places, 'locate'>): Promise<Compound[]> {
  const [rows, names] = await Promise.all([
    listNamedCompounds(sql),
    regionNames(sql),
  ])
  return rows.map(row => compoundOf(row, names, places)).sort((a, b) => (a.community?.id ?? '~').localeCompare(b.community?.id ?? '~') || a.name.localeCompare(b.name, 'zh-CN'))
}

/** null: there is none with this id, or it has no name. */
export async function findCompound(sql: Sql, places: Pick<Places, 'locate'>, id: number): Promise<Compound | null> {
  const [row] = await listNamedCompounds(sql, id)
  return row
    ? compoundOf(row, await regionNames(sql), places)
    : null
}

function compoundOf({ id, name, geometry, west, south, east, north, households }: Awaited<ReturnType<typeof listNamedCompounds>>[number], names: ReadonlyMap<string, string>, places: Pick<Places, 'locate'>): Compound {
  const at = (labelPoint(geometry, [west, south, east, north]) ?? [(west + east) / 2, (south + north) / 2]) as LngLat
  const { community } = places.locate(at)
  const communityName = community === null
    ? undefined
    : names.get(community)
  return {
    id,
    name,
    at,
    households,
    community: community !== null && communityName !== undefined
      ? { id: community, name: communityName }
      : null,
  }
}
