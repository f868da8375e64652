import type { CoverageRates, Rate } from '#contract/coverage.ts'
import type { PlanReport } from '#coverage/plan/plan-report.ts'
import type { ExportFacts, Words } from '../export/plan-sheets.ts'
import type { SitingOutcome } from '../siting-outcome.ts'
import type { Block, ReportTable } from './report-blocks.ts'
import { agesSheet, changesSheet, dataSheet, facilitiesSheet, gapsSheet, methodSheet, parametersSheet, unlinkedSheet } from '../export/plan-sheets.ts'
import { kindsSheet } from '../export/kinds-sheet.ts'
import { sitesSheet } from '../export/siting-sheet.ts'
import { isTold, regionTitle } from '../region-title.ts'
import { showValue, tableOf } from './show-value.ts'

type Named = Words & { language: string }

/** Gaps that a report lists; the workbook has all. */
const gapsListed = 20

/**
 * The report of a plan: what it reaches and whom it misses, with every rate's two parts, by community, kind and age, gaps and
 * sites, and what it was computed from and how.
 */
export function planBlocks(report: PlanReport, facts: ExportFacts, siting: SitingOutcome | null, words: Named): Block[] {
  const { t, language } = words
  const { content, figures, regions, gaps } = report
  const heading = (key: string): Block => ({
    is: 'heading',
    text: t(`plan.report.${key}`),
  })
  const isChanged = content.changes.length > 0
  const differing = dataSheet(report, words).rows.filter(row => row[5] !== null && row[5] !== 0).length
  return [
    {
      is: 'title',
      text: t('plan.report.title'),
      under: [
        regions.subdistricts.map(({ name }) => name).join(t('plan.sourceText.and')),
        t('plan.report.of', { plan: facts.name, at: facts.at, by: facts.by ?? '—' }),
        ...facts.isSaved
          ? []
          : [
              t('plan.report.unsaved'),
            ],
      ],
    },
    heading('rates'),
    {
      is: 'paragraph',
      text: summary(report, words),
    },
    threeRates(report, words),
    {
      is: 'paragraph',
      text: t('plan.report.apart'),
    },
    {
      is: 'map',
      of: 'plan',
      caption: t('plan.report.map.plan', { plan: facts.name, minutes: content.settings.minutes }),
    },
    ...isChanged
      ? [
          {
            is: 'map',
            of: 'present',
            caption: t('plan.report.map.present', { minutes: content.settings.minutes }),
          } as const,
          heading('changes'),
          tableOf(changesSheet(report, words), [
            [0, 1],
            [1, 8],
            [2, 2],
          ], language),
        ]
      : [],
    heading('communities'),
    communities(report, words),
    heading('kinds'),
    {
      is: 'paragraph',
      text: t('plan.report.kindsApart'),
    },
    kinds(report, words),
    heading('ages'),
    agesTable(report, words),
    heading('facilities'),
    tableOf(facilitiesSheet(report, words), [
      [0, 6],
      [1, 4],
      [4, 2],
      [6, 2],
      [8, 2.5],
      [10, 2.5],
      [12, 2.2],
    ], language),
    heading('gaps'),
    gaps.length === 0
      ? {
          is: 'paragraph',
          text: t('plan.report.noGaps'),
        }
      : gapTable(report, words),
    ...report.unlinked.length > 0
      ? [
          heading('unlinked'),
          {
            is: 'paragraph',
            text: t('plan.report.unlinkedWhy', {
              n: words.number(report.unlinked.reduce((sum, { people }) => sum + people, 0)),
            }),
          } as const,
          tableOf(unlinkedSheet(report, words), [
            [0, 3],
            [1, 3],
            [2, 1.6],
            [3, 6],
          ], language),
        ]
      : [],
    ...siting
      ? [
          heading('siting'),
          {
            is: 'paragraph',
            text: sitingWords(siting, words),
          } as const,
          tableOf(sitesSheet(siting, words), [
            [0, 1],
            [1, 4],
            [2, 3],
            [3, 3],
            [4, 2],
            [5, 2],
          ], language),
        ]
      : [],
    heading('parameters'),
    tableOf(parametersSheet(report, facts, words), [
      [0, 3],
      [1, 7],
    ], language),
    heading('data'),
    ...differing > 0
      ? [
          {
            is: 'paragraph',
            text: t('plan.report.census', { n: differing }),
          } as const,
        ]
      : [],
    tableOf(dataSheet(report, words), [
      [0, 3],
      [1, 3],
      [2, 2.5],
      [3, 2.5],
      [4, 2.5],
      [5, 2],
    ], language),
    heading('method'),
    ...methodSheet(report, words).rows.map(([what, text]): Block => ({
      is: 'paragraph',
      text: t('plan.report.pair', { what, text }),
    })),
    ...figures.lost.length > 0
      ? [
          {
            is: 'paragraph',
            text: t('plan.lost', { n: figures.lost.length }),
          } as const,
        ]
      : [],
  ]
}

function parts({ numerator, denominator }: Rate, language: string): string {
  const show = (value: number) => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)
  return `${show(numerator)} / ${show(denominator)}`
}

function share({ numerator, denominator }: Rate, language: string): string {
  return showValue(denominator > 0
    ? numerator / denominator
    : null, '0.0%', language)
}

function summary({ figures: { rates: { people } }, present, content }: PlanReport, { t, number }: Named): string {
  const named = {
    minutes: content.settings.minutes,
    speed: content.settings.speed,
    reached: number(people.numerator),
    all: number(people.denominator),
    missed: number(people.denominator - people.numerator),
    n: number(Math.abs(people.numerator - present.rates.people.numerator)),
  }
  const text = t('plan.report.summary', named)
  if (content.changes.length === 0)
    return text
  return text + t(people.numerator < present.rates.people.numerator
    ? 'plan.report.fewer'
    : 'plan.report.more', named)
}

function threeRates({ figures: { rates }, present }: PlanReport, { t, language }: Named): ReportTable {
  return {
    is: 'table',
    columns: [
      {
        title: t('plan.report.column.rate'),
        share: 5,
      },
      {
        title: t('plan.report.column.numerator'),
        share: 2,
        isNumber: true,
      },
      {
        title: t('plan.report.column.denominator'),
        share: 2,
        isNumber: true,
      },
      {
        title: t('plan.report.column.unit'),
        share: 2.5,
      },
      {
        title: t('plan.report.column.share'),
        share: 2,
        isNumber: true,
      },
      {
        title: t('plan.report.column.present'),
        share: 3,
        isNumber: true,
      },
    ],
    rows: (['facilities', 'space', 'people'] as const).map((name) => {
      const [numerator, denominator] = parts(rates[name], language).split(' / ')
      return [
        t(`places.rate.${name}`),
        numerator!,
        denominator!,
        t(`places.rateUnit.${name}`),
        share(rates[name], language),
        parts(present.rates[name], language),
      ]
    }),
  }
}

function rateColumns(t: Named['t']): ReportTable['columns'] {
  return [
    {
      title: t('plan.report.column.facilities'),
      share: 2,
      isNumber: true,
    },
    {
      title: t('plan.report.column.space'),
      share: 2.6,
      isNumber: true,
    },
    {
      title: t('plan.report.column.people'),
      share: 3.2,
      isNumber: true,
    },
    {
      title: t('plan.report.column.share'),
      share: 1.8,
      isNumber: true,
    },
  ]
}

function rateCells({ facilities, space, people }: CoverageRates, language: string): string[] {
  return [
    parts(facilities, language),
    parts(space, language),
    parts(people, language),
    share(people, language),
  ]
}

function communities({ regions, present }: PlanReport, { t, language, number }: Named): ReportTable {
  const before = new Map(present.communities.map(({ community, rates }) => [community, rates.people.numerator]))
  const signed = (value: number) => showValue(value, '+#,##0', language)
  return {
    is: 'table',
    columns: [
      {
        title: t('plan.column.community'),
        share: 3.2,
      },
      ...rateColumns(t),
      {
        title: t('plan.report.column.difference'),
        share: 1.8,
        isNumber: true,
      },
      {
        title: t('plan.column.missed'),
        share: 1.8,
        isNumber: true,
      },
      {
        title: t('plan.column.unlinked'),
        share: 1.8,
        isNumber: true,
      },
    ],
    rows: [
      {
        community: '',
        name: t('plan.export.all'),
        rates: regions.rates,
        missedPeople: regions.rates.people.denominator - regions.rates.people.numerator,
        unlinkedPeople: regions.subdistricts.reduce((sum, { unlinkedPeople }) => sum + unlinkedPeople, 0),
      },
      ...regions.communities.filter(({ community, rates }) => isTold(community, rates)),
    ].map(({ community, name, rates, missedPeople, unlinkedPeople }) => [
      regionTitle(community, name, t),
      ...rateCells(rates, language),
      signed(rates.people.numerator - (community === ''
        ? present.rates.people.numerator
        : before.get(community) ?? 0)),
      number(missedPeople),
      number(unlinkedPeople),
    ]),
  }
}

function kinds(report: PlanReport, { t, language }: Named): ReportTable {
  const { rows } = kindsSheet(report, { t })
  return {
    is: 'table',
    columns: [
      {
        title: t('plan.export.column.kind'),
        share: 4,
      },
      {
        title: t('plan.report.column.open'),
        share: 1.5,
        isNumber: true,
      },
      ...rateColumns(t),
    ],
    rows: report.kinds.map(({ open, rates }, i) => [
      String(rows[i]![0]),
      String(open),
      ...rateCells(rates, language),
    ]),
  }
}

function agesTable(report: PlanReport, { t, language }: Named): ReportTable {
  const sheet = agesSheet(report, { t })
  return tableOf({
    ...sheet,
    rows: sheet.rows.filter(([level]) => level !== t('plan.export.level.grids')),
  }, [
    [0, 2],
    [2, 3.5],
    ...sheet.columns.slice(3).map((_, i) => [i + 3, 2] as [number, number]),
  ], language)
}

function gapTable(report: PlanReport, words: Named): ReportTable {
  const sheet = gapsSheet(report, words)
  return tableOf({
    ...sheet,
    rows: sheet.rows.slice(0, gapsListed),
  }, [
    [0, 1],
    [1, 3.4],
    [2, 1.6],
    [3, 1.6],
    [4, 1.6],
    [5, 1.6],
    [7, 1.9],
    [10, 4],
    [11, 4.4],
    [15, 1.6],
  ], words.language)
}

/** What was asked, of how many candidates, and what the answer rests on. */
export function sitingWords({ question, candidates, siting, isProven, gap, leftOut, chosen }: SitingOutcome, { t, number }: Named): string {
  const named = {
    goal: t(`plan.goal.${question.goal}`),
    candidates: candidates.length,
    sites: chosen.length,
    covered: number(siting.covered),
    cost: number(siting.cost),
    budget: question.budget === null
      ? ''
      : number(question.budget),
    gap: new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(gap * 100),
    leftOut: number(leftOut),
  }
  return [
    t('plan.report.sitingOf', named),
    question.budget === null
      ? ''
      : t('plan.report.sitingBudget', named),
    question.capacities
      ? t('plan.report.sitingCapacities')
      : '',
    t(isProven
      ? 'plan.report.sitingProven'
      : 'plan.report.sitingUnproven', named),
    leftOut > 0
      ? t('plan.report.sitingLeftOut', named)
      : '',
  ].join('')
}
