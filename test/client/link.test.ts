import { expect, it } from 'vitest'
import { dayOf, daysSince, startOfDay, timeOfDay } from '../../client/state/china-time.ts'
import { createClock } from '../../client/state/clock.ts'
import { linkOf, staleSeconds } from '../../client/state/link.ts'
import { reloadOnce } from '../../client/state/reload-once.ts'

it('a link without data is connecting, ten silent seconds make it late, thirty lost', () => {
  expect(linkOf({ silentSeconds: null, logAge: 0 })).toBe('connecting')
  expect(linkOf({ silentSeconds: 9.9, logAge: 0 })).toBe('live')
  expect(linkOf({ silentSeconds: 10, logAge: 0 })).toBe('late')
  expect(linkOf({ silentSeconds: 30, logAge: 0 })).toBe('lost')
})

it('a server that pulses but has lost its database does not pass for live', () => {
  expect(linkOf({
    silentSeconds: 1,
    logAge: 40,
  })).toBe('lost')
  expect(staleSeconds({
    silentSeconds: 1,
    logAge: 40,
  })).toBe(41)
  expect(linkOf({
    silentSeconds: 1,
    logAge: 4,
  })).toBe('live')
})

it('a wall whose clock is an hour slow still knows the server\'s time', () => {
  let local = 1_000_000
  const clock = createClock(() => local)
  clock.hear(local + 3_600_000 - 300)
  clock.hear(local + 3_600_000 - 20)
  local += 500
  expect(clock.now()).toBe(1_000_000 + 3_600_000 - 20 + 500)
})

it('the day begins at midnight in China, not where the machine stands', () => {
  const justAfter = Date.parse('2026-03-17T16:00:30Z')
  expect(dayOf(justAfter)).toBe('2026-03-18')
  expect(timeOfDay(justAfter)).toBe('00:00:30')
  expect(startOfDay(justAfter)).toBe(Date.parse('2026-03-18T00:00:00+08:00'))
  expect(startOfDay(justAfter - 31_000)).toBe(Date.parse('2026-03-17T00:00:00+08:00'))
  expect(daysSince('2026-01-14', justAfter)).toBe(63)
})

it('another contract reloads the page once, not in a loop', () => {
  let stored: string | null = null
  let reloads = 0
  const page = {
    contract: 'old',
    remembered: () => stored,
    remember: (value: string) => void (stored = value),
    reload: () => void reloads++,
  }
  expect(reloadOnce('old', page)).toBe(false)
  expect(reloadOnce('new', page)).toBe(true)
  expect(reloadOnce('new', page)).toBe(false)
  expect(reloadOnce('newer', page)).toBe(true)
  expect(reloads).toBe(2)
})
