import { expect, it } from 'vitest'
import { ownPath, targetOf } from '../../client/sign-in/target.ts'

const origin = 'https://zhihui.example.gov.cn'

it('after signing in one is where one wanted to be, with query and fragment', () => {
  expect(targetOf('/duty?x=1#/ledger?status=waiting', ['duty'], origin)).toBe('/duty?x=1#/ledger?status=waiting')
})

it.each([
  'https://evil.example/',
  '//evil.example/duty',
  '/\\evil.example',
  '/\t/evil.example',
  '\\/evil.example',
  'javascript:alert(1)',
  'duty',
  '',
  '/sign-in?to=/duty',
  '/api/v1/me',
  '/duty/../sign-in',
])('%j is not followed', (to) => {
  expect(ownPath(to, origin)).toBeNull()
})

it('without a place to go back to, a role begins at its first desk; one that has none begins at the start page', () => {
  expect(targetOf(null, ['wall', 'duty', 'plan'], origin)).toBe('/duty')
  expect(targetOf('//evil.example', ['wall', 'plan'], origin)).toBe('/plan')
  expect(targetOf(null, ['grid'], origin)).toBe('/grid')
})
