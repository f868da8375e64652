import { expect, it } from 'vitest'
import { replayFrom } from '../../client/wall/replay/use-replay.ts'

const present = Date.parse('2026-11-24T12:00:00Z')

it('the address says when a replay begins; nonsense and the future begin eight hours ago', () => {
  expect(replayFrom('?scene=case', present)).toBeNull()
  expect(replayFrom('?replay=2026-11-20T08:00:00%2B08:00', present)).toBe(Date.parse('2026-11-20T00:00:00Z'))
  for (const search of ['?replay', '?replay=soon', '?replay=2999-01-01T00:00:00Z'])
    expect(replayFrom(search, present)).toBe(Date.parse('2026-11-24T04:00:00Z'))
})
