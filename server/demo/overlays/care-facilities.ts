import type { CareKind } from '#contract/places.ts'
import type { Building } from '../fill/site.ts'
import type { Point } from '../geometry/plane.ts'
import type { Random } from '../random.ts'
import type { Town, TownRegion } from '../town.ts'
import { joinStreet } from '../fill/site.ts'
import { centroid, distance, footOn } from '../geometry/plane.ts'
import { walksOn } from '../people/walks.ts'

export interface DemoFacility {
  id: string
  name: string
  kind: CareKind
  community: TownRegion
  at: Point
  open: boolean
  floorArea: number
  capacity: number | null
  hours: string
}

/** What 15 minutes at 0.8 m/s reach (domain.md, elder care). */
const REACH_METRES = 720
/** The town is given facilities until so many of its elders reach one: enough to be proud of, with gaps to find. */
const AIM = 0.765

const sizes: Record<CareKind, (random: Random) => Pick<DemoFacility, 'floorArea' | 'capacity' | 'hours'>> = {
  'comprehensive-centre': random => ({
    floorArea: 2000,
    capacity: random.integer(80, 120),
    hours: 'Mo-Su 08:00-18:00',
  }),
  'day-care': random => ({
    floorArea: random.integer(14, 28) * 10,
    capacity: random.integer(20, 40),
    hours: 'Mo-Sa 08:30-17:30',
  }),
  'meals': random => ({
    floorArea: random.integer(6, 14) * 10,
    capacity: random.integer(40, 90),
    hours: 'Mo-Su 10:30-13:00,16:30-18:30',
  }),
  'clinic': random => ({ floorArea: random.integer(15, 30) * 10, capacity: null, hours: 'Mo-Fr 08:00-17:30; Sa 08:00-12:00' }),
  'family-doctors': random => ({ floorArea: random.integer(6, 10) * 10, capacity: null, hours: 'Mo-Fr 08:30-17:00' }),
}

/**
 * Care facilities in shops along the streets: one by one, where most elders live, until the aim is reached; clinics and
 * family doctors besides, and one meal place that is being rebuilt. Must run before the streets are drawn: a way from
 * each door joins the street.
 */
export function placeFacilities(town: Omit<Town, 'facilities'>, random: Random): DemoFacility[] {
  const { drawing, streets, shops, compounds, residents, regions, plan } = town
  const communities = regions.filter(region => region.level === 'community' || region.level === 'village')
  const homes = compounds.flatMap(compound => compound.buildings)
  const aged = (home: Building) => residents.get(home)!.aged60
  const all = homes.reduce((sum, home) => sum + aged(home), 0)
  const reached = new Set<Building>()
  const taken = new Set<Building>()
  const facilities: DemoFacility[] = []
  const walks = walksOn([
    ...streets.map(street => street.vertices),
    ...drawing.ways.filter(way => way.tags.highway).map(way => way.vertices),
  ])

  const inNeed = communities.filter(community => community.residents.aged60 > 0)
  let share = 0
  for (let turn = 0; share < AIM && turn < 24; turn++) {
    const missed = (region: TownRegion) => homes.filter(home => region.land.includes(home.compound!.land) && !reached.has(home)).reduce((sum, home) => sum + aged(home), 0)
    // Not by a planner's best answer: by where there was a room to let, so that some stand too near to each other.
    const community = random.weighted(inNeed.map(region => [region, missed(region) + region.residents.aged60 * 0.35] as const))
    const host = hostIn(community, homes)
    if (!host)
      continue
    const kind: CareKind = facilities.length === 0
      ? 'comprehensive-centre'
      : facilities.length % 3 === 2
        ? 'meals'
        : 'day-care'
    facilities.push(found(kind, community, host, true))
    // The way from its door was drawn just now: one starts at the next corner that was there before.
    const corner = host.street!.vertices.filter(vertex => walks.knows(vertex)).toSorted((a, b) => distance(a.at, host.ring[0]!) - distance(b.at, host.ring[0]!))[0]!
    const near = walks.from(corner, REACH_METRES - distance(corner.at, host.ring[0]!))
    for (const home of homes) {
      if (home.doors.some(door => near.has(door)))
        reached.add(home)
    }
    share = [...reached].reduce((sum, home) => sum + aged(home), 0) / all
  }
  const others = random.shuffle(communities.filter(community => community.residents.population > 0))
  for (const [i, kind] of ([
    'clinic',
    'clinic',
    'clinic',
    'clinic',
    'family-doctors',
    'family-doctors',
    'family-doctors',
    'family-doctors',
  ] as const).entries()) {
    const community = others[i % others.length]!
    const host = hostIn(community, homes)
    if (host)
      facilities.push(found(kind, community, host, true))
  }
  const worst = inNeed.toSorted((a, b) => unreached(b) - unreached(a))[0]!
  const closed = hostIn(worst, homes.filter(home => !reached.has(home)))
  if (closed)
    facilities.push(found('meals', worst, closed, false))
  return facilities

  function unreached(region: TownRegion): number {
    return homes.filter(home => !reached.has(home) && region.land.includes(home.compound!.land)).reduce((sum, home) => sum + aged(home), 0)
  }

  /** A shop of the community, near the homes that still want one. */
  function hostIn(community: TownRegion, wanting: readonly Building[]): Building | undefined {
    const people = wanting.filter(home => community.land.includes(home.compound!.land))
    const total = people.reduce((sum, home) => sum + aged(home), 0) || 1
    const middle: Point = [0, 1].map(axis => people.reduce((sum, home) => sum + centroid(home.ring)[axis]! * aged(home), 0) / total) as unknown as Point
    const score = (shop: Building) => distance(centroid(shop.ring), middle) * random.between(0.8, 1.3)
    return shops
      .filter(shop => !taken.has(shop) && shop.doors[0] && shop.street && community.land.some(land => land.sides.some(side => side.edge.street === shop.street)))
      .filter(shop => community.land.some(land => distance(land.middle, centroid(shop.ring)) < 260))
      .map(shop => ({
        shop,
        metres: score(shop),
      }))
      .toSorted((a, b) => a.metres - b.metres)[0]
      ?.shop
  }

  function found(kind: CareKind, community: TownRegion, host: Building, open: boolean): DemoFacility {
    taken.add(host)
    leadToStreet(host)
    const base = community.name.replace(/(社区|村)$/, '')
    const plain = nameOf(kind, base)
    const name = facilities.some(other => other.name === plain)
      ? `${plain}（二部）`
      : plain
    host.way.tags = { ...host.way.tags, name }
    return {
      id: `YL${plan.code}${String(facilities.length + 1).padStart(2, '0')}`,
      name,
      kind,
      community,
      at: centroid(host.ring),
      open,
      ...sizes[kind](random),
    }
  }

  function leadToStreet({ doors, street }: Building) {
    let best = { metres: Infinity, at: doors[0]!.at }
    for (let i = 1; i < street!.vertices.length; i++) {
      const foot = footOn(street!.vertices[i - 1]!.at, street!.vertices[i]!.at, doors[0]!.at)
      if (foot.metres < best.metres)
        best = foot
    }
    drawing.line([
      doors[0]!,
      joinStreet(drawing, street!, best.at),
    ], { highway: 'footway' })
  }
}

function nameOf(kind: CareKind, base: string): string {
  switch (kind) {
    case 'comprehensive-centre': return '街道综合养老服务中心'
    case 'day-care': return `${base}社区日间照料中心`
    case 'meals': return `${base}长者助餐点`
    case 'clinic': return `${base}社区卫生服务站`
    default: return `${base}家庭医生工作站`
  }
}
