import { expect, it } from 'vitest'
import { differences } from '../../client/admin/difference.ts'

it('tells key by key what was and what is, and leaves out what stayed', () => {
  expect(differences({ role: 'duty', name: '王', region: null }, { role: 'grid', name: '王', region: '990101001001' })).toEqual([
    { key: 'role', before: 'duty', after: 'grid' },
    { key: 'region', before: null, after: '990101001001' },
  ])
})

it('of something new or gone it tells the one side; of nothing, nothing', () => {
  expect(differences(null, { reason: '已调离' })).toEqual([
    { key: 'reason', before: null, after: '已调离' },
  ])
  expect(differences({ sessions: 2 }, null)).toEqual([
    { key: 'sessions', before: '2', after: null },
  ])
  expect(differences(null, undefined)).toEqual([])
})

it('what is within is told as it was written, and a bare value has no key', () => {
  expect(differences(null, {
    filter: { action: 'case' },
  })).toEqual([
    { key: 'filter', before: null, after: '{"action":"case"}' },
  ])
  expect(differences('a', 'b')).toEqual([
    { key: '', before: 'a', after: 'b' },
  ])
})
