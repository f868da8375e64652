import type { CaseFeature } from '#contract/case.ts'
import { expect, it } from 'vitest'
import { blockSize, emptyWindow, holds, missingBlocks, patchRows, putBlock, rowAt } from '../../client/duty/ledger/row-window.ts'

function row(n: number) {
  return ({
    id: `c${n}`,
    properties: { version: 1 },
  }) as unknown as CaseFeature
}
const block = (index: number, length = blockSize) => Array.from({ length }, (_, at) => row(index * blockSize + at))

it('of a hundred thousand rows only those near what was seen last are kept', () => {
  let rows = { ...emptyWindow, length: 10_000, isOpen: true }
  for (let index = 0; index < 1000; index++)
    rows = putBlock(rows, index, block(index))
  expect(rows.length).toBeGreaterThanOrEqual(100_000)
  expect(rows.blocks.size).toBeLessThanOrEqual(30)
  expect(rowAt(rows, 99_999)!.id).toBe('c99999')
  expect(rowAt(rows, 0)).toBeUndefined()
  expect(missingBlocks(rows, 0, 40)).toEqual([0])
})

it('a short block ends a list that nobody had counted', () => {
  const rows = putBlock({ ...emptyWindow, length: 10_000, isOpen: true }, 104, block(104, 7))
  expect(rows).toMatchObject({ length: 10_407, isOpen: false })
})

it('a changed case stays in its place', () => {
  const before = putBlock({ ...emptyWindow, length: 3 }, 0, block(0, 3))
  const changed = {
    ...row(1),
    properties: { version: 2 },
  } as unknown as CaseFeature
  const after = patchRows(before, new Map([
    ['c1', changed],
  ]))
  expect([0, 1, 2].map(at => rowAt(after, at)!.id)).toEqual(['c0', 'c1', 'c2'])
  expect(rowAt(after, 1)).toBe(changed)
  expect(holds(after, 'c9')).toBe(false)
})
