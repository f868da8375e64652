import { createServer } from 'node:net'
import { afterAll, expect, inject, it } from 'vitest'
import { checkServer, whyUnfit } from '../db/check-server.ts'
import { testDatabase } from './world/database.ts'

const db = await testDatabase()
afterAll(db.drop)
const { url: serverUrl } = inject('postgres')

function changed(change: (url: URL) => void): string {
  const url = new URL(serverUrl)
  change(url)
  return url.href
}

it('a database that will do passes', async () => {
  await checkServer(db.url)
})

it.each([
  [
    'a port where nobody listens',
    changed(url => url.port = '1'),
    'connection refused',
  ],
  [
    'an unknown host',
    changed(url => url.hostname = 'no-such-host.invalid'),
    'is not known',
  ],
  [
    'a wrong password',
    changed(url => url.password = 'wrong-secret'),
    'refuses the user or the password',
  ],
  [
    'a database that is not there',
    changed(url => url.pathname = '/nowhere'),
    'no such database',
  ],
])('%s is told in one line, without the password', async (_, url, reason) => {
  const error = await checkServer(url).catch(error => error)
  expect(error.name).toBe('CannotStart')
  expect(error.message).toContain(reason)
  expect(error.message).not.toContain('\n')
  expect(error.message).not.toContain(new URL(url).password)
})

it('a host that takes the connection but says nothing is given up', async () => {
  const silent = createServer(() => {})
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as { port: number }
  await expect(checkServer(`postgres://a:b@127.0.0.1:${port}/c`, 1)).rejects.toThrow('cannot be reached')
  silent.close()
})

it('a user who may not create tables is told what to grant', async () => {
  await db.sql`create role reader login password 'reading'`
  await expect(checkServer(changed((url) => {
    url.username = 'reader'
    url.password = 'reading'
    url.pathname = new URL(db.url).pathname
  }))).rejects.toThrow('may not create tables')
  await db.sql`drop role reader`
})

it('a database that is not in UTF8 is refused', async () => {
  const name = `${new URL(db.url).pathname.slice(1)}_latin`
  await db.sql.unsafe(`create database ${name} template template0 encoding 'LATIN1' locale 'C' locale_provider 'libc'`)
  await expect(checkServer(changed(url => url.pathname = `/${name}`))).rejects.toThrow('must be UTF8')
  await db.sql.unsafe(`drop database ${name}`)
})

it('a PostgreSQL before 15, or a standby, is refused', () => {
  const good = {
    version: 150004,
    shown: '15.4',
    encoding: 'UTF8',
    standby: false,
    mayCreate: true,
  }
  expect(whyUnfit(good, 'db')).toBeNull()
  expect(whyUnfit({ ...good, version: 140011, shown: '14.11' }, 'db')).toContain('PostgreSQL 15 or later is needed, db runs 14.11')
  expect(whyUnfit({ ...good, standby: true }, 'db')).toContain('takes no writes')
})
