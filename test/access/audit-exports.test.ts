import type { AuditExport, AuditPage } from '#contract/access.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { record } from '../../server/access/audit.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'

/** The trail as inspectors and administrators read it and take it out over HTTP. */
const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql)
function people(asked: typeof http) {
  return {
    li: asked.as('inspector', { userId: 'u-li', name: '李督查' }),
    wang: asked.as('admin', { userId: 'u-wang', name: '王管理' }),
  }
}
const { li, wang } = people(http)
const reason = '季度检查'

beforeAll(async () => {
  const key = http.context.auditKey
  const days = ['2026-03-01', '2026-03-02', '2026-03-03']
  for (const day of days) {
    await db.sql.begin(tx => record(tx, key, ['case.dispatch', 'case.close', 'caseload.view'].map((action, i) => ({
      actor: `u${i}`,
      actorName: `=张${i}`,
      role: 'duty',
      address: '10.0.0.1',
      action,
      target: `case:${day}`,
      before: { status: 'waiting, or "new"' },
      after: { status: action },
    })), new Date(`${day}T08:00:00+08:00`)))
  }
})

const period = { from: '2026-03-01T00:00:00+08:00', to: '2026-03-03T00:00:00+08:00' }

async function read(query: Record<string, string>, as = li): Promise<AuditPage> {
  const response = await as.get(`/api/v1/audit?${new URLSearchParams(query)}`)
  expect(response.status, await response.clone().text()).toBe(200)
  return await response.json() as AuditPage
}

async function ask(filter: object, as = li): Promise<AuditExport> {
  const response = await as.post('/api/v1/audit/exports', { filter, reason })
  expect(response.status, await response.clone().text()).toBe(201)
  return await response.json() as AuditExport
}

async function reasonOf(response: Response | Promise<Response>) {
  const answered = await response
  return [answered.status, (await answered.json() as { reason?: string }).reason]
}

describe('reading the trail', () => {
  it('is for inspectors and administrators', async () => {
    for (const role of [
      'duty',
      'grid',
      'community',
      'planner',
      'wall',
    ] as const) {
      expect((await http.as(role).get('/api/v1/audit')).status, role).toBe(403)
      expect((await http.as(role).post('/api/v1/audit/exports', { filter: {}, reason })).status, role).toBe(403)
    }
  })

  it('finds by who, what, about what and when; part of a word is no action', async () => {
    const actions = async (query: Record<string, string>) => (await read({
      ...period,
      ...query,
    })).items.map(({ action }) => action)
    expect(await actions({ action: 'case' })).toEqual([
      'case.close',
      'case.dispatch',
      'case.close',
      'case.dispatch',
    ])
    expect(await actions({ action: 'case.close' })).toEqual(['case.close', 'case.close'])
    expect(await actions({ actor: 'u2' })).toEqual(['caseload.view', 'caseload.view'])
    expect(await actions({ actor: '=张0' })).toEqual(['case.dispatch', 'case.dispatch'])
    expect(await actions({ target: 'case:2026-03-02' })).toEqual(['caseload.view', 'case.close', 'case.dispatch'])
    expect(await actions({ target: 'case:2026-03-03' })).toEqual([])
  })

  it('goes back page by page, each entry once, though new ones come in', async () => {
    const seen: number[] = []
    let before: number | null = null
    do {
      const page: AuditPage = await read({
        ...period,
        limit: '4',
        ...before && {
          before: String(before),
        },
      })
      seen.push(...page.items.map(({ seq }) => seq))
      before = page.next
    } while (before !== null)
    expect(seen).toEqual([6, 5, 4, 3, 2, 1])
  })

  it('is written down too, with what was looked for', async () => {
    await read({ target: 'case:2026-03-01' }, wang)
    const { items: [newest] } = await read({})
    expect(newest).toMatchObject({
      actorName: '王管理',
      role: 'admin',
      action: 'audit.read',
      after: { target: 'case:2026-03-01', rows: 3 },
    })
  })

  it.each([
    'before=0',
    'limit=501',
    'action=DROP TABLE',
    'from=yesterday',
  ])('refuses ?%s', async (query) => {
    expect((await li.get(`/api/v1/audit?${query}`)).status).toBe(422)
  })
})

describe('checking the trail', () => {
  it('finds it whole; a change that somebody made in the database shows, and that it was looked for is written down', async () => {
    const check = async () => (await li.post('/api/v1/audit/verification', '')).json()
    expect(await check()).toMatchObject({ faults: 0, first: [] })
    const tamper = (target: string) => db.sql.begin(async (tx) => {
      await tx`alter table audit disable trigger user`
      await tx`update audit set target = ${target} where seq = 2`
      await tx`alter table audit enable trigger user`
    })
    await tamper('case:another')
    expect(await check()).toMatchObject({
      faults: 1,
      first: [
        { seq: 2, fault: 'changed' },
      ],
    })
    await tamper('case:2026-03-01')
    const { items } = await read({ action: 'audit.verify' })
    expect(items.map(({ after }) => (after as { faults: number }).faults)).toEqual([1, 0])
  })
})

describe('taking it out', () => {
  it('a small file comes once, with who took it on every line; formulas stay text', async () => {
    const asked = await ask(period)
    expect(asked).toMatchObject({
      rows: 6,
      needsApproval: false,
      state: 'ready',
      requestedName: '李督查',
      filter: period,
    })
    expect(await reasonOf(wang.post(`/api/v1/audit/exports/${asked.id}/file`, ''))).toEqual([403, 'not-own'])
    const file = await li.post(`/api/v1/audit/exports/${asked.id}/file`, '')
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-[\d-]+-[\da-f]{8}\.csv"$/)
    expect(file.headers.get('cache-control')).toBe('no-store')
    const bytes = new Uint8Array(await file.arrayBuffer())
    expect([
      ...bytes.slice(0, 3),
    ]).toEqual([0xEF, 0xBB, 0xBF])
    const lines = new TextDecoder().decode(bytes).trimEnd().split('\r\n')
    expect(lines).toHaveLength(1 + 1 + 6)
    for (const line of [
      lines[0]!,
      ...lines.slice(2),
    ])
      expect(line).toContain('李督查 (u-li)')
    expect(lines[2]).toContain(`,'=张0,u0,duty,10.0.0.1,case.dispatch,case:2026-03-01,"{""status"":""waiting, or \\""new\\""""}",`)
    expect(await reasonOf(li.post(`/api/v1/audit/exports/${asked.id}/file`, ''))).toEqual([409, 'over'])
    const { items } = await read({ target: `audit-export:${asked.id}` })
    expect(items.map(({ action }) => action)).toEqual(['audit.export', 'audit.export-request'])
  })

  it('holds what there was when it was asked for, not what came after', async () => {
    const asked = await ask({ action: 'audit' })
    await read({})
    const file = await li.post(`/api/v1/audit/exports/${asked.id}/file`, '')
    expect((await file.text()).trimEnd().split('\r\n')).toHaveLength(2 + asked.rows)
  })

  it('what is not there is not found', async () => {
    expect((await li.post('/api/v1/audit/exports/none/file', '')).status).toBe(404)
    expect((await li.put('/api/v1/audit/exports/none/decision', { approved: true })).status).toBe(404)
  })
})

describe('taking out more than one person may', () => {
  const { li, wang } = people(testHttp(db.sql, {
    exportCaps: { alone: 3, most: 5 },
  }))
  const four = { action: 'case', ...period }

  it('waits for a second person, who reads what it is for: who asked cannot agree; the file says who did', async () => {
    const asked = await ask(four, li)
    expect(asked).toMatchObject({
      rows: 4,
      needsApproval: true,
      state: 'waiting',
      reason,
    })
    const path = `/api/v1/audit/exports/${asked.id}`
    expect(await reasonOf(li.post(`${path}/file`, ''))).toEqual([409, 'waiting'])
    expect(await reasonOf(li.put(`${path}/decision`, { approved: true }))).toEqual([409, 'own'])
    const decided = await wang.put(`${path}/decision`, { approved: true })
    expect(await decided.json()).toMatchObject({ state: 'ready', decidedName: '王管理' })
    expect(await reasonOf(wang.put(`${path}/decision`, { approved: false }))).toEqual([409, 'over'])
    const file = await (await li.post(`${path}/file`, '')).text()
    expect(file).toContain(`用途 for ${reason}`)
    expect(file).toContain('审批人 agreed 王管理')
    const listed = await (await li.get('/api/v1/audit/exports')).json() as AuditExport[]
    expect(listed.find(({ id }) => id === asked.id)).toMatchObject({ state: 'fetched' })
  })

  it('refused, or left for a day, it is over', async () => {
    const refused = await ask(four, li)
    expect(await (await wang.put(`/api/v1/audit/exports/${refused.id}/decision`, { approved: false })).json()).toMatchObject({ state: 'refused' })
    const old = await ask(four, li)
    await db.sql`update audit_exports set expires_at = now() where id = ${old.id}`
    expect(await reasonOf(wang.put(`/api/v1/audit/exports/${old.id}/decision`, { approved: true }))).toEqual([409, 'over'])
    for (const { id } of [refused, old])
      expect(await reasonOf(li.post(`/api/v1/audit/exports/${id}/file`, ''))).toEqual([409, 'over'])
  })

  it('has an end: beyond it the filter must be narrowed', async () => {
    const response = await li.post('/api/v1/audit/exports', { filter: period, reason })
    expect(await response.clone().json()).toMatchObject({ most: 5 })
    expect(await reasonOf(response)).toEqual([422, 'too-many'])
  })

  it('needs a reason', async () => {
    expect((await li.post('/api/v1/audit/exports', { filter: period, reason: ' ' })).status).toBe(422)
    expect((await li.post('/api/v1/audit/exports', { filter: period })).status).toBe(422)
  })
})
