import type { Place } from '../world/streets.ts'
import { expect, it } from 'vitest'
import { linkCount } from '#coverage/links.ts'
import { town, walk } from '../world/streets.ts'

const onMainStreet = {
  at: [0, 10],
} as const
/** A house of 10 m whose wall is 5 m from a street through [x, 0]. */
function house(x: number, y = 10) {
  return {
    at: [x, y] as const,
  }
}
const at1 = { speed: 1, stairsSpeed: 1 }

it('the way is counted from the wall to the street, along it, and from the street to the facility', () => {
  const world = town({
    streets: [
      [
        [-100, 0],
        [500, 0],
      ],
    ],
    houses: [
      house(300),
    ],
    facilities: [onMainStreet],
  })
  // 5 m from the middle of the wall to the street, 300 m along it, 10 m to the facility.
  expect(walk(world, at1).seconds[0]).toBeCloseTo(315, 3)
})

it('a river without a bridge is a gap even at 200 m', () => {
  const river = [
    [100, -500],
    [140, -500],
    [140, 500],
    [100, 500],
  ] as const
  const plan = {
    streets: [
      [
        [0, 0],
        [90, 0],
      ],
      [
        [150, 0],
        [300, 0],
      ],
    ] as [number, number][][],
    houses: [
      house(200),
    ],
    facilities: [onMainStreet],
  }
  expect(walk(town({
    ...plan,
    waters: [
      [...river],
    ],
  })).seconds).toEqual([Infinity])
  const bridge = {
    path: [
      [90, 0],
      [150, 0],
    ] as [number, number][],
    bridge: true,
  }
  const bridged = walk(town({
    ...plan,
    streets: [...plan.streets, bridge],
    waters: [
      [...river],
    ],
  }), at1)
  expect(bridged.seconds[0]).toBeCloseTo(215, 3)
})

it('a closed gate sends people round', () => {
  const plan = {
    streets: [
      [
        [0, 0],
        [100, 0],
        [200, 0],
      ],
      [
        [0, 0],
        [0, 300],
        [200, 300],
        [200, 0],
      ],
    ] as [number, number][][],
    walls: [
      [
        [100, -400],
        [100, 200],
      ],
    ] as [number, number][][],
    houses: [
      house(200, -10),
    ],
    facilities: [
      {
        at: [0, -10] as const,
      },
    ],
  }
  const open = walk(town({
    ...plan,
    gates: [
      {
        at: [100, 0],
      },
    ],
  }), at1)
  const shut = walk(town({
    ...plan,
    gates: [
      {
        at: [100, 0],
        passable: false,
      },
    ],
  }), at1)
  const shutAtNight = walk(town({
    ...plan,
    gates: [
      {
        at: [100, 0],
        hours: 'Mo-Su 06:00-22:00',
      },
    ],
  }), at1)
  const shutByDay = walk(town({
    ...plan,
    gates: [
      {
        at: [100, 0],
        hours: '22:00-06:00',
      },
    ],
  }), at1)
  expect(open.seconds[0]).toBeCloseTo(212.5, 3)
  expect(shut.seconds[0]).toBeCloseTo(815, 1)
  expect(shutAtNight.seconds).toEqual(open.seconds)
  expect(shutByDay.seconds).toEqual(shut.seconds)
})

it('stairs take their horizontal length at 0.4 m/s and are closed to a wheelchair', () => {
  const world = town({
    streets: [
      [
        [0, 0],
        [100, 0],
      ],
      {
        path: [
          [100, 0],
          [140, 0],
        ],
        stairs: true,
      },
      [
        [140, 0],
        [400, 0],
      ],
    ],
    houses: [
      house(300),
    ],
    facilities: [
      {
        at: [0, 0],
      },
    ],
  })
  expect(walk(world).seconds[0]).toBeCloseTo(100 / 0.8 + 40 / 0.4 + 160 / 0.8 + 5 / 0.8, 3)
  expect(walk(world, { wheelchair: true }).seconds).toEqual([Infinity])
})

it('people walk to the facility: a one-way footbridge counts in their direction', () => {
  const plan = {
    houses: [
      house(300),
    ],
    facilities: [
      {
        at: [0, 0] as const,
      },
    ],
  }
  const street = (oneway: -1 | 1) => [
    [
      [0, 0],
      [100, 0],
    ],
    {
      path: [
        [100, 0],
        [200, 0],
      ],
      oneway,
    },
    [
      [200, 0],
      [400, 0],
    ],
  ] as const
  expect(walk(town({
    ...plan,
    streets: [
      ...street(-1),
    ] as never,
  })).seconds[0]).toBeLessThan(400)
  expect(walk(town({
    ...plan,
    streets: [
      ...street(1),
    ] as never,
  })).seconds).toEqual([Infinity])
})

it('a house and a facility on the same piece of street need not go to its end', () => {
  const world = town({
    streets: [
      [
        [0, 0],
        [1000, 0],
      ],
    ],
    houses: [
      {
        at: [500, 10],
      },
    ],
    facilities: [
      {
        at: [480, 0],
      },
    ],
  })
  expect(walk(world, at1).seconds[0]).toBeCloseTo(20 + 5, 3)
})

it('the house in which a facility is, is there already', () => {
  const world = town({
    streets: [
      [
        [0, 0],
        [1000, 0],
      ],
    ],
    houses: [
      {
        at: [500, 10],
      },
      {
        at: [560, 10],
      },
    ],
    facilities: [
      {
        at: [502, 11],
      },
    ],
  })
  const { seconds, linked } = walk(world, at1)
  expect(linked.building[0]).toBe(0)
  expect(seconds[0]).toBe(0)
  expect(seconds[1]).toBeCloseTo(5 + 60 + 5, 3)
})

it('a walled-in house without a gate is listed as unlinked, and so is one further than 100 m from any street', () => {
  const world = town({
    streets: [
      [
        [0, 0],
        [400, 0],
      ],
    ],
    houses: [
      house(100, 30),
      house(300, 120),
      house(300, 90),
    ],
    walls: [
      [
        [80, 10],
        [120, 10],
        [120, 60],
        [80, 60],
        [80, 10],
      ],
    ],
    facilities: [onMainStreet],
  })
  const { model, seconds } = walk(world)
  expect([0, 1, 2].map(b => linkCount(model.links, b) > 0)).toEqual([false, false, true])
  expect(seconds.slice(0, 2)).toEqual([Infinity, Infinity])
})

it('a door that is a node of a footway is on the network already, wherever the street beside the house is', () => {
  const path = [
    [100, 20],
    [100, 200],
    [0, 200],
  ] as [number, number][]
  const plan = {
    streets: [
      path,
      [
        [0, -5],
        [300, -5],
      ],
      [
        [0, 200],
        [0, -5],
      ],
    ] as [number, number][][],
    facilities: [
      {
        at: [0, 200] as const,
      },
    ],
  }
  const byDoor = walk(town({
    ...plan,
    houses: [
      {
        at: [100, 15],
        doors: [
          [100, 20],
        ],
      },
    ],
  }), at1)
  expect(byDoor.seconds[0]).toBeCloseTo(280, 0)
  expect(linkCount(byDoor.model.links, 0)).toBe(1)
})

it('nobody climbs onto a bridge or out of a tunnel in its middle', () => {
  const world = (part: object) => town({
    streets: [
      {
        path: [
          [0, 0],
          [300, 0],
        ],
        ...part,
      },
      [
        [300, 0],
        [500, 0],
      ],
    ],
    houses: [
      house(150),
    ],
    facilities: [
      {
        at: [500, 0],
      },
    ],
  })
  expect(walk(world({ bridge: true })).seconds).toEqual([Infinity])
  expect(walk(world({ tunnel: true })).seconds).toEqual([Infinity])
  expect(walk(world({})).seconds[0]).toBeLessThan(500)
})

it('an expressway and a railway are not crossed on foot', () => {
  const plan = {
    streets: [
      [
        [0, 0],
        [300, 0],
      ],
    ] as never[],
    houses: [
      house(150, 50),
    ],
    facilities: [onMainStreet],
  }
  const expressway = {
    path: [
      [-100, 20],
      [400, 20],
    ] as [number, number][],
    foot: false,
    class: 'trunk',
  }
  expect(walk(town(plan)).seconds[0]).toBeLessThan(400)
  expect(walk(town({
    ...plan,
    streets: [...plan.streets, expressway],
  })).seconds).toEqual([Infinity])
  expect(walk(town({
    ...plan,
    rails: [
      [
        [-100, 20],
        [400, 20],
      ],
    ],
  })).seconds).toEqual([Infinity])
})

it('a facility on an island reports itself isolated by reaching nobody but the island', () => {
  const world = town({
    streets: [
      [
        [0, 0],
        [300, 0],
      ],
      [
        [0, 500],
        [300, 500],
      ],
    ],
    houses: [
      house(100),
      house(100, 510),
    ],
    facilities: [
      {
        at: [0, 500],
      },
    ],
  })
  const { seconds } = walk(world)
  expect(seconds[0]).toBe(Infinity)
  expect(seconds[1]).toBeLessThan(200)
})

it('a facility in a lake or outside the map is linked to nothing', () => {
  const world = town({
    streets: [
      [
        [0, 0],
        [300, 0],
      ],
    ],
    houses: [
      house(100),
    ],
    waters: [
      [
        [120, 10],
        [200, 10],
        [200, 60],
        [120, 60],
      ],
    ],
    facilities: [
      {
        at: [160, 30],
      },
      {
        at: [160, 9000],
      },
    ],
  })
  const { linked, seconds } = walk(world)
  expect([
    linkCount(linked.links, 0),
    linkCount(linked.links, 1),
  ]).toEqual([0, 0])
  expect(seconds).toEqual([Infinity])
})

it('waiting at crossings is a setting', () => {
  const world = town({
    streets: [
      [
        [0, 0],
        [100, 0],
        [200, 0],
      ],
    ],
    gates: [
      {
        at: [100, 0],
        kind: 'crossing',
      },
    ],
    houses: [
      house(200),
    ],
    facilities: [
      {
        at: [0, 0],
      },
    ],
  })
  const [without] = walk(world, at1).seconds
  const [waiting] = walk(world, { ...at1, crossingSeconds: 30 }).seconds
  expect(waiting! - without!).toBeCloseTo(30, 5)
})

it('zero speed is refused', () => {
  expect(() => walk(town({}), { speed: 0 })).toThrow(/speed/)
})

it('who faces the facility across a one-way footway is there, and does not go round the block', () => {
  // Whichever side rounding puts further along: over so many places it is now one, now the other.
  const beside = (along: number, left: number): Place => [0.96 * along - 0.28 * left, 0.28 * along + 0.96 * left]
  for (let along = 20; along < 280; along += 7.3) {
    const { seconds } = walk(town({
      streets: [
        {
          path: [
            beside(0, 0),
            beside(300, 0),
          ],
          oneway: 1,
        },
      ],
      houses: [
        {
          at: beside(along, 20),
          doors: [
            beside(along, 11),
          ],
        },
      ],
      facilities: [
        {
          at: beside(along, -6),
        },
      ],
    }), at1)
    expect(seconds[0]).toBeCloseTo(11 + 6, 2)
  }
})

it('a gate that is shut parts the streets that meet in it: whoever lives at the corner keeps both', () => {
  const secondsTo = (at: Place) => walk(town({
    streets: [
      [
        [0, 0],
        [100, 0],
      ],
      [
        [100, 0],
        [100, 300],
      ],
    ],
    houses: [
      {
        at: [120, -20],
      },
    ],
    facilities: [
      { at },
    ],
    gates: [
      {
        at: [100, 0],
        passable: false,
      },
    ],
  }), at1).seconds[0]
  expect(secondsTo([-100, 0])).toBeCloseTo(200 + Math.hypot(15, 15), 0)
  expect(secondsTo([100, 200])).toBeCloseTo(200 + Math.hypot(15, 15), 0)
})

it('a shut gate in a wall keeps whoever lives beside it on his own side', () => {
  const plan = (passable: boolean) => walk(town({
    streets: [
      [
        [0, 0],
        [100, 0],
        [200, 0],
      ],
    ],
    walls: [
      [
        [100, -300],
        [100, 300],
      ],
    ],
    houses: [
      {
        at: [110, 20],
      },
    ],
    facilities: [
      {
        at: [10, 0],
      },
    ],
    gates: [
      {
        at: [100, 0],
        passable,
      },
    ],
  }), at1).seconds[0]
  expect(plan(true)).toBeLessThan(120)
  expect(plan(false)).toBe(Infinity)
})

it('a facility in the wall of a house is in that house, wherever rounding puts the wall', () => {
  for (const at of [505 - 1e-4, 505, 505 + 1e-4]) {
    const { linked } = walk(town({
      streets: [
        [
          [0, 0],
          [1000, 0],
        ],
      ],
      houses: [
        {
          at: [500, 10],
        },
      ],
      facilities: [
        {
          at: [at, 10],
        },
      ],
    }))
    expect(linked.building[0]).toBe(0)
  }
})
