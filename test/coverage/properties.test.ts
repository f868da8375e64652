import type { Place, StreetPlan, TownPlan } from '../world/streets.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { linkCount } from '#coverage/links.ts'
import { town, walk } from '../world/streets.ts'

const place: fc.Arbitrary<Place> = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })).map(([e, n]) => [e * 70, n * 70] as const)
const street: fc.Arbitrary<StreetPlan> = fc.record({
  path: fc.uniqueArray(place, { minLength: 2, maxLength: 4, selector: String }),
  oneway: fc.constantFrom(0 as const, 0 as const, 1 as const, -1 as const),
  stairs: fc.boolean(),
})
const somewhere: fc.Arbitrary<Place> = fc.tuple(fc.integer({ min: -50, max: 470 }), fc.integer({ min: -50, max: 470 }))
const plan: fc.Arbitrary<TownPlan> = fc.record({
  streets: fc.array(street, { minLength: 1, maxLength: 6 }),
  houses: fc.array(fc.record({
    at: somewhere,
    people: fc.integer({ min: 1, max: 30 }),
  }), { minLength: 1, maxLength: 8 }),
  facilities: fc.array(fc.record({ at: somewhere }), { minLength: 1, maxLength: 3 }),
  walls: fc.array(fc.tuple(somewhere, somewhere).map(([from, to]) => [from, to]), { maxLength: 3 }),
  gates: fc.uniqueArray(fc.record({
    at: place,
    passable: fc.boolean(),
  }), {
    maxLength: 3,
    selector: gate => String(gate.at),
  }),
})

/**
 * Roads that nobody walks, at the corners of the map: the frame's origin lies in the middle of all streets and would move with a new
 * one, and with it, by some micrometres, on which side of a house's corner a straight walk passes.
 */
const corners: StreetPlan[] = [
  {
    path: [
      [-300, -300],
      [-290, -300],
    ],
    foot: false,
  },
  {
    path: [
      [700, 700],
      [710, 700],
    ],
    foot: false,
  },
]
/** sums of the same seconds in another order */
const hair = 1e-6

it('a larger budget never shrinks the reach, and stopping early changes no time within it', () => {
  fc.assert(fc.property(plan, fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }), (plan, a, b) => {
    const world = town(plan)
    const all = walk(world).seconds
    const within = (limit: number) => walk(world, {}, limit).seconds.map((seconds, house) => seconds <= limit
      ? house
      : -1).filter(house => house >= 0)
    const [small, large] = [
      within(Math.min(a, b)),
      within(Math.max(a, b)),
    ]
    expect(large).toEqual(expect.arrayContaining(small))
    expect(large).toEqual(all.flatMap((seconds, house) => seconds <= Math.max(a, b)
      ? [house]
      : []))
  }), { numRuns: 150 })
})

it('adding a street never makes a walk longer', () => {
  fc.assert(fc.property(plan, street, (plan, added) => {
    const secondsWith = (streets: TownPlan['streets']) => walk(town({
      ...plan,
      streets: [
        ...corners,
        ...streets!,
      ],
    })).seconds
    const before = secondsWith(plan.streets)
    const after = secondsWith([...plan.streets!, added])
    before.forEach((seconds, house) => expect(after[house]).toBeLessThanOrEqual(seconds + hair))
  }), { numRuns: 1000 })
})

it('another facility never makes a walk longer', () => {
  fc.assert(fc.property(plan, somewhere, (plan, at) => {
    const before = walk(town(plan)).seconds
    const after = walk(town({
      ...plan,
      facilities: [
        ...plan.facilities!,
        { at },
      ],
    })).seconds
    before.forEach((seconds, house) => expect(after[house]).toBeLessThanOrEqual(seconds))
  }), { numRuns: 150 })
})

it('who has no link has no walk, and who has a walk has a link or lives where the facility is', () => {
  fc.assert(fc.property(plan, (plan) => {
    const { seconds, model, linked } = walk(town(plan))
    seconds.forEach((value, house) => {
      if (value !== Infinity)
        expect(linkCount(model.links, house) > 0 || linked.building.includes(house)).toBe(true)
    })
  }), { numRuns: 150 })
})
