import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { twoCompounds } from '../world/compounds.ts'
import { testDatabase } from '../world/database.ts'

const db = await testDatabase()
afterAll(db.drop)

it('steps taken for a whole zone become those of each of its compounds, in their order; without a compound the zone keeps them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-ladders-'))
  const all = new URL('../../db/migrations/', import.meta.url)
  const names = (await readdir(all)).sort()
  const add = async (wanted: (name: string) => boolean) => await Promise.all(names.filter(wanted).map(name => copyFile(new URL(name, all), join(folder, name))))
  await db.sql`drop schema public cascade`
  await db.sql`create schema public`
  await add(name => name < '034')
  await migrate(db.sql, pathToFileURL(`${folder}/`))
  await twoCompounds(db.sql)
  const zone = async (id: string, west: number) => await db.sql`
    insert into renovation_zones (subdistrict, id, name, stage, geometry, bounds)
    values ('990101001', ${id}, ${`${id}改造`}, 'upkeep', ${db.sql.json({
      type: 'Polygon',
      coordinates: [
        [
          [west, 36.65],
          [west + 0.008, 36.65],
          [west + 0.008, 36.656],
          [west, 36.656],
          [west, 36.65],
        ],
      ],
    })},
      box(point(${west}, 36.65), point(${west + 0.008}, 36.656)))`
  // The first zone holds both compounds, the second none.
  await zone('two', 117.001)
  await zone('none', 117.02)
  const step = async (id: string, of: string, nr: number, name: string, on: string) => await db.sql`
    insert into property_steps (subdistrict, id, zone, nr, company, step, taken_on, note, documents, cases)
    values ('990101001', ${id}, ${of}, ${nr}, '示范物业', ${name}, ${on}, '告知', ${id === 's1'
      ? ['paper']
      : []}::text[], '{c1}')`
  await step('s1', 'two', 0, 'feedback', '2026-10-01')
  await step('s2', 'two', 1, 'interview', '2026-10-20')
  await step('s3', 'none', 0, 'feedback', '2026-10-05')
  await db.sql`
    insert into uploads (id, kind, type, bytes, sha256, subdistrict, zone, purpose)
    values ('paper', 'document', 'application/pdf', 3, 'x', '990101001', 'two', 'evidence')`

  await add(name => name >= '034')
  await migrate(db.sql, pathToFileURL(`${folder}/`))
  await rm(folder, { recursive: true })

  const steps = await db.sql`select place, nr, step, company, cases from property_steps order by place, nr`
  expect(steps.map(({ place, nr, step }) => [place, nr, step] as unknown)).toEqual([
    ['11', 0, 'feedback'],
    ['11', 1, 'interview'],
    ['12', 0, 'feedback'],
    ['12', 1, 'interview'],
    ['z-none', 0, 'feedback'],
  ])
  const places = await db.sql`select place, name, zone from property_places order by place`
  expect(places.map(({ place, name, zone }) => [place, name, zone] as unknown)).toEqual([
    ['11', '和平新村', 'two'],
    ['12', '纺织宿舍', 'two'],
    ['z-none', 'none改造', 'none'],
  ])
  const [paper] = await db.sql`select zone, property_place from uploads`
  expect(paper!.zone).toBeNull()
  expect(['11', '12']).toContain(paper!.property_place)
})
