import type { RowStream, SourceRow } from './rows.ts'
import type { Source } from './input.ts'
import type { CsvRecord } from './csv-text.ts'
import { UnusableInput } from '../import-request.ts'
import { splitCsv } from './csv-text.ts'
import { decodeText, detectEncoding } from './encoding.ts'

const batchRows = 1000
const longestHeader = 1024 * 1024

/** CSV with comma, semicolon or tab, in UTF-8, UTF-16 or GB18030. Headers stand in the first line that is not empty. */
export async function readCsv(source: Source, onBytes?: (bytes: number) => void): Promise<RowStream> {
  const encoding = await detectEncoding(source.open())
  const text = decodeText(source.open(onBytes), encoding)
  const start = await firstLine(text)
  if (start.line.trim() === '')
    throw new UnusableInput('文件是空的 · The file is empty.')
  // Old Macs end lines with a lone carriage return.
  const newline = /[\r\n]/.exec(start.text.trimStart())?.[0] === '\r' && !start.text.includes('\n')
    ? '\r'
    : '\n'
  const records = splitCsv(rejoined(start.text, text), delimiterOf(start.line), newline)
  const first = await records.next()
  const [header, ...rest] = first.done
    ? []
    : first.value
  const headers = (header?.cells ?? []).map(cell => cell.trim())
  return {
    headers,
    rows: batches(rest, records, headers),
  }
}

async function* batches(first: CsvRecord[], rest: AsyncIterable<CsvRecord[]>, headers: readonly string[]): AsyncGenerator<SourceRow[]> {
  let batch = first.map(record => rowOf(record, headers))
  for await (const records of rest) {
    for (const record of records) {
      batch.push(rowOf(record, headers))
      if (batch.length >= batchRows) {
        yield batch
        batch = []
      }
    }
  }
  if (batch.length > 0)
    yield batch
}

function rowOf({ line, cells, isOpen }: CsvRecord, headers: readonly string[]): SourceRow {
  const row: SourceRow = {
    at: line,
    cells,
    original: () => cells,
  }
  if (isOpen)
    row.fault = '引号未闭合 · a quote is opened and never closed'
  // Trailing delimiters, as spreadsheets write them, are no further columns.
  else if (cells.length > headers.length && cells.slice(headers.length).some(cell => cell.trim() !== ''))
    row.fault = `列数不符 · ${cells.length} cells under ${headers.length} headers; is a quote or a delimiter missing?`
  else if (cells.some(cell => cell.includes('\uFFFD')))
    row.fault = '含有无法识别的字符 · bytes that are no text in the file’s encoding'
  return row
}

/** The text up to the end of its first line that is not empty, and that line. */
async function firstLine(text: AsyncGenerator<string>): Promise<{ text: string, line: string }> {
  let read = ''
  for (;;) {
    const line = /^\s*(\S[^\r\n]*)[\r\n]/.exec(read)?.[1]
    // Whether a carriage return stands alone shows only with what comes after it.
    if (line !== undefined && !read.endsWith('\r'))
      return { text: read, line }
    const { value, done } = await text.next()
    if (done) {
      return {
        text: read,
        line: read.trim(),
      }
    }
    read += value
    if (read.length > longestHeader)
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
