import type { SiteSum, ZoneSum } from '#contract/sums.ts'
import type { CsvCell } from '../../../server/csv-line.ts'
import type { Translate } from '../../map/map-layer.ts'
import { byteOrderMark, csvLine } from '../../../server/csv-line.ts'

/** A figure of the sums; `of` is what it is a part of, or what it is told per hundred of. */
export interface SumColumn<Name extends string = string> {
  value: Name
  of?: Name
  perHundred?: boolean
}

export type Sums = Readonly<Record<string, number>>

export const zoneColumns: SumColumn<keyof ZoneSum>[] = [
  { value: 'zones' },
  { value: 'leftovers' },
  { value: 'zonesWithLeftovers', of: 'zones' },
  { value: 'calls', of: 'households', perHundred: true },
  { value: 'consented', of: 'asked' },
]

export const siteColumns: SumColumn<keyof SiteSum>[] = [
  { value: 'owing', of: 'sites' },
  { value: 'owedYuan' },
  { value: 'owedPeople' },
  { value: 'red' },
  { value: 'yellow' },
  { value: 'disputes' },
  { value: 'paid', of: 'workers' },
]

/** The table as a file: numerator and denominator in columns of their own, the total last. */
export function sumsCsv(columns: readonly SumColumn[], rows: readonly { name: string, sums: Sums }[], t: Translate): string {
  const head = columns.flatMap(({ value, of }) => [
    t(`sums.column.${value}`),
    ...of === undefined
      ? []
      : [`${t(`sums.column.${value}`)} / ${t(`sums.of.${of}`)}`],
  ])
  const line = ({ name, sums }: { name: string, sums: Sums }): CsvCell[] => [
    name,
    ...columns.flatMap(({ value, of }) => [
      sums[value]!,
      ...of === undefined
        ? []
        : [sums[of]!],
    ]),
  ]
  return `${byteOrderMark}${[
    ['', ...head],
    ...rows.map(line),
  ].map(csvLine).join('')}`
}
