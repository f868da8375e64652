import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { SqlOrTx } from '../connect.ts'

export async function listBuildingAreas(sql: SqlOrTx) {
  return await sql<{ id: number, geometry: Polygon | MultiPolygon }[]>`select id, geometry from buildings`
}

export async function listZoneAreas(sql: SqlOrTx) {
  return await sql<{ id: string, geometry: Polygon | MultiPolygon }[]>`select id, geometry from renovation_zones`
}

export async function listWorksitePoints(sql: SqlOrTx) {
  return await sql<{ id: string, location: LngLat }[]>`select id, location from worksites`
}
