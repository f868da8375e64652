import type { Sql } from '../../db/connect.ts'

/** 北洛街道 with 和平社区, 1 km each way from 117.0, 36.65, and in it two walled compounds: 11 和平新村 and 12 纺织宿舍. */
export async function twoCompounds(sql: Sql): Promise<void> {
  const square = (west: number, south: number, side: number) => ({
    type: 'Polygon' as const,
    coordinates: [
      [
        [west, south],
        [west + side, south],
        [west + side, south + side],
        [west, south + side],
        [west, south],
      ],
    ],
  })
  const region = async (id: string, level: string, parent: string | null, name: string) => await sql`
    insert into regions (subdistrict, id, level, parent, name, geometry, bounds)
    values ('990101001', ${id}, ${level}, ${parent}, ${name}, ${sql.json(square(117, 36.65, 0.01))}, box(point(117, 36.65), point(117.01, 36.66)))`
  await region('990101001', 'subdistrict', null, '北洛街道')
  await region('990101001001', 'community', '990101001', '和平社区')
  const compound = async (id: number, name: string, west: number) => await sql`
    insert into areas (subdistrict, id, class, name, geometry, bounds)
    values ('990101001', ${id}, 'compound', ${name}, ${sql.json(square(west, 36.652, 0.002))}, box(point(${west}, 36.652), point(${west + 0.002}, 36.654)))`
  await compound(11, '和平新村', 117.002)
  await compound(12, '纺织宿舍', 117.006)
}
