import type { OfficerWithWalk } from '../../server/dispatch/suggest-officers.ts'
import { expect, it } from 'vitest'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { suggestOfficers } from '../../server/dispatch/suggest-officers.ts'
import { defaultSuggestionSettings as settings } from '../../server/dispatch/suggestion-settings.ts'
import { streetsOf, walkMinutes } from '../../server/dispatch/walk-minutes.ts'
import { placeToLngLat, town } from '../world/streets.ts'

const now = new Date('2026-11-24T10:00:00+08:00')
const item = { kind: 'property' as const, grid: 'g1', community: 'c1' }
function officer(id: string, said: Partial<OfficerWithWalk> = {}): OfficerWithWalk {
  return {
    id,
    name: id,
    grid: null,
    community: null,
    duty: 'on',
    skills: [],
    location: null,
    seen_at: now,
    open_cases: 0,
    asked: 0,
    declined: 0,
    dismissed: false,
    asked_before: false,
    minutes: 6,
    ...said,
  }
}
const suggest = (...officers: OfficerWithWalk[]) => suggestOfficers(item, officers, settings, now)
const order = (...officers: OfficerWithWalk[]) => suggest(...officers).suggested.map(one => one.officer)

it('the grounds are told in words, in both languages', () => {
  const [best] = suggest(officer('a', {
    grid: 'g1',
    community: 'c1',
    skills: ['电梯应急'],
    open_cases: 2,
    declined: 5,
    asked: 6,
    minutes: 5.2,
  })).suggested
  expect(best!.words).toEqual({
    zh: '步行 6 分钟 · 本网格 · 包保社区 · 擅长电梯应急 · 在办 2 件 · 近 7 日拒接或未接 5/6',
    en: '6 min on foot · own grid · own community · skilled: 电梯应急 · 2 in hand · declined or missed 5 of 6 in 7 days',
  })
  expect(best!.score).toBeCloseTo(best!.parts.reduce((sum, { points }) => sum + points, 0))
})

it('nearer, less laden, of the grid and skilled each come first, all else being the same', () => {
  expect(order(officer('far', { minutes: 20 }), officer('near'))).toEqual(['near', 'far'])
  expect(order(officer('laden', { open_cases: 9 }), officer('free'))).toEqual(['free', 'laden'])
  expect(order(officer('a'), officer('own', { grid: 'g1' }))).toEqual(['own', 'a'])
  expect(order(officer('a'), officer('skilled', {
    skills: ['物业协调'],
  }))).toEqual(['skilled', 'a'])
})

it('everybody who is left out has a reason', () => {
  const { suggested, leftOut } = suggest(
    officer('off', { duty: 'off' }),
    officer('barred', { dismissed: true }),
    officer('said-no', { asked_before: true }),
    officer('lost', { minutes: null }),
    officer('old', {
      seen_at: new Date(now.getTime() - 16 * 60_000),
    }),
    officer('far', { minutes: 61 }),
    officer('full', { open_cases: 31 }),
    officer('a'),
  )
  expect(suggested.map(one => one.officer)).toEqual(['a'])
  expect(leftOut.map(one => `${one.officer} ${one.reason}`)).toEqual([
    'off off-duty',
    'barred dismissed',
    'said-no asked-before',
    'lost unreachable',
    'old unreachable',
    'far too-far',
    'full overloaded',
  ])
  expect(leftOut.at(-2)!.words.zh).toBe('步行 61 分钟，太远')
})

it('whoever answers for the grid is suggested without a position too, and it is said', () => {
  const [best] = suggest(officer('own', { grid: 'g1', minutes: null, seen_at: null })).suggested
  expect(best).toMatchObject({
    minutes: null,
    words: { zh: '位置未知 · 本网格 · 在办 0 件' },
  })
})

it('minutes are walked through streets: who stands across a river without a bridge goes round', () => {
  const streets = streetsOf(buildWalkModel(town({
    streets: [
      [
        [0, 0],
        [0, 1000],
      ],
      [
        [0, 1000],
        [200, 1000],
      ],
      [
        [200, 1000],
        [200, 0],
      ],
    ],
    waters: [
      [
        [90, -100],
        [110, -100],
        [110, 900],
        [90, 900],
      ],
    ],
  }).records))
  const [across, here, nowhere] = walkMinutes(streets, placeToLngLat([0, 5]), [
    placeToLngLat([200, 5]),
    placeToLngLat([0, 77]),
    null,
  ], { speed: 1.2, limitMinutes: 60 })
  expect(across).toBeCloseTo(2190 / 1.2 / 60, 0)
  expect(here).toBeCloseTo(1, 0)
  expect(nowhere).toBeNull()
})
