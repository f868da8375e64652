import type { AgeBand, CommunityCoverage, CoverageRates } from '#contract/coverage.ts'
import type { PlanReport, RatesByRegion } from '#coverage/plan/plan-report.ts'
import type { ChangeNames } from '../describe-change.ts'
import type { SitingOutcome } from '../siting-outcome.ts'
import type { Sheet, Value } from './workbook.ts'
import { describeChange } from '../describe-change.ts'
import { kindsSheet } from './kinds-sheet.ts'
import { curveSheet, sitesSheet } from './siting-sheet.ts'
import { earliestDay, sourceTexts } from '../source-texts.ts'
import { whyUnlinked } from '../why-unlinked.ts'
import { isTold, regionTitle } from '../region-title.ts'
import { titled } from './titled.ts'

/** What a file says of itself. */
export interface ExportFacts {
  name: string
  /** when, in words */
  at: string
  by: string | null
  basis: string
  /** saved on these data and not changed since */
  isSaved: boolean
}

export type Words = Pick<ChangeNames, 't' | 'number'>

const whole = '#,##0'
const tenth = '#,##0.0'
const hundredth = '#,##0.00'
const share = '0.0%'
const degrees = '0.000000'

/** The plan as tables: rates, ages, facilities, gaps, changes, parameters, data and method. */
export function planSheets(report: PlanReport, facts: ExportFacts, words: Words, siting: SitingOutcome | null = null): Sheet[] {
  return [
    ratesSheet(report, words),
    agesSheet(report, words),
    kindsSheet(report, words),
    facilitiesSheet(report, words),
    gapsSheet(report, words),
    housesSheet(report, words),
    unlinkedSheet(report, words),
    changesSheet(report, words),
    ...siting
      ? [
          sitesSheet(siting, words),
          curveSheet(siting, words),
        ]
      : [],
    parametersSheet(report, facts, words),
    dataSheet(report, words),
    methodSheet(report, words),
  ]
}

interface Line { level: keyof RatesByRegion, region: string | null, name: string, rates: CoverageRates, of?: Omit<CommunityCoverage, 'community' | 'name' | 'rates'> }

/** All first, then every subdistrict, community and grid. */
function lines({ rates, subdistricts, communities, grids }: RatesByRegion, t: Words['t']): Line[] {
  return [
    {
      level: 'rates',
      region: null,
      name: t('plan.export.all'),
      rates,
    },
    ...subdistricts.map(of => ({
      level: 'subdistricts' as const,
      region: of.region,
      name: of.name,
      rates: of.rates,
      of,
    })),
    ...communities.filter(({ community, rates }) => isTold(community, rates)).map(of => ({
      level: 'communities' as const,
      region: of.community,
      name: regionTitle(of.community, of.name, t),
      rates: of.rates,
      of,
    })),
    ...grids.filter(({ region, rates }) => isTold(region, rates)).map(of => ({
      level: 'grids' as const,
      region: of.region,
      name: regionTitle(of.region, of.name, t),
      rates: of.rates,
      of,
    })),
  ]
}

function ratesSheet({ regions, present }: PlanReport, { t }: Words): Sheet {
  const before = new Map(lines(present, t).map(line => [`${line.level}${line.region}`, line.rates]))
  return {
    name: t('plan.export.sheet.rates'),
    columns: titled(t, {
      level: {},
      code: { width: 18 },
      name: { width: 22 },
      facilitiesNumerator: { format: whole },
      facilitiesDenominator: { format: whole },
      spaceNumerator: { format: hundredth },
      spaceDenominator: { format: hundredth },
      peopleNumerator: { format: whole },
      peopleDenominator: { format: whole },
      peopleShare: { format: share },
      presentPeople: { format: whole },
      difference: { format: '+#,##0;-#,##0;0' },
      missed: { format: whole },
      unlinked: { format: whole },
    }),
    rows: lines(regions, t).map(({ level, region, name, rates: { facilities, space, people }, of }) => {
      const then = before.get(`${level}${region}`)?.people.numerator ?? null
      return [
        t(`plan.export.level.${level}`),
        region,
        name,
        facilities.numerator,
        facilities.denominator,
        space.numerator,
        space.denominator,
        people.numerator,
        people.denominator,
        people.denominator > 0
          ? people.numerator / people.denominator
          : null,
        then,
        then === null
          ? null
          : people.numerator - then,
        people.denominator - people.numerator,
        of?.unlinkedPeople ?? regions.subdistricts.reduce((sum, { unlinkedPeople }) => sum + unlinkedPeople, 0),
      ]
    }),
  }
}

export function agesSheet({ figures, regions }: PlanReport, { t }: Pick<Words, 't'>): Sheet {
  const bands: AgeBand[] = ['60-69', '70-79', '80+']
  return {
    name: t('plan.export.sheet.ages'),
    columns: [
      ...titled(t, {
        level: {},
        code: { width: 18 },
        name: { width: 22 },
      }),
      ...bands.flatMap(band => [
        {
          title: t('plan.export.reachedOf', { band }),
          format: whole,
        },
        {
          title: t('plan.export.allOf', { band }),
          format: whole,
        },
      ]),
    ],
    rows: lines(regions, t).map(({ level, region, name, of }) => [
      t(`plan.export.level.${level}`),
      region,
      name,
      ...bands.flatMap((band) => {
        const age = (of?.ages ?? figures.ages).find(age => age.band === band)!
        return [age.reached, age.people]
      }),
    ]),
  }
}

export function facilitiesSheet({ content, figures, regions }: PlanReport, { t }: Words): Sheet {
  const names = namesOf(regions)
  const tried = new Set(content.changes.flatMap(change => 'facility' in change
    ? change.facility
    : []))
  const yes = (value: boolean) => t(value ? 'plan.export.yes' : 'plan.export.no')
  return {
    name: t('plan.export.sheet.facilities'),
    columns: titled(t, {
      name: { width: 28 },
      kind: { width: 18 },
      community: { width: 18 },
      grid: { width: 18 },
      open: {},
      counts: {},
      places: { format: whole },
      floorArea: { format: tenth },
      nearestPeople: { format: whole },
      demand: { format: tenth },
      perThousand: { format: tenth },
      isolated: {},
      tried: {},
      lng: { format: degrees, width: 13 },
      lat: { format: degrees, width: 13 },
      id: { width: 24 },
    }),
    rows: figures.facilities.map(facility => [
      facility.name,
      t(`places.careKind.${facility.kind}`),
      names.get(facility.community ?? '') ?? null,
      names.get(facility.grid ?? '') ?? null,
      yes(facility.open),
      yes(facility.counts),
      facility.capacity,
      facility.floorArea,
      facility.nearestPeople,
      facility.demand,
      facility.perThousand,
      yes(facility.isolated),
      yes(tried.has(facility.id)),
      facility.lng,
      facility.lat,
      facility.id,
    ]),
  }
}

export function gapsSheet({ gaps, regions }: PlanReport, { t, number }: Words): Sheet {
  const names = namesOf(regions)
  return {
    name: t('plan.export.sheet.gaps'),
    columns: titled(t, {
      rank: {},
      community: { width: 22 },
      missed: { format: whole },
      aged60: { format: whole },
      aged70: { format: whole },
      aged80: { format: whole },
      buildings: { format: whole },
      minutesShort: { format: tenth },
      beyond: { format: whole },
      unlinked: { format: whole },
      nearest: { width: 26 },
      opening: { width: 34 },
      openingHelps: { format: whole },
      openingEverywhere: { format: whole },
      openingMetres: { format: whole },
      cases: { format: whole },
      lng: { format: degrees, width: 13 },
      lat: { format: degrees, width: 13 },
    }),
    rows: gaps.map((gap, i) => [
      i + 1,
      gap.communities.map(code => regionTitle(code, names.get(code) ?? code, t)).join(t('plan.sourceText.and')),
      gap.people,
      ...gap.ages.map(({ people }) => people),
      gap.buildings,
      gap.minutesShort,
      gap.beyond,
      gap.unlinked,
      gap.nearest,
      gap.opening && t(`plan.opening.${gap.opening.kind}`, {
        n: number(gap.opening.people[0]),
        m: number(gap.opening.metres),
      }),
      gap.opening?.people[0] ?? null,
      gap.opening?.everywhere ?? null,
      gap.opening?.metres ?? null,
      gap.cases,
      ...gap.centre,
    ]),
  }
}

/** Each house with older people: how far they walk, and the places within their reach (two-step floating catchment). */
function housesSheet({ houses, regions }: PlanReport, { t }: Words): Sheet {
  const names = namesOf(regions)
  return {
    name: t('plan.export.sheet.houses'),
    columns: titled(t, {
      community: { width: 22 },
      house: { width: 22 },
      aged: { format: whole },
      walk: { format: tenth },
      placesHere: { format: tenth },
      lng: { format: degrees, width: 13 },
      lat: { format: degrees, width: 13 },
      id: { width: 16 },
    }),
    rows: houses.map(({ id, name, community, people, seconds, perThousand, lng, lat }) => [
      names.get(community ?? '') ?? null,
      name ?? t('plan.unlinkedList.noName', { id }),
      people,
      seconds === null
        ? null
        : seconds / 60,
      perThousand,
      lng,
      lat,
      String(id),
    ]),
  }
}

/** People of whom no walk can be told, house by house: they are never dropped. */
export function unlinkedSheet({ unlinked, regions }: Pick<PlanReport, 'unlinked' | 'regions'>, { t, number }: Words): Sheet {
  const names = namesOf(regions)
  return {
    name: t('plan.export.sheet.unlinked'),
    columns: titled(t, {
      community: { width: 22 },
      house: { width: 22 },
      aged: { format: whole },
      why: { width: 44 },
      lng: { format: degrees, width: 13 },
      lat: { format: degrees, width: 13 },
      id: { width: 16 },
    }),
    rows: unlinked.map(house => [
      names.get(house.community ?? '') ?? null,
      house.name ?? t('plan.unlinkedList.noName', { id: house.id }),
      house.people,
      whyUnlinked(house, { t, number }),
      house.lng,
      house.lat,
      house.id,
    ]),
  }
}

export function changesSheet({ content, figures, gateNames }: PlanReport, { t, number }: Words): Sheet {
  const names = new Map(figures.facilities.map(({ id, name }) => [id, name]))
  const lost = new Set(figures.lost.map(change => JSON.stringify(change)))
  const describing: ChangeNames = {
    facility: id => names.get(id) ?? id,
    gate: id => gateNames[id] ?? String(id),
    t,
    number,
  }
  return {
    name: t('plan.export.sheet.changes'),
    columns: titled(t, {
      rank: {},
      change: { width: 40 },
      counted: {},
      lng: { format: degrees, width: 13 },
      lat: { format: degrees, width: 13 },
      toLng: { format: degrees, width: 13 },
      toLat: { format: degrees, width: 13 },
      places: { format: whole },
      floorArea: { format: tenth },
      id: { width: 24 },
    }),
    rows: content.changes.map((change, i): Value[] => [
      i + 1,
      describeChange(change, describing),
      t(lost.has(JSON.stringify(change))
        ? 'plan.export.no'
        : 'plan.export.yes'),
      ...change.do === 'bridge'
        ? [
            ...change.from,
            ...change.to,
          ]
        : 'lng' in change
          ? [change.lng, change.lat, null, null]
          : [null, null, null, null],
      'capacity' in change
        ? change.capacity
        : null,
      'floorArea' in change
        ? change.floorArea
        : null,
      'facility' in change
        ? change.facility
        : change.do === 'gate'
          ? String(change.gate)
          : null,
    ]),
  }
}

export function parametersSheet({ content: { settings }, figures: { capacity } }: PlanReport, { name, at, by, basis, isSaved }: ExportFacts, { t }: Words): Sheet {
  const [day, time] = settings.at.split('T')
  const rows: [string, Value][] = [
    ['plan', name],
    [
      'saved',
      t(isSaved ? 'plan.export.yes' : 'plan.export.no'),
    ],
    ['at', at],
    ['by', by],
    ['basis', basis],
    ['minutes', settings.minutes],
    ['speed', settings.speed],
    [
      'metres',
      Math.round(settings.minutes * 60 * settings.speed),
    ],
    [
      'profile',
      t(settings.wheelchair ? 'plan.export.wheelchair' : 'plan.export.onFoot'),
    ],
    ['crossing', settings.crossing],
    ['hour', `${t(`plan.weekday.${Number(day) - 1}`)} ${time}`],
    [
      'kinds',
      settings.kinds.map(kind => t(`places.careKind.${kind}`)).join(t('plan.sourceText.and')),
    ],
    [
      'decay',
      t(`plan.export.decay.${settings.decay.shape}`, {
        steps: settings.decay.steps.join(' / '),
      }),
    ],
    ['places', capacity.places],
    ['placesUnknown', capacity.unknown],
    ['perThousand', capacity.perThousand],
  ]
  return {
    name: t('plan.export.sheet.parameters'),
    columns: titled(t, {
      parameter: { width: 26 },
      value: { width: 60 },
    }),
    rows: rows.map(([key, value]) => [
      t(`plan.export.parameter.${key}`),
      value,
    ]),
  }
}

export function dataSheet({ population, regions }: PlanReport, { t }: Words): Sheet {
  const counted = new Map(regions.communities.map(({ community, rates }) => [community, rates.people.denominator]))
  return {
    name: t('plan.export.sheet.data'),
    columns: titled(t, {
      code: { width: 18 },
      community: { width: 22 },
      populationAsOf: { width: 18 },
      housed: { format: whole },
      registered: { format: whole },
      difference60: { format: '+#,##0;-#,##0;0' },
    }),
    rows: population.map(({ id, name, asOf, registered }) => [
      id,
      name,
      asOf,
      counted.get(id) ?? null,
      registered,
      registered === null
        ? null
        : registered - (counted.get(id) ?? 0),
    ]),
  }
}

export function methodSheet({ content: { settings }, figures: { facilities }, population }: PlanReport, { t }: Words): Sheet {
  const sources = sourceTexts({
    settings,
    facilities,
    populationAsOf: earliestDay(population.map(({ asOf }) => asOf)),
  }, t)
  return {
    name: t('plan.export.sheet.method'),
    columns: titled(t, {
      what: { width: 22 },
      method: { width: 110 },
    }),
    rows: [
      [
        t('plan.method'),
        t('plan.methodText'),
      ],
      ...(['facilities', 'space', 'people'] as const).map(name => [
        t(`places.rate.${name}`),
        sources[name],
      ]),
      [
        t('plan.capacity'),
        sources.capacity,
      ],
    ],
  }
}

/** Names of communities and grids by code. */
export function namesOf({ communities, grids }: RatesByRegion): Map<string, string> {
  return new Map([
    ...communities.map(({ community, name }) => [community, name] as const),
    ...grids.map(({ region, name }) => [region, name] as const),
  ])
}
