import type { ComparedPlan } from './plan-messages.ts'

export interface CompareRow {
  key: string
  /** of a community: its name as it is */
  name?: string
  one: number | null
  other: number | null
  /** digits after the point */
  digits: number
  /** what it is out of, where it is a part of something */
  of?: [number, number]
  /** whether more of it is better; null = neither */
  isMoreBetter: boolean | null
}

/** The figures of two plans against each other: of all first, then who is in reach by age and by community. */
export function compareRows([one, other]: readonly [ComparedPlan, ComparedPlan]): CompareRow[] {
  const row = (key: string, of: (plan: ComparedPlan) => number | null, isMoreBetter: CompareRow['isMoreBetter'], digits = 0): CompareRow => ({
    key,
    one: of(one),
    other: of(other),
    digits,
    isMoreBetter,
  })
  const communities = new Map(other.communities.map(area => [area.community, area]))
  return [
    {
      ...row('people', plan => plan.rates.people.numerator, true),
      of: [one.rates.people.denominator, other.rates.people.denominator],
    },
    {
      ...row('facilities', plan => plan.rates.facilities.numerator, true),
      of: [one.rates.facilities.denominator, other.rates.facilities.denominator],
    },
    {
      ...row('space', plan => plan.rates.space.numerator, true, 1),
      of: [one.rates.space.denominator, other.rates.space.denominator],
    },
    row('missed', plan => plan.rates.people.denominator - plan.rates.people.numerator, false),
    row('gaps', plan => plan.figures.clusterGaps.length, false),
    row('open', plan => plan.figures.facilities.filter(facility => facility.counts).length, null),
    row('places', plan => plan.figures.capacity.places, true),
    row('perThousand', plan => plan.figures.capacity.perThousand, true, 1),
    ...one.figures.ages.map(({ band, reached }, i) => ({
      key: 'age',
      name: band,
      one: reached,
      other: other.figures.ages[i]!.reached,
      digits: 0,
      of: [one.figures.ages[i]!.people, other.figures.ages[i]!.people] as [number, number],
      isMoreBetter: true,
    })),
    ...one.communities.flatMap(({ community, name, rates: { people } }): CompareRow[] => {
      const there = communities.get(community)?.rates.people
      return there
        ? [
            {
              key: 'community',
              name,
              one: people.numerator,
              other: there.numerator,
              digits: 0,
              of: [people.denominator, there.denominator],
              isMoreBetter: true,
            },
          ]
        : []
    }),
  ]
}
