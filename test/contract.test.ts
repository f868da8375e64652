import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { contractHash, contractModules } from '../server/contract/hash.ts'

it('every file of the contract is part of its hash', () => {
  const files = readdirSync(new URL('../server/contract/', import.meta.url))
    .map(name => name.replace('.ts', ''))
    .filter(name => name !== 'hash')
  expect(Object.keys(contractModules).sort()).toEqual(files.sort())
})

it('the wire is what it was; when this fails on purpose, run `vitest -u` and say in the commit what changed', async () => {
  await expect(contractHash()).toMatchFileSnapshot('./contract.hash')
})
