import type { Sheet, Value } from '../export/workbook.ts'
import type { ReportTable } from './report-blocks.ts'

/** A cell of a sheet as a reader sees it in print: 0.8109 with the format 0.0% → 81.1%, nothing → —. */
export function showValue(value: Value, format: string | undefined, language: string): string {
  if (value === null)
    return '—'
  if (typeof value === 'string')
    return value
  if (!format)
    return String(value)
  const digits = /\.(0+)/.exec(format)?.[1]!.length ?? 0
  const text = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    style: format.endsWith('%')
      ? 'percent'
      : 'decimal',
    useGrouping: format.includes(','),
    signDisplay: format.startsWith('+')
      ? 'exceptZero'
      : 'auto',
  }).format(value)
  return text
}

/** A sheet as a table in print, as far as its columns are wanted: their numbers and how wide they are. */
export function tableOf({ columns, rows }: Sheet, wanted: [column: number, share: number][], language: string): ReportTable {
  return {
    is: 'table',
    columns: wanted.map(([i, share]) => ({
      title: columns[i]!.title,
      share,
      isNumber: columns[i]!.format !== undefined,
    })),
    rows: rows.map(row => wanted.map(([i]) => showValue(row[i] ?? null, columns[i]!.format, language))),
  }
}
