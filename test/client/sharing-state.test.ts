import type { SharingFacts } from '../../client/grid/sharing-state.ts'
import { expect, it } from 'vitest'
import { mayShare, sharingState, withFix } from '../../client/grid/sharing-state.ts'

const now = Date.parse('2026-11-24T10:00:00+08:00')
const consent = { givenAt: '2026-11-24T00:00:00Z', wording: '我同意' }
const facts: SharingFacts = {
  standing: { duty: 'on', dutyUntil: null, consent },
  permission: 'granted',
  takenAt: now,
  refusal: null,
  now,
}

it('a place is shared on duty and after consent only, and says why it is not', () => {
  expect(sharingState(facts)).toBe('sharing')
  expect(sharingState({ ...facts, takenAt: null })).toBe('searching')
  expect(sharingState({ ...facts, permission: 'denied' })).toBe('denied')
  expect(sharingState({ ...facts, refusal: 'elsewhere' })).toBe('refused')
  expect(sharingState({
    ...facts,
    standing: { ...facts.standing!, consent: null },
  })).toBe('agree')
  expect(sharingState({
    ...facts,
    standing: { ...facts.standing!, duty: 'off' },
  })).toBe('off-duty')
  expect(sharingState({ ...facts, standing: null })).toBeNull()
})

it('at the end of the shift it stops by the clock alone', () => {
  const standing = { duty: 'on' as const, dutyUntil: '2026-11-24T10:00:01+08:00', consent }
  expect(mayShare({ standing, now })).toBe(true)
  expect(mayShare({ standing, now: now + 1000 })).toBe(false)
})

it('without a line a place every five seconds waits, none older than the desk takes', () => {
  let waiting: ReturnType<typeof withFix> = []
  for (let second = 0; second < 1800; second++) {
    waiting = withFix(waiting, {
      lng: 117,
      lat: 36,
      accuracy: 5,
      at: now + second * 1000,
    })
  }
  expect(waiting).toHaveLength(180)
  expect(waiting.at(-1)!.at - waiting[0]!.at).toBeLessThan(15 * 60_000)
})
