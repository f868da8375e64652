import type { Column } from '../columns.ts'
import { factorOfHeader, normaliseHeader } from '../columns.ts'
import { UnusableInput } from '../import-request.ts'

/** Where a field's value is found. */
export interface Match {
  column: Column
  /** positions among the headers, best first: the later ones fill the gaps of the first */
  positions: number[]
  /** what the unit in the first one's header multiplies by */
  factor: number
}

export interface Matches {
  matches: Match[]
  /** headers that mean nothing here */
  ignored: string[]
}

/** Finds the columns of a table by their headers; `map` (field → header) goes before the known names, '' stands for no column at all. */
export function matchHeaders(headers: readonly string[], columns: readonly Column[], map: Readonly<Record<string, string>>): Matches {
  const named = headers.map(normaliseHeader)
  const taken = new Set<number>()
  const matches: Match[] = []
  for (const column of columns) {
    const wanted = map[column.field]
    if (wanted === '')
      continue
    const positions = (wanted === undefined
      ? column.headers
      : [wanted, ...column.headers]).flatMap((name) => {
      const exact = headers.indexOf(name)
      return exact >= 0
        ? [exact]
        : [
            named.indexOf(normaliseHeader(name)),
          ].filter(position => position >= 0)
    })
    const free = [
      ...new Set(positions),
    ].filter(position => !taken.has(position))
    if (free.length === 0)
      continue
    free.forEach(position => taken.add(position))
    matches.push({
      column,
      positions: free,
      factor: factorOfHeader(headers[free[0]!]!),
    })
  }
  return {
    matches,
    ignored: headers.filter((header, position) => header !== '' && !taken.has(position)),
  }
}

/** Ends the import when --map names a field or a column that is not there. */
export function checkMap(map: Readonly<Record<string, string>>, columns: readonly Column[], headers: readonly string[] | null): void {
  for (const [field, header] of Object.entries(map)) {
    if (!columns.some(column => column.field === field))
      throw new UnusableInput(`--map：没有字段 ${field} · --map: there is no field “${field}”. Fields: ${columns.map(column => column.field).join(', ')}.`)
    if (header !== '' && headers && !headers.some(known => normaliseHeader(known) === normaliseHeader(header)))
      throw new UnusableInput(`--map：文件没有列 ${header} · --map: the file has no column “${header}”. Columns: ${headers.join(', ')}.`)
  }
}
