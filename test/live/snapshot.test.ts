import type { SnapshotHead } from '../../db/queries/snapshot.ts'
import type { TestDatabase } from '../world/database.ts'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { CaseFeature } from '#contract/case.ts'
import { LayerName, Snapshot } from '#contract/live.ts'
import { findCase } from '../../db/queries/cases.ts'
import { readSnapshot } from '../../db/queries/snapshot.ts'
import { maskOf } from '../../server/live/mask.ts'
import { createCaseSlicer, partPacket, sliceLayers } from '../../server/live/snapshot-parts.ts'
import { testDatabase } from '../world/database.ts'
import { append, registered, subdistrict } from '../world/events.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(() => db.sql`truncate cases, coverage_features cascade`)
afterAll(() => db.drop())

interface NewCase { id: string, content?: string, status?: string, community?: string | null, grid?: string | null, in?: string, closedAt?: Date | null, located?: boolean }

async function open({ id, content = 'x', status = 'registered', community = null, grid = null, in: place = subdistrict, closedAt = null, located = true }: NewCase) {
  await db.sql`
    insert into cases (subdistrict, id, kind, source, status, content, address, location, community, grid, reported_at, due_at, closed_at, called_back_at, satisfied)
    values (
      ${place}, ${id}, 'noise', 'hotline', ${status}, ${content}, ${content}, ${located
        ? db.sql`point(117.123456789, 36.1)`
        : null}, ${community}, ${grid},
      '2026-09-01 08:30:00.123456+08', '2026-09-02 08:30+08', ${closedAt}, '2026-09-03 00:00+08', true)`
}

async function read(question: Partial<Parameters<typeof readSnapshot>[1]> = {}) {
  let head: SnapshotHead | undefined
  const lines: Buffer[] = []
  await readSnapshot(db.sql, {
    layers: LayerName.options,
    region: null,
    meets: () => true,
    ...question,
  }, {
    onHead: found => head = found,
    onCases: bytes => lines.push(Buffer.from(bytes)),
  })
  const cases = Buffer.concat(lines).toString().split('\n').filter(line => line !== '').map(line => JSON.parse(line) as CaseFeature)
  return {
    head: head!,
    cases,
    ids: cases.map(({ id }) => id).sort(),
  }
}

it('PostgreSQL writes a case exactly as the rest of the program does, whatever its text holds', async () => {
  const nasty = 'a"b\\c\nd\te\r\u0001\u0002 引号“”，表情👩‍🦽 </script> \u2028 {"x":1}'
  await open({ id: 'plain' })
  await open({ id: 'nasty', content: nasty })
  await open({ id: 'unlocated', located: false, community: '990101001001' })

  const { cases } = await read()
  expect(cases).toHaveLength(3)
  for (const found of cases) {
    expect(found).toEqual(await findCase(db.sql, found.id))
    expect(Object.keys(found.properties)).toEqual(Object.keys((await findCase(db.sql, found.id))!.properties))
    expect(() => CaseFeature.parse(found)).not.toThrow()
  }
  expect(cases.find(({ id }) => id === 'nasty')!.properties.content).toBe(nasty)
})

it('holds what is not done, and what was done today', async () => {
  await open({ id: 'open' })
  await open({
    id: 'closed today',
    status: 'closed',
    closedAt: new Date(),
  })
  await open({
    id: 'merged today',
    status: 'merged',
    closedAt: new Date(),
  })
  await open({
    id: 'closed long ago',
    status: 'closed',
    closedAt: new Date('2026-01-01'),
  })
  await open({ id: 'merged long ago', status: 'merged' })

  expect((await read()).ids).toEqual(['closed today', 'merged today', 'open'])
})

it('a region\'s picture holds what lies in it: grid, community, subdistrict or district', async () => {
  await open({ id: 'grid', community: '990101001001', grid: '990101001001001' })
  await open({ id: 'community', community: '990101001001' })
  await open({ id: 'unlocated' })
  await open({ id: 'neighbour', in: '990101002' })

  expect((await read({ region: '990101001001001' })).ids).toEqual(['grid'])
  expect((await read({ region: '990101001001' })).ids).toEqual(['community', 'grid'])
  expect((await read({ region: '990101001' })).ids).toEqual(['community', 'grid', 'unlocated'])
  expect((await read({ region: '990101' })).ids).toEqual([
    'community',
    'grid',
    'neighbour',
    'unlocated',
  ])
  expect((await read({ region: '990102' })).ids).toEqual([])
})

it('tells the last event that is part of it', async () => {
  const { to } = await append(db.sql, registered('a'), registered('b'))
  expect((await read()).head.seq).toBe(to)
})

it('any cutting of the bytes gives the same parts, which together hold every case once', async () => {
  for (let index = 0; index < 23; index++) {
    await open({
      id: `case ${String(index).padStart(2, '0')}`,
      content: '噪声\n'.repeat(index),
    })
  }
  await db.sql`insert into coverage_features values (${subdistrict}, 'summary', null, '{"a":1}')`
  const { head } = await read()
  const lines: Buffer[] = []
  await readSnapshot(db.sql, {
    layers: ['cases', 'coverage'],
    region: null,
    meets: () => true,
  }, {
    onHead: () => {},
    onCases: bytes => lines.push(Buffer.from(bytes)),
  })
  const bytes = Buffer.concat(lines)

  for (const size of [1, 7, 100, 5000, bytes.length]) {
    const slices = sliceLayers({
      ...head,
      features: { coverage: head.features.coverage! },
    }, null, true)
    const slicer = createCaseSlicer(null, slice => slices.push([slice]), 10)
    for (let at = 0; at < bytes.length; at += size)
      slicer.push(Buffer.from(bytes.subarray(at, at + size)))
    slicer.end()

    const parts = slices.map((slice, index) => {
      const text = partPacket(head, slice, index + 1, slices.length).frame(false).toString()
      const [name, snapshot] = JSON.parse(text.slice(text.indexOf('['))) as [string, unknown]
      expect(name).toBe('snapshot')
      return Snapshot.parse(snapshot)
    })
    expect(parts.map(({ part, parts }) => `${part}/${parts}`)).toEqual(['1/4', '2/4', '3/4', '4/4'])
    expect(parts.flatMap(({ layers }) => layers.cases?.features ?? []).map(({ id }) => id).sort()).toEqual((await read()).ids)
    expect(parts[0]!.layers.coverage!.features).toHaveLength(1)
  }
})

it('a mask reaches every case of a snapshot', () => {
  const seen: unknown[] = []
  const line = (id: string) => `{"id":"${id}","geometry":null,"properties":{"kind":"noise","content":"secret"}}\n`
  const slicer = createCaseSlicer(maskOf(['cases']), ({ features }) => seen.push(...JSON.parse(`[${features}]`)), 2)
  slicer.push(Buffer.from(line('a') + line('b') + line('c')))
  slicer.end()
  expect(seen).toEqual(['a', 'b', 'c'].map(id => ({
    id,
    geometry: null,
    properties: { kind: 'noise', content: '' },
  })))
})
