import type { Source } from './input.ts'
import type { RowStream, SourceRow } from './rows.ts'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { UnusableInput } from '../import-request.ts'
import { decodeText, detectEncoding } from './encoding.ts'

const batchRows = 500
// A quote that is never closed would swallow the rest of the file.
const longestRow = 1024 * 1024

interface Parsed { info: { lines: number }, record: string[] }

/** CSV with comma, semicolon or tab, in UTF-8, UTF-16 or GB18030. Headers stand in the first line that is not empty. */
export async function readCsv(source: Source, onBytes?: (bytes: number) => void): Promise<RowStream> {
  const encoding = await detectEncoding(source.open())
  const text = decodeText(source.open(onBytes), encoding)
  const start = await firstLine(text)
  if (start.line.trim() === '')
    throw new UnusableInput('文件是空的 · The file is empty.')
  const skipped: SourceRow[] = []
  const parser = parse({
    delimiter: delimiterOf(start.line),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: longestRow,
    info: true,
    on_skip: (error) => {
      const at = Number(error?.lines ?? 0)
      skipped.push({
        at,
        cells: [],
        fault: faultOf(error?.code, encoding),
        original: () => null,
      })
      return undefined
    },
  })
  const records = Readable.from(rejoined(start.text, text)).pipe(parser)[Symbol.asyncIterator]() as AsyncIterator<Parsed>
  const header = await nextOf(records)
  const headers = (header?.record ?? []).map(cell => cell.trim())
  return {
    headers,
    rows: batches(records, headers, skipped),
  }
}

async function* batches(records: AsyncIterator<Parsed>, headers: readonly string[], skipped: SourceRow[]): AsyncGenerator<SourceRow[]> {
  let batch: SourceRow[] = []
  for (;;) {
    const parsed = await nextOf(records)
    if (skipped.length > 0)
      batch.push(...skipped.splice(0))
    if (!parsed)
      break
    batch.push(rowOf(parsed, headers))
    if (batch.length >= batchRows) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0)
    yield batch
}

async function nextOf(records: AsyncIterator<Parsed>): Promise<Parsed | null> {
  const { value, done } = await records.next()
  return done ? null : value as Parsed
}

function rowOf({ info, record: cells }: Parsed, headers: readonly string[]): SourceRow {
  const row: SourceRow = {
    at: info.lines,
    cells,
    original: () => cells,
  }
  // Trailing delimiters, as spreadsheets write them, are no further columns.
  if (cells.length > headers.length && cells.slice(headers.length).some(cell => cell.trim() !== ''))
    row.fault = `列数不符 · ${cells.length} cells under ${headers.length} headers; is a quote or a delimiter missing?`
  else if (cells.some(cell => cell.includes('\uFFFD')))
    row.fault = '含有无法识别的字符 · bytes that are no text in the file’s encoding'
  return row
}

function faultOf(code: string | undefined, encoding: string): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE')
    return '引号未闭合，其后的内容无法读取 · a quote is opened and never closed; what follows could not be read'
  return `无法读取 · the row could not be read as CSV in ${encoding} (${code ?? 'unknown'})`
}

/** The text up to the end of its first line that is not empty, and that line. */
async function firstLine(text: AsyncGenerator<string>): Promise<{ text: string, line: string }> {
  let read = ''
  for (;;) {
    const line = /^\s*(\S[^\r\n]*)[\r\n]/.exec(read)?.[1]
    if (line !== undefined)
      return { text: read, line }
    const { value, done } = await text.next()
    if (done) {
      return {
        text: read,
        line: read.trim(),
      }
    }
    read += value
    if (read.length > longestRow)
      throw new UnusableInput('第一行过长，不是表格 · The first line is longer than 1 MiB: this is no table.')
  }
}

async function* rejoined(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first
  yield* rest
}

function delimiterOf(line: string): string {
  const plain = line.replace(/"[^"]*"/g, '')
  const counts = [',', '\t', ';', '，'].map(delimiter => ({ delimiter, count: plain.split(delimiter).length }))
  return counts.reduce((best, next) => next.count > best.count
    ? next
    : best).delimiter
}
