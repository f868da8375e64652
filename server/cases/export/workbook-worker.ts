import type { CellObject } from 'write-excel-file/node'
import type { TableCell } from './case-table.ts'
import type { WorkbookAsked } from './workbook-thread.ts'
import { parentPort, workerData } from 'node:worker_threads'
import write from 'write-excel-file/node'

/** Excel calls a file with a longer cell damaged. */
const mostLetters = 32_767

/** The thread of one workbook: takes rows until null comes, answers with the file, and is gone. */
const { name, columns } = workerData as WorkbookAsked
const data: (CellObject | null)[][] = [
  columns.map(({ title }) => ({ type: String, value: title, fontWeight: 'bold' as const })),
]

parentPort!.on('message', async (rows: TableCell[][] | null) => {
  if (rows !== null) {
    for (const row of rows)
      data.push(row.map(cellOf))
    return
  }
  const file = await write(data, {
    sheet: name,
    stickyRowsCount: 1,
    columns: columns.map(({ width }) => ({ width })),
  }).toBuffer()
  const bytes = new Uint8Array(file)
  parentPort!.postMessage(bytes, [
    bytes.buffer,
  ])
  parentPort!.close()
})

/** Every text is a cell of the type text: what begins with an equals sign is no formula, a number of 18 digits keeps them all. */
function cellOf(value: TableCell): CellObject | null {
  if (value === null)
    return null
  if (value instanceof Date) {
    return {
      type: Date,
      // A spreadsheet knows no zones: China's clock stands in it.
      value: new Date(value.getTime() + 8 * 3_600_000),
      format: 'yyyy-mm-dd hh:mm',
    }
  }
  return typeof value === 'number'
    ? { type: Number, value }
    : {
        type: String,
        value: value.slice(0, mostLetters),
      }
}
