import type { ImportColumns } from '#contract/import.ts'
import type { TableKind } from './columns.ts'
import type { ImportRequest } from './import-request.ts'
import { columns } from './columns.ts'
import { openSource } from './read/input.ts'
import { openRows } from './table/field-rows.ts'
import { matchHeaders } from './table/match-headers.ts'

const rowsShown = 5
const longestCell = 60
/** Deadlines are counted here, by this centre's own terms, and 督办 is its own mark: neither is taken from another system. */
const notTaken = new Set(['dueAt', 'supervised'])

export type TableLook = Pick<ImportColumns, 'headers' | 'sample' | 'fields'>

/** The headers and first rows of a table, and which column would be read as which field. Throws UnusableInput. */
export async function lookAtTable({ kind, input, format }: Pick<ImportRequest, 'input' | 'format'> & { kind: TableKind }): Promise<TableLook> {
  const source = await openSource(input)
  try {
    const { headers, rows } = await openRows({ source, format }, () => {})
    const sample: string[][] = []
    for await (const batch of rows) {
      sample.push(...batch.slice(0, rowsShown - sample.length).map(({ cells }) => headers.map((_, at) => wordOf(cells[at]))))
      if (sample.length >= rowsShown)
        break
    }
    const { matches } = matchHeaders(headers, columns[kind], {})
    return {
      headers,
      sample,
      fields: columns[kind].filter(({ field }) => !notTaken.has(field)).map(({ field, required }) => {
        const position = matches.find(({ column }) => column.field === field)?.positions[0]
        return {
          field,
          header: position === undefined
            ? null
            : headers[position]!,
          isRequired: required === true,
        }
      }),
    }
  }
  finally {
    await source.dispose()
  }
}

function wordOf(cell: unknown): string {
  const text = cell instanceof Date
    ? cell.toISOString().slice(0, 16).replace('T', ' ')
    : String(cell ?? '')
  return text.length > longestCell
    ? `${text.slice(0, longestCell)}…`
    : text
}
