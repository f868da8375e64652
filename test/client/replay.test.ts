import { expect, it } from 'vitest'
import { createPastPositions } from '../../client/wall/replay/past-positions.ts'
import { replayFrom } from '../../client/wall/replay/use-replay.ts'

const present = Date.parse('2026-11-24T12:00:00Z')

it('the address says when a replay begins; nonsense and the future begin eight hours ago', () => {
  expect(replayFrom('?scene=case', present)).toBeNull()
  expect(replayFrom('?replay=2026-11-20T08:00:00%2B08:00', present)).toBe(Date.parse('2026-11-20T00:00:00Z'))
  for (const search of ['?replay', '?replay=soon', '?replay=2999-01-01T00:00:00Z'])
    expect(replayFrom(search, present)).toBe(Date.parse('2026-11-24T04:00:00Z'))
})

it('officers are where they were: told in order, fetched ahead once, anew after a jump', async () => {
  const minute = 60_000
  const asked: [number, number][] = []
  const places = createPastPositions(async (from, to) => {
    asked.push([from, to])
    return Array.from({ length: 200 }, (_, i): [string, number, number, number] => ['w1', 117, 36, i * minute]).filter(([, , , at]) => at >= from && at <= to)
  }, () => 1000 * minute)
  const minutes = (at: number) => places.due(at * minute, () => {}).map(([, , , seenAt]) => seenAt / minute)

  await places.begin(20 * minute)
  expect(asked).toEqual([
    [5 * minute, 80 * minute],
  ])
  expect(minutes(20)).toEqual(Array.from({ length: 16 }, (_, i) => i + 5))
  expect(minutes(22.5)).toEqual([21, 22])
  expect(minutes(22.5)).toEqual([])
  minutes(61)
  minutes(61.5)
  expect(asked.slice(1)).toEqual([
    [80 * minute + 1, 140 * minute],
  ])
  await Promise.resolve()
  expect(minutes(82)).toContain(81)

  await places.begin(100 * minute)
  expect(minutes(100)[0]).toBe(85)
})

it('a replay that has caught up with the present does not ask for every second of it', async () => {
  let asked = 0
  let failed = 0
  const places = createPastPositions(async () => {
    asked++
    if (asked > 1)
      throw new Error('gone')
    return []
  }, () => 10_000_000)
  await places.begin(9_990_000)
  for (let at = 9_990_000; at <= 10_000_000; at += 250)
    places.due(at, () => failed++)
  expect(asked).toBe(1)
  expect(failed).toBe(0)
})
