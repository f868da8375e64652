import type { CsvCell } from '../../csv-line.ts'
import type { CaseColumn, TableCell } from './case-table.ts'
import { byteOrderMark, csvLine } from '../../csv-line.ts'

/** The table as CSV, in parts as it is read. */
export async function* caseCsv(columns: readonly CaseColumn[], batches: AsyncIterable<TableCell[][]>): AsyncGenerator<string> {
  yield byteOrderMark
  yield csvLine(columns.map(({ title }) => title))
  for await (const rows of batches)
    yield rows.map(row => csvLine(row.map(cellOf))).join('')
}

function cellOf(value: TableCell): CsvCell {
  if (value instanceof Date)
    return chinaMinute(value)
  return typeof value === 'string'
    ? keptAsText(value)
    : value
}

/**
 * A spreadsheet that opens a CSV takes '3-2' for the third of February and a number of 18 digits for one of 15. A tab at the end,
 * which nobody sees, keeps both a text.
 */
function keptAsText(text: string): string {
  return /^[\d.,:/-]+$|^\d+(?:\.\d+)?e[+-]?\d+$/i.test(text)
    ? `${text}\t`
    : text
}

/** 2026-11-24 09:30 as China's clock shows it, a form that spreadsheets know as a time. */
function chinaMinute(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
