import type { ReportReceipt, ReportStatus } from '#contract/report.ts'
import type { TestDatabase } from '../world/database.ts'
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchedRegistration } from '../../server/cases/batched-registration.ts'
import { loadPlaces } from '../../server/places/locate.ts'
import { isCode, queryCode, sealCode } from '../../server/report/query-code.ts'
import { pathOf } from '../../server/uploads/upload-files.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { twoCompounds } from '../world/compounds.ts'

let db: TestDatabase
let http: ReturnType<typeof testHttp>
beforeAll(async () => {
  db = await testDatabase()
  await twoCompounds(db.sql)
  const cases = caseContext(db.sql, { places: await loadPlaces(db.sql) })
  http = testHttp(db.sql, {
    cases,
    register: batchedRegistration(cases),
  })
})
afterAll(() => db.drop())

let keys = 0
async function report(body: Record<string, unknown>, key = `key-${++keys}`) {
  return await http.post('/api/v1/reports', body, { 'Idempotency-Key': key })
}
const read = async <T>(answer: Promise<Response> | Response) => await (await answer).json() as T
const statusOf = (number: string, code: string) => http.post('/api/v1/reports/status', { number, code })

/** What people in the house do to a case, as the tables keep it. */
async function step(id: string, action: string, to: string): Promise<void> {
  await db.sql`
    insert into case_steps (subdistrict, case_id, seq, action, actor, from_status, to_status)
    select subdistrict, id, (select count(*) + 1000000 from case_steps), ${action}, 'o1', status, ${to} from cases where id = ${id}`
  await db.sql`update cases set status = ${to}, assignee = 'o1' where id = ${id}`
}

describe('a resident\'s report', () => {
  it('gets a number and a code, is on record as 码上提, and lies in the compound whose code was scanned', async () => {
    const answer = await report({
      content: '电梯坏了三天',
      kind: 'property',
      compound: 11,
      address: '3号楼2单元',
    })
    expect(answer.status).toBe(201)
    const receipt = await read<ReportReceipt>(answer)
    expect(receipt.number).toMatch(/^GD\d+/)
    expect(receipt.code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
    expect(receipt.topic).toBe('lift-stopped')
    const [row] = await db.sql`select source, address, location, compound, contact_phone from cases where id = ${receipt.number}`
    expect(row).toMatchObject({
      source: 'qr',
      address: '和平新村3号楼2单元',
      compound: 11,
      contact_phone: null,
    })
    expect(row!.location).not.toBeNull()
  })

  it('sent again with the same key is the same report with the same code; another report with that key is refused', async () => {
    const first = await read<ReportReceipt>(report({ content: '楼道灯不亮' }, 'lost-line'))
    const again = await report({ content: '楼道灯不亮' }, 'lost-line')
    expect(again.status).toBe(201)
    expect(await read<ReportReceipt>(again)).toEqual(first)
    expect((await report({ content: '别的事' }, 'lost-line')).status).toBe(422)
    const [row] = await db.sql`select count(*)::integer as cases from cases where content = '楼道灯不亮'`
    expect(row!.cases).toBe(1)
  })

  it('keeps neither the code nor the contact in a readable form', async () => {
    const { number, code } = await read<ReportReceipt>(report({
      content: '有人堵了消防通道',
      contact: { name: '王小明', phone: '13800138000' },
      consent: true,
    }))
    const [row] = await db.sql<{ told: string }[]>`
      select report_receipts::text || cases::text || (select string_agg(data::text, '') from events) as told
      from report_receipts join cases on cases.id = case_id
      where case_id = ${number}`
    for (const secret of [
      code,
      code.replace('-', ''),
      '王小明',
      '13800138000',
    ])
      expect(row!.told).not.toContain(secret)
  })

  it('is refused without a key, with a contact but no consent, or when the field that people do not see is filled', async () => {
    const faults = async (answer: Response) => (await read<{ errors: { path: string }[] }>(answer)).errors.map(({ path }) => path)
    const keyless = await http.post('/api/v1/reports', { content: '没有钥匙' })
    expect(keyless.status).toBe(422)
    const contact = await report({
      content: '留了电话',
      contact: { phone: '13800138000' },
    })
    expect([contact.status, await faults(contact)]).toEqual([
      422,
      ['consent'],
    ])
    const robot = await report({ content: 'buy now', trap: 'http://spam.example' })
    expect([robot.status, await faults(robot)]).toEqual([
      422,
      ['trap'],
    ])
    const empty = await report({ content: '  ' })
    expect([empty.status, await faults(empty)]).toEqual([
      422,
      ['content'],
    ])
  })

  it('keeps its photos without what the camera wrote, and a photo that is gone does not keep it from being taken', async () => {
    const picture = await sharp({
      create: {
        width: 40,
        height: 30,
        channels: 3,
        background: 'red',
      },
    }).jpeg().withExif({
      IFD0: { Artist: 'secret-owner' },
    }).toBuffer()
    const photo = await http.request('/api/v1/reports/photos', {
      method: 'POST',
      body: new Uint8Array(picture),
      headers: { 'Content-Type': 'image/jpeg' },
    })
    expect(photo.status).toBe(201)
    const { id } = await read<{ id: string }>(photo)
    const receipt = await read<ReportReceipt>(report({
      content: '墙皮脱落',
      photos: [id, 'gone'],
    }, 'with-photo'))
    expect(receipt.photos).toBe(1)
    expect((await read<ReportReceipt>(report({
      content: '墙皮脱落',
      photos: [id, 'gone'],
    }, 'with-photo'))).photos).toBe(1)
    const [row] = await db.sql`select case_id, purpose, uploaded_by from uploads where id = ${id}`
    expect(row).toEqual({ case_id: receipt.number, purpose: 'report', uploaded_by: null })
    const kept = await readFile(pathOf(http.context.uploads, id))
    expect(kept.includes('secret-owner')).toBe(false)
    const page = await http.request('/api/v1/reports/photos', {
      method: 'POST',
      body: '<svg></svg>',
      headers: { 'Content-Type': 'image/jpeg' },
    })
    expect(page.status).toBe(415)
  })

  it('of an unknown compound is still taken', async () => {
    const { number } = await read<ReportReceipt>(report({ content: '海报旧了', compound: 999 }))
    const [row] = await db.sql`select location from cases where id = ${number}`
    expect(row).toEqual({ location: null })
  })
})

describe('where a report stands', () => {
  it('is told for number and code, however the code is typed, without text, address or person', async () => {
    const { number, code } = await read<ReportReceipt>(report({ content: '王阿姨家漏水', compound: 11, address: '3号楼2单元501' }))
    await db.sql`insert into officers (subdistrict, id, name, community, duty) values ('990101001', 'o1', '李建国', '990101001001', 'on')`
    await step(number, 'dispatch', 'dispatched')
    const answer = await statusOf(number, ` ${code.toLowerCase().replace('-', ' ')}`)
    expect(answer.status).toBe(200)
    const status = await read<ReportStatus>(answer)
    expect(status).toMatchObject({
      number,
      state: 'assigned',
      responsible: '和平社区',
      joined: false,
      topic: 'roof-leak',
    })
    expect(status.steps.map(({ state }) => state)).toEqual(['received', 'assigned'])
    for (const secret of ['阿姨', '501', '3号楼', '李建国', 'o1'])
      expect(JSON.stringify(status)).not.toContain(secret)
  })

  it('follows a merged report to the case that answers for it', async () => {
    const head = await read<ReportReceipt>(report({ content: '小区停水' }))
    const joined = await read<ReportReceipt>(report({ content: '我家也停水了' }))
    await db.sql`update cases set status = 'merged', merged_into = ${head.number} where id = ${joined.number}`
    const status = await read<ReportStatus>(statusOf(joined.number, joined.code))
    expect(status).toMatchObject({ number: joined.number, state: 'received', joined: true })
  })

  it('is not told for a wrong code, a number without a receipt, or another report\'s code', async () => {
    const mine = await read<ReportReceipt>(report({ content: '我的' }))
    const other = await read<ReportReceipt>(report({ content: '别人的' }))
    const called = await read<ReportReceipt>(report({ content: '没有回执' }))
    await db.sql`delete from report_receipts where case_id = ${called.number}`
    for (const [number, code] of [
      [mine.number, other.code],
      [mine.number, 'AAAA-AAAA'],
      [called.number, called.code],
      ['GD000000-0000', mine.code],
    ]) {
      expect((await statusOf(number!, code!)).status).toBe(404)
    }
  })
})

describe('the page\'s beginning', () => {
  it('names the centre and the compound that was scanned; an unknown one is null', async () => {
    const start = await read(http.get('/api/v1/reports/start?c=11'))
    expect(start).toMatchObject({
      centre: '北洛街道',
      demo: false,
      compound: { id: 11, name: '和平新村', community: '和平社区' },
    })
    expect(await read(http.get('/api/v1/reports/start?c=999'))).toMatchObject({ compound: null })
    expect(await read(http.get('/api/v1/reports/start'))).toMatchObject({ centre: '北洛街道', compound: null })
  })
})

describe('a query code', () => {
  it('depends on the server\'s key and on the key of the request, and is checked against its hash only', async () => {
    const { personal } = caseContext(db.sql)
    const other = caseContext(db.sql).personal
    const code = queryCode(personal, 'a')
    expect(queryCode(personal, 'a')).toBe(code)
    expect(queryCode(personal, 'b')).not.toBe(code)
    expect(queryCode(other, 'a')).not.toBe(code)
    const sealed = await sealCode(code)
    expect(await isCode(code, sealed)).toBe(true)
    expect(await isCode(queryCode(personal, 'b'), sealed)).toBe(false)
  })
})
