import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { createAuth } from '../../server/access/auth.ts'
import { keyFor, loadSecret } from '../../server/access/keys.ts'
import { readArguments } from '../../server/access/user/arguments.ts'
import { command } from '../world/command.ts'
import { testDatabase } from '../world/database.ts'

// Each call starts a process, which on a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

const { sql, url, drop } = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'huizhi-commands-'))
afterAll(async () => {
  await drop()
  await rm(folder, { recursive: true })
})
const environment = { DATABASE_URL: url, DATA_DIR: folder }
const user = command('access/user', environment)
const audit = command('access/audit', environment)
const retain = command('privacy/retention', environment)

describe('npm run user', () => {
  it('makes the first administrator, whose printed password signs in once and must be changed', async () => {
    const { code, output } = await user('add', 'Wang.Admin', '--role', 'admin', '--name', '王管理')
    expect([code, output]).toEqual([
      0,
      expect.stringContaining('Added wang.admin (admin)'),
    ])
    const password = output.match(/(?:[a-z2-9]{5}-){3}[a-z2-9]{5}/)![0]
    const secret = await loadSecret({ serverSecret: null, dataDir: folder })
    const auth = createAuth({
      sql,
      secret: keyFor(secret, 'cookies').toString('base64'),
      auditKey: keyFor(secret, 'audit'),
      origin: 'http://127.0.0.1:8080',
    })
    const answer = await auth.handler(new Request('http://127.0.0.1:8080/api/auth/sign-in/username', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'wang.admin', password }),
    }))
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      user: { name: '王管理' },
    })
    const [account] = await sql`select role, "mustChangePassword" from users where username = 'wang.admin'`
    expect(account).toEqual({ role: 'admin', mustChangePassword: true })
  })

  it('lists, gives another role and a new password, and says who did so in the audit trail', async () => {
    await user('add', 'li', '--role', 'admin')
    expect((await user('role', 'li', '--role', 'planner')).output).toContain('li is now planner')
    expect((await user('list')).output).toMatch(/^li · planner · li · 须改密码/m)
    expect((await user('reset', 'wang.admin')).output).toMatch(/One-time password[^\n]*\n\n {4}[a-z2-9-]{23}\n/)
    const trail = await sql`select actor, actor_name, action, target from audit where action like 'account.%' order by seq`
    expect(trail.map(({ action, target }) => `${action} ${target}`)).toEqual([
      'account.add account:wang.admin',
      'account.add account:li',
      'account.change account:li',
      'account.reset-password account:wang.admin',
    ])
    expect(trail[0]).toMatchObject({
      actor: 'command',
      actor_name: expect.stringMatching(/^npm run user \(.+\)$/),
    })
  })

  it('refuses what cannot be, in words and with exit code 1', async () => {
    const last = await user('role', 'wang.admin', '--role', 'duty')
    expect([last.code, last.lastLine]).toEqual([
      1,
      expect.stringContaining('This is the last administrator'),
    ])
    const homeless = await user('add', 'zhao', '--role', 'community')
    expect([homeless.code, homeless.lastLine]).toEqual([1, '✗ region: a community handler needs a community.'])
    for (const wrong of [
      [],
      ['add'],
      ['add', 'x1', '--role', 'wall'],
      ['add', 'x y', '--role', 'duty'],
      ['add', 'x1', 'y', '--role', 'duty'],
      ['list', 'x'],
      ['drop', 'x1'],
      ['add', 'x1', '--god', '1'],
    ])
      expect(() => readArguments(wrong), wrong.join(' ')).toThrow(/npm run user -- add NAME --role ROLE/)
  })
})

describe('npm run audit -- verify', () => {
  const anchor = join(folder, 'audit.anchor')

  async function tamper(change: string) {
    await sql.begin(async (tx) => {
      await tx`alter table audit disable trigger user`
      await tx.unsafe(change)
      await tx`alter table audit enable trigger user`
    })
  }

  it('finds a whole trail whole, and notes how far it goes where only its owner may read', async () => {
    const { code, lastLine } = await audit('verify')
    expect([code, lastLine]).toEqual([
      0,
      expect.stringMatching(/^✓ .*The audit trail is whole: \d+ 条/),
    ])
    const [head] = await sql`select seq, hash from audit order by seq desc limit 1`
    expect(JSON.parse(await readFile(anchor, 'utf8'))).toEqual(head)
    expect((await stat(anchor)).mode & 0o777).toBe(0o600)
  })

  it('finds a change, a gap and the end cut off, of which the rest of the chain tells nothing', async () => {
    const rows = await sql`select * from audit order by seq`
    const noted = await readFile(anchor, 'utf8')
    await tamper(`update audit set actor_name = 'somebody' where seq = 1`)
    await tamper('delete from audit where seq = 2')
    await tamper(`delete from audit where seq = ${rows.length}`)
    const { code, lastLine } = await audit('verify')
    expect([code, lastLine]).toEqual([
      1,
      expect.stringMatching(new RegExp(`^✗ .*: 1 .*was changed; 3 .*comes after a gap; ${rows.length} .*was cut off$`)),
    ])
    expect(await readFile(anchor, 'utf8'), 'what the check before saw').toBe(noted)
    await tamper('delete from audit')
    await sql`insert into audit ${sql(rows as never)}`
    expect((await audit('verify')).lastLine).toContain(`up to ${rows.length}`)
  })

  it('is not misled by somebody without the key', async () => {
    const forger = command('access/audit', {
      ...environment,
      SERVER_SECRET: '11'.repeat(32),
    })
    expect(await forger('verify')).toMatchObject({
      code: 1,
      lastLine: expect.stringMatching(/1 .*was changed; 2 .*was changed/),
    })
  })

  it('keeps the anchor where it is told to, and takes nothing else for one', async () => {
    const elsewhere = join(folder, 'elsewhere.json')
    await writeFile(elsewhere, 'x')
    expect(await audit('verify', '--anchor', 'elsewhere.json')).toMatchObject({
      code: 1,
      lastLine: expect.stringContaining(`${elsewhere} is no anchor`),
    })
  })
})

describe('npm run retain', () => {
  it('says what would go and changes nothing, until it is told to', async () => {
    await sql`
      insert into cases (subdistrict, id, kind, source, status, content, reported_at, closed_at, contact_name)
      values ('990101001', 'old', 'noise', 'hotline', 'archived', '旧事', now() - interval '4 years', now() - interval '4 years', '\\x01')`
    const dry = await retain()
    expect([dry.code, dry.output]).toEqual([
      0,
      expect.stringMatching(/^contacts · .*anonymise 1$/m),
    ])
    expect(dry.lastLine).toContain('nothing was changed')
    expect((await sql`select content from cases where contact_name is not null`)).toEqual([
      { content: '旧事' },
    ])
    const { output } = await retain('--apply')
    expect(output).toMatch(/^case-text · .*anonymise 1$/m)
    expect(await sql`select content, contact_name from cases where id = 'old'`).toEqual([
      { content: '', contact_name: null },
    ])
    const trail = await sql`select action, target, after ->> 'rows' as rows from audit where actor_name = 'retention' order by seq`
    expect(trail).toEqual([
      { action: 'retention.anonymise', target: 'contacts', rows: '1' },
      { action: 'retention.anonymise', target: 'case-text', rows: '1' },
    ])
  })
})
