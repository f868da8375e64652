import type { Sheet as XlsxSheet } from 'write-excel-file/universal'

export type Value = string | number | null

export interface Column {
  title: string
  /** characters */
  width?: number
  /** Excel's, of numbers */
  format?: string
}

/** A table with a line of titles. */
export interface Sheet {
  name: string
  columns: Column[]
  rows: Value[][]
}

/**
 * An Excel workbook. Every text is a cell of the type text, so that a name that begins with an equals sign stays a name; numbers
 * are written whole and only shown rounded. The writer is loaded when somebody asks for a file.
 */
export async function workbookOf(sheets: Sheet[]): Promise<Blob> {
  const { default: write } = await import('write-excel-file/universal')
  return await write(sheets.map(toXlsx)).toBlob()
}

function toXlsx({ name, columns, rows }: Sheet): XlsxSheet<Blob> {
  return {
    sheet: name,
    stickyRowsCount: 1,
    columns: columns.map(({ title, width }) => ({ width: width ?? Math.max(10, 2 * title.length + 2) })),
    data: [
      columns.map(({ title }) => ({
        type: String,
        value: title,
        fontWeight: 'bold' as const,
        wrap: true,
        alignVertical: 'top' as const,
      })),
      ...rows.map(row => row.map((value, i) => typeof value === 'number'
        ? { type: Number, value, format: columns[i]!.format }
        : value === null
          ? null
          : {
              type: String,
              value,
              wrap: value.length > 30,
              alignVertical: 'top' as const,
            })),
    ],
  }
}
