import type { CommunityCoverage, CoverageRates } from '#contract/coverage.ts'
import type { BuildingTimes } from './building-times.ts'
import type { Buildings } from './buildings.ts'
import type { Links } from './links.ts'
import type { CommunityRecord, FacilityRecord } from './records.ts'
import type { CoverageSettings } from './settings.ts'
import { limitOf } from './building-times.ts'
import { linkCount } from './links.ts'

/** What is counted in a community; sums of these give the figures of anything larger. */
export interface Tally {
  community: string
  subdistrict: string
  name: string
  /** false: what lies in no community */
  isCommunity: boolean
  households: number
  /** open facilities of the kinds that count, and their floor area in m² */
  facilities: number
  floorArea: number
  /** residents aged 60 or more: all, within reach, and in buildings without a link to a street */
  people: number
  reached: number
  unlinked: number
  populationAsOf: string | null
}

export interface TallyInput {
  buildings: Buildings
  links: Links
  times: BuildingTimes
  /** the facilities that count */
  facilities: FacilityRecord[]
  communities: CommunityRecord[]
  minutes: number
}

/** One tally a community, in the order given, and a last one for each subdistrict where something lies in none of them. */
export function tally({ buildings, links, times, facilities, communities, minutes }: TallyInput): Tally[] {
  const tallies = new Map<string, Tally>(communities.map(community => [
    community.id,
    emptyTally(community, true),
  ]))
  const registered = new Map(communities.map(({ id, households }) => [id, households]))
  const tallyOf = (community: string | null, subdistrict: string): Tally => {
    const known = community === null
      ? undefined
      : tallies.get(community)
    if (known)
      return known
    const key = `${subdistrict}*`
    if (!tallies.has(key)) {
      tallies.set(key, emptyTally({
        id: key,
        subdistrict,
        name: '未划入社区',
        households: null,
        populationAsOf: null,
      }, false))
    }
    return tallies.get(key)!
  }

  const limit = limitOf(minutes)
  for (let b = 0; b < buildings.count; b++) {
    const people = buildings.aged60[b]!
    const households = buildings.households[b]!
    if (people === 0 && households === 0)
      continue
    const here = tallyOf(buildings.communities[b]!, buildings.subdistricts[b]!)
    if (registered.get(here.community) == null)
      here.households += households
    here.people += people
    if (times.seconds[b]! <= limit)
      here.reached += people
    else if (linkCount(links, b) === 0)
      here.unlinked += people
  }
  for (const { community, subdistrict, floorArea } of facilities) {
    const here = tallyOf(community, subdistrict)
    here.facilities++
    here.floorArea += floorArea ?? 0
  }
  return [
    ...tallies.values(),
  ]
}

function emptyTally({ id, subdistrict, name, households, populationAsOf }: CommunityRecord, isCommunity: boolean): Tally {
  return {
    community: id,
    subdistrict,
    name,
    isCommunity,
    households: households ?? 0,
    facilities: 0,
    floorArea: 0,
    people: 0,
    reached: 0,
    unlinked: 0,
    populationAsOf,
  }
}

/** The three rates of whatever the tallies cover; never merged into one, since no official formula exists (domain.md). */
export function ratesOf(tallies: Tally[], { minutes, walker, spaceStandard }: CoverageSettings): CoverageRates {
  const sum = (valueOf: (tally: Tally) => number) => tallies.reduce((total, tally) => total + valueOf(tally), 0)
  const households = sum(tally => tally.households)
  const days = tallies.flatMap(tally => tally.populationAsOf ?? []).sort()
  const asOf = days.length > 0
    ? `；人口数据截至 ${days[0]}`
    : ''
  return {
    facilities: {
      numerator: sum(tally => tally.isCommunity && tally.facilities > 0
        ? 1
        : 0),
      denominator: sum(tally => tally.isCommunity ? 1 : 0),
      unit: '个社区',
      source: '有开放养老服务设施的社区（村）÷ 全部社区（村）；设施台账与区划数据。无全国统一公式，本口径为系统设置',
    },
    space: {
      numerator: households > 0
        ? Math.round(sum(tally => tally.floorArea) / households * 1e4) / 100
        : 0,
      denominator: spaceStandard,
      unit: '平方米/百户',
      source: `每百户养老服务用房面积 ÷ 标准 ${spaceStandard} 平方米；《山东省养老服务条例》第十一条（新建住宅区 20，已建成 15）；设施台账面积与登记户数`,
    },
    people: {
      numerator: sum(tally => tally.reached),
      denominator: sum(tally => tally.people),
      unit: '人',
      source: `步行不超过 ${minutes} 分钟可到开放养老服务设施的 60 岁以上居民 ÷ 全部 60 岁以上居民；步速 ${walker.speed} 米/秒，自楼门沿路网计时，不穿墙、不涉水${asOf}`,
    },
  }
}

export function communityCoverage(tally: Tally, settings: CoverageSettings): CommunityCoverage {
  return {
    community: tally.community,
    name: tally.name,
    rates: ratesOf([tally], settings),
    missedPeople: tally.people - tally.reached,
    unlinkedPeople: tally.unlinked,
  }
}
