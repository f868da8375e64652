import type { Source } from './input.ts'
import type { RowStream, SourceRow } from './rows.ts'
import { Buffer } from 'node:buffer'
import { readSheet } from 'read-excel-file/node'
import { UnusableInput } from '../import-request.ts'

// The reader holds the workbook whole, some 15 times its packed size. 20 MiB are about 300,000 cases.
const largestFile = 20 * 1024 * 1024
const largestUnpacked = 400 * 1024 * 1024
const batchRows = 500

/** The first sheet of an Excel workbook. */
export async function readXlsx(source: Source, onBytes?: (bytes: number) => void): Promise<RowStream> {
  const bytes = await readAll(source, onBytes)
  const sheet = await readSheet(bytes).catch((error: Error) => {
    throw new UnusableInput(`无法读取 Excel 文件 · The Excel file cannot be read: ${error.message}`)
  })
  const headerAt = sheet.findIndex(row => row.some(cell => cell !== null))
  if (headerAt < 0)
    throw new UnusableInput('文件是空的 · The file is empty: its first sheet has no cell.')
  const headers = sheet[headerAt]!.map(cell => String(cell ?? '').trim())
  return {
    headers,
    rows: batches(sheet, headerAt + 1),
  }
}

async function* batches(sheet: readonly unknown[][], from: number): AsyncGenerator<SourceRow[]> {
  for (let start = from; start < sheet.length; start += batchRows) {
    yield sheet.slice(start, start + batchRows).flatMap((cells, index) => cells.every(cell => cell === null)
      ? []
      : [
          {
            at: start + index + 1,
            cells,
            original: () => cells.map(cell => cell instanceof Date
              ? cell.toISOString()
              : cell),
          },
        ])
  }
}

async function readAll(source: Source, onBytes?: (bytes: number) => void): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of source.open(onBytes)) {
    chunks.push(chunk)
    length += chunk.length
    if (length > largestFile)
      throw new UnusableInput('Excel 文件超过 20 MB，请另存为 CSV · The Excel file is larger than 20 MiB; save it as CSV, which is read as a stream.')
  }
  const bytes = Buffer.concat(chunks)
  if (length === 0)
    throw new UnusableInput('文件是空的 · The file is empty.')
  if (bytes.readUInt32BE(0) === 0xD0CF11E0)
    throw new UnusableInput('旧版 .xls 或加密的 Excel 文件，请另存为 .xlsx 或 CSV · This is an old .xls or an encrypted workbook; save it as .xlsx or CSV.')
  if (unpackedSize(bytes) > largestUnpacked)
    throw new UnusableInput('Excel 文件解压后过大，请另存为 CSV · The workbook unpacks to more than 400 MiB; save it as CSV, which is read as a stream.')
  return bytes
}

/** From the zip's directory, before anything is unpacked; 0 when there is none (the reader then says what is wrong). */
function unpackedSize(zip: Buffer): number {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4B, 0x05, 0x06]))
  if (end < 0 || end + 20 > zip.length)
    return 0
  let size = 0
  for (let at = zip.readUInt32LE(end + 16); at + 46 <= end && zip.readUInt32LE(at) === 0x02014B50;) {
    size += zip.readUInt32LE(at + 24)
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return size
}
