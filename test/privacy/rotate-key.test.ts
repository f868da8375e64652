import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it, vi } from 'vitest'
import { connect } from '../../db/connect.ts'
import { notedKeyFingerprint } from '../../db/queries/personal-data-key.ts'
import { sealedTables } from '../../db/queries/sealed-columns.ts'
import { loadPersonalDataKey } from '../../server/privacy/personal-data-key.ts'
import { personalData } from '../../server/privacy/personal-data.ts'
import { rotateKey } from '../../server/privacy/rotation/rotate-key.ts'
import { command } from '../world/command.ts'
import { testDatabase } from '../world/database.ts'

vi.setConfig({ testTimeout: 60_000 })

const { sql, url, drop } = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'huizhi-rotate-'))
afterAll(async () => {
  await drop()
  await rm(folder, { recursive: true })
})
const auditKey = randomBytes(32)
const older = personalData(randomBytes(32))

/** 25 residents, of whom some said their name only, and an officer. */
async function plant(with_: typeof older) {
  await sql`delete from cases`
  await sql`delete from officers`
  for (let index = 0; index < 25; index++) {
    const phone = `138${String(index).padStart(8, '0')}`
    await sql`
      insert into cases (subdistrict, id, kind, source, status, content, reported_at, contact_name, contact_phone, contact_phone_hash)
      values ('990101001', ${`c${index}`}, 'noise', 'hotline', 'registered', 'x', now(), ${with_.seal(`人${index}`)},
        ${index % 5 === 0
          ? null
          : with_.seal(phone)}, ${index % 5 === 0
          ? null
          : with_.phoneHash(phone)})`
  }
  await sql`
    insert into cases (subdistrict, id, kind, source, status, content, reported_at)
    values ('990101001', 'nobody', 'noise', 'hotline', 'registered', 'x', now())`
  await sql`insert into officers (subdistrict, id, name, phone) values ('990101001', 'o1', '王', ${with_.seal('13900000000')})`
}
beforeEach(() => plant(older))

async function expectSealedWith(key: typeof older) {
  const cases = await sql`select id, contact_name, contact_phone, contact_phone_hash from cases where contact_name is not null`
  expect(cases).toHaveLength(25)
  for (const { id, contact_name, contact_phone, contact_phone_hash } of cases) {
    expect(key.open(contact_name)).toBe(`人${id.slice(1)}`)
    if (contact_phone)
      expect(contact_phone_hash).toBe(key.phoneHash(key.open(contact_phone)))
  }
  const [officer] = await sql`select phone from officers`
  expect(key.open(officer!.phone)).toBe('13900000000')
}

it('everything is sealed with the new key and found by it, and the trail says so', async () => {
  const newer = personalData(randomBytes(32))
  expect(await rotateKey({
    sql,
    auditKey,
    from: older,
    to: newer,
    batchRows: 7,
  })).toEqual({ renewed: 26, already: 0, unreadable: 0 })
  await expectSealedWith(newer)
  expect(await notedKeyFingerprint(sql, 'x')).toBe(newer.fingerprint)
  const [entry] = await sql`select action, before, after from audit order by seq desc limit 1`
  expect(entry).toMatchObject({
    action: 'keys.rotate',
    before: { key: older.fingerprint },
    after: { key: newer.fingerprint, renewed: 26 },
  })
})

it('broken off in the middle, it goes on where it was', async () => {
  const newer = personalData(randomBytes(32))
  let batches = 0
  await expect(rotateKey({
    sql,
    auditKey,
    from: older,
    to: newer,
    batchRows: 10,
    onProgress() {
      if (++batches === 2)
        throw new Error('the machine went away')
    },
  })).rejects.toThrow('went away')
  expect(await rotateKey({
    sql,
    auditKey,
    from: older,
    to: newer,
    batchRows: 10,
  })).toEqual({ renewed: 6, already: 20, unreadable: 0 })
  await expectSealedWith(newer)
})

it('what neither key opens stays as it is and is counted', async () => {
  const lost = personalData(randomBytes(32)).seal('13900000001')
  await sql`update officers set phone = ${lost}`
  const newer = personalData(randomBytes(32))
  expect(await rotateKey({
    sql,
    auditKey,
    from: older,
    to: newer,
  })).toMatchObject({ renewed: 25, unreadable: 1 })
  expect((await sql`select phone from officers`)[0]!.phone).toEqual(lost)
})

it('every column of bytes in the database is one that a new key is for, or known not to be', async () => {
  const notSealed = ['report_receipts.salt', 'report_receipts.code_hash']
  const columns = await sql`
    select table_name || '.' || column_name as name
    from information_schema.columns
    where table_schema = 'public' and data_type = 'bytea'
    order by 1`
  const known = sealedTables.flatMap(({ table, sealed }) => sealed.map(column => `${table}.${column}`))
  expect(columns.map(({ name }) => name)).toEqual([
    ...known,
    ...notSealed,
  ].sort())
})

it('npm run keys -- rotate makes a key of its own, keeps the old one, and waits until no server is at work', async () => {
  const keys = command('privacy/rotation', { DATABASE_URL: url, DATA_DIR: folder })
  const before = personalData(await loadPersonalDataKey({ dataDir: folder }))
  await plant(before)
  const server = connect(url, { max: 1, name: 'huizhi' })
  await server`select 1`
  expect(await keys('rotate')).toMatchObject({
    code: 1,
    lastLine: expect.stringContaining('Stop every server'),
  })
  await server.end()

  expect(await keys('rotate')).toMatchObject({
    code: 0,
    output: expect.stringContaining('renewed 26 '),
  })
  await expectSealedWith(personalData(await loadPersonalDataKey({ dataDir: folder })))
  expect((await readdir(folder)).filter(name => name.startsWith('personal-data')).sort()).toEqual([
    'personal-data.key',
    `personal-data.key.${before.fingerprint}`,
  ])
})
