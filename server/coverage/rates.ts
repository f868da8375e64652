import type { AgeCoverage, AreaCoverage, CommunityCoverage, CoverageRates } from '#contract/coverage.ts'
import type { BuildingTimes } from './building-times.ts'
import type { Buildings } from './buildings.ts'
import type { Links } from './links.ts'
import type { CommunityRecord, FacilityRecord } from './records.ts'
import type { CoverageSettings } from './settings.ts'
import { AgeBand } from '#contract/coverage.ts'
import { kindNames } from './kind-names.ts'
import { limitOf } from './building-times.ts'
import { linkCount } from './links.ts'

/** What is counted in a community or a grid; sums of these give the figures of anything larger. */
export interface Tally {
  region: string
  subdistrict: string
  name: string
  /** false: what lies in no region of that level */
  isRegion: boolean
  households: number
  /** open facilities of the kinds that count, and their floor area in hundredths of m²: whole numbers sum up to the same in any order */
  facilities: number
  floorHundredths: number
  /** residents aged 60, 70, 80 or more: all, and those within reach */
  people: Ages
  reached: Ages
  /** residents aged 60 or more in buildings without a link to a street */
  unlinked: number
  populationAsOf: string | null
}

/** How many are 60, 70 and 80 or older: each includes the next. */
export type Ages = [aged60: number, aged70: number, aged80: number]

export type TallyLevel = 'community' | 'grid'

export interface TallyInput {
  buildings: Buildings
  links: Links
  times: BuildingTimes
  /** the facilities that count */
  facilities: FacilityRecord[]
  /** the regions of the level, in order */
  regions: CommunityRecord[]
  level: TallyLevel
  minutes: number
}

/** One tally a region, in the order given, and a last one for each subdistrict where something lies in none of them. */
export function tally({ buildings, links, times, facilities, regions, level, minutes }: TallyInput): Tally[] {
  const book = openBook(regions)
  const regionOfBuilding = level === 'community'
    ? buildings.communities
    : buildings.grids

  const limit = limitOf(minutes)
  for (let b = 0; b < buildings.count; b++) {
    const people = buildings.aged60[b]!
    const households = buildings.households[b]!
    if (people === 0 && households === 0)
      continue
    const here = book.tallyOf(regionOfBuilding[b]!, buildings.subdistricts[b]!)
    if (!book.hasHouseholds(here))
      here.households += households
    addAges(here.people, buildings, b, 1)
    if (times.seconds[b]! <= limit)
      addAges(here.reached, buildings, b, 1)
    else if (linkCount(links, b) === 0)
      here.unlinked += people
  }
  for (const facility of facilities)
    addFacility(book.tallyOf(facility[level], facility.subdistrict), facility, 1)
  return [
    ...book.tallies.values(),
  ]
}

export interface TallyBook {
  tallies: ReadonlyMap<string, Tally>
  /** of all tallies, kept up as long as these change by `change` alone */
  totals: Readonly<Totals>
  /** Makes a change to a tally and to the totals with it, and notes the tally as changed. */
  change: (tally: Tally, how: (tally: Tally) => void) => void
  /** The tallies that were changed since this was last asked. */
  takeChanged: () => Set<Tally>
  /** The tally of a region; of an unknown one, the tally of what lies in none. */
  tallyOf: (region: string | null, subdistrict: string) => Tally
  /** Whether the register knows the households, so that those of the buildings do not count. */
  hasHouseholds: (tally: Tally) => boolean
}

/** Empty tallies of the regions, to be added to. */
export function openBook(regions: CommunityRecord[]): TallyBook {
  const tallies = new Map<string, Tally>(regions.map(region => [
    region.id,
    emptyTally(region, true),
  ]))
  const registered = new Map(regions.map(({ id, households }) => [id, households]))
  const totals = totalsOf([
    ...tallies.values(),
  ])
  let changed = new Set<Tally>()
  return {
    tallies,
    totals,
    change(tally, how) {
      addTally(totals, tally, -1)
      how(tally)
      addTally(totals, tally, 1)
      changed.add(tally)
    },
    takeChanged() {
      const taken = changed
      changed = new Set()
      return taken
    },
    hasHouseholds: ({ region }) => registered.get(region) != null,
    tallyOf(region, subdistrict) {
      const known = region === null
        ? undefined
        : tallies.get(region)
      if (known)
        return known
      const key = `${subdistrict}*`
      if (!tallies.has(key)) {
        const outside = emptyTally({
          id: key,
          subdistrict,
          name: '未划入社区或网格',
          households: null,
          populationAsOf: null,
        }, false)
        tallies.set(key, outside)
        changed.add(outside)
      }
      return tallies.get(key)!
    },
  }
}

/** Counts a building's elders in (1) or out (-1). */
export function addAges(ages: Ages, { aged60, aged70, aged80 }: Buildings, building: number, sign: 1 | -1): void {
  ages[0] += sign * aged60[building]!
  ages[1] += sign * aged70[building]!
  ages[2] += sign * aged80[building]!
}

/** Counts a facility that is open and of a kind that counts in (1) or out (-1). */
export function addFacility(here: Tally, { floorArea }: Pick<FacilityRecord, 'floorArea'>, sign: 1 | -1): void {
  here.facilities += sign
  here.floorHundredths += sign * Math.round(100 * (floorArea ?? 0))
}

function emptyTally({ id, subdistrict, name, households, populationAsOf }: CommunityRecord, isRegion: boolean): Tally {
  return {
    region: id,
    subdistrict,
    name,
    isRegion,
    households: households ?? 0,
    facilities: 0,
    floorHundredths: 0,
    people: [0, 0, 0],
    reached: [0, 0, 0],
    unlinked: 0,
    populationAsOf,
  }
}

/** Sums over tallies: all that the figures of a larger area follow from. */
export interface Totals extends Pick<Tally, 'households' | 'facilities' | 'floorHundredths' | 'people' | 'reached' | 'unlinked'> {
  /** communities or grids, and those with a facility */
  regions: number
  served: number
  /** the earliest day of which the people's numbers are */
  populationAsOf: string | null
}

export function totalsOf(tallies: Tally[]): Totals {
  const totals: Totals = {
    regions: 0,
    served: 0,
    households: 0,
    facilities: 0,
    floorHundredths: 0,
    people: [0, 0, 0],
    reached: [0, 0, 0],
    unlinked: 0,
    populationAsOf: null,
  }
  for (const tally of tallies) {
    addTally(totals, tally, 1)
    if (tally.populationAsOf !== null && (totals.populationAsOf === null || tally.populationAsOf < totals.populationAsOf))
      totals.populationAsOf = tally.populationAsOf
  }
  return totals
}

/** Counts a tally in (1) or out (-1). */
function addTally(totals: Totals, { isRegion, facilities, households, floorHundredths, people, reached, unlinked }: Tally, sign: 1 | -1): void {
  if (isRegion) {
    totals.regions += sign
    totals.served += facilities > 0
      ? sign
      : 0
  }
  totals.households += sign * households
  totals.facilities += sign * facilities
  totals.floorHundredths += sign * floorHundredths
  totals.unlinked += sign * unlinked
  for (let i = 0; i < 3; i++) {
    totals.people[i]! += sign * people[i]!
    totals.reached[i]! += sign * reached[i]!
  }
}

/** The three rates of whatever is counted; never merged into one, since no official formula exists (domain.md). */
export function ratesOf({ regions, served, households, floorHundredths, people, reached, populationAsOf }: Totals, { minutes, walker, spaceStandard, kinds }: CoverageSettings, level: TallyLevel = 'community'): CoverageRates {
  const asOf = populationAsOf === null
    ? ''
    : `；人口数据截至 ${populationAsOf}`
  const region = level === 'community'
    ? '社区（村）'
    : '网格'
  const counted = `计入${kinds.map(kind => kindNames[kind]).join('、')}`
  const wheels = walker.wheelchair
    ? '、轮椅不走台阶'
    : ''
  const crossings = walker.crossingSeconds > 0
    ? `、每处过街等候 ${walker.crossingSeconds} 秒`
    : ''
  return {
    facilities: {
      numerator: served,
      denominator: regions,
      unit: level === 'community'
        ? '个社区'
        : '个网格',
      source: `有开放养老服务设施的${region}÷ 全部${region}；${counted}；设施台账与区划数据。无全国统一公式，本口径为系统设置`,
    },
    space: {
      numerator: households > 0
        ? Math.round(floorHundredths / households * 100) / 100
        : 0,
      denominator: spaceStandard,
      unit: '平方米/百户',
      source: `每百户养老服务用房面积 ÷ 标准 ${spaceStandard} 平方米；《山东省养老服务条例》第十一条（新建住宅区 20，已建成 15）；设施台账面积与登记户数`,
    },
    people: {
      numerator: reached[0],
      denominator: people[0],
      unit: '人',
      source: `步行不超过 ${minutes} 分钟可到开放养老服务设施的 60 岁以上居民 ÷ 全部 60 岁以上居民；${counted}；步速 ${walker.speed} 米/秒${wheels}${crossings}，自楼门沿路网计时，不穿墙、不涉水${asOf}`,
    },
  }
}

/** By bands that exclude each other. */
export function agesOf({ people, reached }: Pick<Totals, 'people' | 'reached'>): AgeCoverage[] {
  const bandOf = ([aged60, aged70, aged80]: Ages) => [aged60 - aged70, aged70 - aged80, aged80]
  const all = bandOf(people)
  const within = bandOf(reached)
  return AgeBand.options.map((band, i) => ({
    band,
    reached: within[i]!,
    people: all[i]!,
  }))
}

function figuresOf(tallies: Tally[], settings: CoverageSettings, level: TallyLevel) {
  const totals = totalsOf(tallies)
  return {
    rates: ratesOf(totals, settings, level),
    ages: agesOf(totals),
    missedPeople: totals.people[0] - totals.reached[0],
    unlinkedPeople: totals.unlinked,
  }
}

export function communityCoverage(tally: Tally, settings: CoverageSettings): CommunityCoverage {
  return {
    community: tally.region,
    name: tally.name,
    ...figuresOf([tally], settings, 'community'),
  }
}

export function gridCoverage(tally: Tally, settings: CoverageSettings): AreaCoverage {
  return {
    region: tally.region,
    name: tally.name,
    ...figuresOf([tally], settings, 'grid'),
  }
}

/** Subdistricts are the sums of their communities. */
export function subdistrictCoverage(tallies: Tally[], names: ReadonlyMap<string, string>, settings: CoverageSettings): AreaCoverage[] {
  return [
    ...Map.groupBy(tallies, ({ subdistrict }) => subdistrict),
  ].map(([region, parts]) => ({
    region,
    name: names.get(region) ?? region,
    ...figuresOf(parts, settings, 'community'),
  }))
}
