import type { TableKind } from '../columns.ts'
import type { ImportJob } from '../import-job.ts'
import type { RowStream } from '../read/rows.ts'
import type { FieldRow } from './read-fields.ts'
import { columns } from '../columns.ts'
import { readCsv } from '../read/csv.ts'
import { readGeojson } from '../read/geojson.ts'
import { readXlsx } from '../read/xlsx.ts'
import { FieldReader } from './read-fields.ts'

/**
 * The rows of the input as fields of this kind, in batches. GeoJSON is read to its end before the first batch comes, so that
 * a file that is cut off or broken leaves nothing behind.
 */
export async function* fieldRows(job: ImportJob, kind: TableKind): AsyncGenerator<FieldRow[]> {
  if (job.format === 'geojson') {
    for await (const _ of passOver(job, kind, 'check'));
  }
  let rows = 0
  let ignored: string[] = []
  for await (const { batch, reader } of passOver(job, kind, 'load')) {
    rows += batch.length
    ignored = reader.ignored
    yield batch
  }
  if (ignored.length > 0) {
    job.note(`未使用的列 · columns that mean nothing here, ignored: ${ignored.slice(0, 40).join(', ')}${ignored.length > 40
      ? `, … (${ignored.length})`
      : ''}`)
  }
  if (rows === 0)
    job.note('文件里没有数据行 · The file has a header but no row of data')
}

/** One reading of the input; of all fields, or only of some. */
export async function* passOver(job: ImportJob, kind: TableKind, stage: 'check' | 'load', only?: readonly string[]): AsyncGenerator<{ batch: FieldRow[], reader: FieldReader }> {
  let bytes = 0
  let rows = 0
  const stream = await openRows(job, read => void (bytes = read))
  const reader = new FieldReader(columns[kind], job.map, only)
  if (job.format !== 'geojson')
    reader.checkTable(stream.headers)
  for await (const batch of stream.rows) {
    rows += batch.length
    job.progress({ stage, bytes, rows })
    yield {
      batch: batch.map(row => reader.read(row, stream)),
      reader,
    }
  }
}

export async function openRows({ source, format }: Pick<ImportJob, 'source' | 'format'>, onBytes: (bytes: number) => void): Promise<RowStream> {
  if (format === 'csv')
    return await readCsv(source, onBytes)
  if (format === 'xlsx')
    return await readXlsx(source, onBytes)
  return readGeojson(source, onBytes)
}
