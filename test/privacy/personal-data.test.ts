import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { CannotStart } from '../../server/cannot-start.ts'
import { loadPersonalDataKey } from '../../server/privacy/personal-data-key.ts'
import { personalData } from '../../server/privacy/personal-data.ts'

const personal = personalData(randomBytes(32))
const folder = await mkdtemp(join(tmpdir(), 'huizhi-key-'))
afterAll(() => rm(folder, { recursive: true }))

it('what was sealed opens again, and looks different each time', () => {
  const sealed = personal.seal('李四')
  expect(personal.open(sealed)).toBe('李四')
  expect(personal.seal('李四')).not.toEqual(sealed)
  expect(sealed.includes('李四')).toBe(false)
})

it('changed bytes and another key do not open', () => {
  const sealed = personal.seal('13800138000')
  for (let index = 0; index < sealed.length; index++) {
    const changed = Buffer.from(sealed)
    changed[index]! ^= 1
    expect(() => personal.open(changed)).toThrow()
  }
  expect(() => personalData(randomBytes(32)).open(sealed)).toThrow()
})

it.each([
  '138 0013 8000',
  '+86 138-0013-8000',
  '008613800138000',
  '１３８００１３８０００',
  '(138)00138000',
])('%s is found as 13800138000', (written) => {
  expect(personal.phoneHash(written)).toBe(personal.phoneHash('13800138000'))
})

it('without the key a hash says nothing', () => {
  expect(personalData(randomBytes(32)).phoneHash('13800138000')).not.toBe(personal.phoneHash('13800138000'))
})

it('the key file is made once, for its owner only, also by two at once', async () => {
  const dataDir = join(folder, 'new')
  const keys = await Promise.all(Array.from({ length: 8 }, () => loadPersonalDataKey({ dataDir })))
  expect(new Set(keys.map(key => key.toString('hex'))).size).toBe(1)
  expect((await stat(join(dataDir, 'personal-data.key'))).mode & 0o777).toBe(0o600)
  expect((await readFile(join(dataDir, 'personal-data.key'), 'utf8')).trim()).toBe(keys[0]!.toString('hex'))
})

it('the environment comes before the file', async () => {
  const key = randomBytes(32)
  for (const fromEnvironment of [
    key.toString('hex'),
    key.toString('base64'),
  ])
    expect(await loadPersonalDataKey({ fromEnvironment, dataDir: folder })).toEqual(key)
})

it('a key of the wrong length ends the start with one line', async () => {
  await expect(loadPersonalDataKey({ fromEnvironment: 'short', dataDir: folder })).rejects.toThrow(CannotStart)
  await writeFile(join(folder, 'personal-data.key'), 'nonsense')
  await expect(loadPersonalDataKey({ dataDir: folder })).rejects.toThrow(/personal-data\.key must be 32 bytes/)
})
