import type { Words } from './plan-sheets.ts'
import type { Column } from './workbook.ts'

/** Columns by the names of their titles. */
export function titled(t: Words['t'], columns: Record<string, Omit<Column, 'title'>>): Column[] {
  return Object.entries(columns).map(([key, column]) => ({
    ...column,
    title: t(`plan.export.column.${key}`),
  }))
}
