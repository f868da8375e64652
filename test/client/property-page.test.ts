import type { PropertyPlace } from '#contract/property.ts'
import { expect, it } from 'vitest'
import { isOverdue, placesFound } from '../../client/duty/property/places-found.ts'

function place(name: string, said: Partial<PropertyPlace> = {}): PropertyPlace {
  return {
    place: name,
    name,
    community: null,
    zone: null,
    company: null,
    stands: null,
    next: null,
    steps: 0,
    ...said,
  }
}
const next = (overdueDays: number) => ({ step: 'rectify' as const, dueOn: '2026-11-20', overdueDays })
const places = [
  place('甲苑'),
  place('乙苑', {
    stands: 'feedback',
    next: next(0),
    company: '示范物业',
  }),
  place('丙苑', { stands: 'replace', company: '样例物业' }),
  place('丁苑', {
    stands: 'interview',
    next: next(4),
    company: '示范物业',
  }),
  place('戊苑', {
    stands: 'interview',
    next: next(9),
    company: '演示物业',
  }),
]
const found = (words: string, which: 'all' | 'going' | 'overdue' = 'all') => placesFound(places, { words, which }).map(({ name }) => name)

it('compounds come with the longest overdue first, then the highest rung, then as they were', () => {
  expect(found('')).toEqual(['戊苑', '丁苑', '丙苑', '乙苑', '甲苑'])
})

it('they are found by a part of their name or of their company, and narrowed down to what goes on or is overdue', () => {
  expect(found(' 示范 ')).toEqual(['丁苑', '乙苑'])
  expect(found('甲')).toEqual(['甲苑'])
  expect(found('', 'going')).toEqual(['戊苑', '丁苑', '丙苑', '乙苑'])
  expect(found('', 'overdue')).toEqual(['戊苑', '丁苑'])
  expect(isOverdue({ next: null })).toBe(false)
})
