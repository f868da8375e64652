import { expect, it } from 'vitest'
import { createBatcher } from '../server/batcher.ts'

const never = () => false
const always = () => true

function pause(ms = 1) {
  return new Promise(resolve => setTimeout(resolve, ms))
}

it('calls that come while a run is under way share the next one', async () => {
  const runs: number[][] = []
  const double = createBatcher(async (inputs: number[]) => {
    runs.push(inputs)
    await pause(5)
    return inputs.map(input => input * 2)
  }, { mayRetry: never })

  const first = double(1)
  await pause()
  const answers = await Promise.all([
    first,
    double(2),
    double(3),
  ])

  expect(answers).toEqual([2, 4, 6])
  expect(runs).toEqual([
    [1],
    [2, 3],
  ])
})

it('an input that cannot be run fails alone', async () => {
  const run = createBatcher(async (inputs: number[]) => {
    await pause()
    if (inputs.includes(3))
      throw new Error('three')
    return inputs
  }, { mayRetry: always })

  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(run))

  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ])
})

it('nothing is run twice when the outcome of a run is unknown', async () => {
  let runs = 0
  const run = createBatcher(async (_: number[]): Promise<number[]> => {
    runs++
    throw new Error('connection lost at commit')
  }, { mayRetry: never })

  const outcomes = await Promise.allSettled([1, 2, 3].map(run))

  expect(runs).toBe(1)
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
})

it('a run is never larger than allowed, and none is forgotten', async () => {
  const sizes: number[] = []
  const run = createBatcher(async (inputs: number[]) => {
    await pause()
    return inputs
  }, {
    maxBatch: 10,
    mayRetry: never,
    onBatch: size => sizes.push(size),
  })

  const answers = await Promise.all(Array.from({ length: 95 }, (_, index) => run(index)))

  expect(answers).toEqual(Array.from({ length: 95 }, (_, index) => index))
  expect(Math.max(...sizes)).toBe(10)
})
