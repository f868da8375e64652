import { expect, it } from 'vitest'
import { isOpenAt } from '#coverage/opening-hours.ts'

const wednesday = (hour: number, minute = 0) => ({ weekday: 3, minute: hour * 60 + minute })
const sunday = (hour: number) => ({ weekday: 7, minute: hour * 60 })

it('a gate with hours is open from the first minute to before the last', () => {
  expect(isOpenAt('06:00-22:00', wednesday(6))).toBe(true)
  expect(isOpenAt('06:00-22:00', wednesday(21, 59))).toBe(true)
  expect(isOpenAt('06:00-22:00', wednesday(22))).toBe(false)
  expect(isOpenAt('24/7', wednesday(3))).toBe(true)
})

it('days, breaks and days off are read, and a later rule overrides for its days', () => {
  const hours = 'Mo-Sa 06:00-12:00,14:00-18:00; We 08:00-09:00; Su,PH off'
  expect(isOpenAt(hours, wednesday(10))).toBe(false)
  expect(isOpenAt(hours, wednesday(8, 30))).toBe(true)
  expect(isOpenAt(hours, { weekday: 4, minute: 13 * 60 })).toBe(false)
  expect(isOpenAt(hours, { weekday: 4, minute: 15 * 60 })).toBe(true)
  expect(isOpenAt(hours, sunday(10))).toBe(false)
})

it('a span past midnight belongs to the day on which it began', () => {
  expect(isOpenAt('Sa 20:00-02:00', sunday(1))).toBe(true)
  expect(isOpenAt('Sa 20:00-02:00', { weekday: 6, minute: 60 })).toBe(false)
  expect(isOpenAt('Sa-Mo 20:00-02:00', { weekday: 1, minute: 60 })).toBe(true)
})

it('a text that nobody can read counts as open', () => {
  expect(isOpenAt('白天开放', wednesday(3))).toBe(true)
  expect(isOpenAt('sunrise-sunset', wednesday(3))).toBe(true)
  expect(isOpenAt('Dec 25 off', wednesday(3))).toBe(true)
})
