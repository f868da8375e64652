import { expect, it } from 'vitest'
import { rosterPaperAddress } from '../../client/duty/wages/addresses.ts'
import { daysOfRange } from '../../client/duty/wages/visits/ranges.ts'

it('a roster\'s days are those of China, from today on or up to it', () => {
  const lateInUtc = Date.parse('2026-11-24T17:00:00Z')
  expect(daysOfRange('week', lateInUtc)).toEqual({ from: '2026-11-25', to: '2026-12-02' })
  expect(daysOfRange('month', lateInUtc)).toEqual({ from: '2026-11-25', to: '2026-12-25' })
  expect(daysOfRange('past', lateInUtc)).toEqual({ from: '2026-08-27', to: '2026-11-25' })
  expect(daysOfRange('all', lateInUtc)).toEqual({})
  expect(rosterPaperAddress({ from: '2026-11-25', to: '2026-12-02' })).toBe('#/visit-roster?from=2026-11-25&to=2026-12-02')
})
