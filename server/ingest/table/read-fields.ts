import type { Column } from '../columns.ts'
import type { RowStream, SourceRow } from '../read/rows.ts'
import type { Matches } from './match-headers.ts'
import { UnusableInput } from '../import-request.ts'
import { checkMap, matchHeaders } from './match-headers.ts'
import { parseCell } from './parse-cell.ts'

/** A row whose cells have become fields. */
export interface FieldRow {
  at: number
  /** field → value, null where the cell is empty; a field that the row does not have is absent */
  values: Record<string, unknown>
  /** undefined in tables */
  geometry?: unknown
  faults: Fault[]
  original: () => unknown
}

/** What is wrong with a row; `field` = with this cell of it. */
export interface Fault { field: string | null, reason: string }

/** All of them in one line. */
export function reasonOf(faults: readonly Fault[]): string {
  return faults.map(({ reason }) => reason).join('; ')
}

/** Turns rows into fields; knows afterwards which columns meant nothing. */
export class FieldReader {
  readonly #columns: readonly Column[]
  readonly #map: Readonly<Record<string, string>>
  /** the fields that are wanted; null = all */
  readonly #only: ReadonlySet<string> | null
  #matches: Matches = { matches: [], ignored: [] }
  #matched = -1

  constructor(columns: readonly Column[], map: Readonly<Record<string, string>>, only?: readonly string[]) {
    this.#columns = columns
    this.#only = only
      ? new Set(only)
      : null
    this.#map = map
    checkMap(map, columns, null)
  }

  /** For a table, whose headers are all known: ends the import when the file can only be of another kind. */
  checkTable(headers: readonly string[]): void {
    checkMap(this.#map, this.#columns, headers)
    this.#match(headers)
    for (const { field, required } of this.#columns) {
      if (required && !this.#matches.matches.some(({ column }) => column.field === field)) {
        const accepted = this.#columns.find(column => column.field === field)!.headers.slice(0, 6).join(', ')
        throw new UnusableInput(`文件没有“${field}”列（可用：${accepted}；或 --map ${field}=列名） · No column for “${field}”; the file has: ${headers.filter(Boolean).join(', ')}. Is it of this KIND? If so, name the column: --map ${field}=COLUMN.`)
      }
    }
  }

  get ignored(): string[] {
    return this.#matches.ignored
  }

  read(row: SourceRow, { headers }: Pick<RowStream, 'headers'>): FieldRow {
    this.#match(headers)
    const values: Record<string, unknown> = {}
    const faults: Fault[] = row.fault
      ? [
          { field: null, reason: row.fault },
        ]
      : []
    if (!row.fault) {
      for (const { column, positions, factor } of this.#matches.matches) {
        const at = positions.find(position => !isBlank(row.cells[position])) ?? positions[0]!
        const raw = row.cells[at]
        // A short row of a table has an empty cell there, a feature without the property says nothing about it.
        if (raw === undefined && row.geometry !== undefined && !column.required)
          continue
        const cell = parseCell(raw, column, factor)
        if ('fault' in cell) {
          faults.push({ field: column.field, reason: cell.fault })
        }
        else if (cell.value === null && column.required) {
          faults.push({
            field: column.field,
            reason: missing(column),
          })
        }
        else {
          values[column.field] = cell.value
        }
      }
      for (const column of this.#columns) {
        if (column.required && !this.#matches.matches.some(match => match.column === column)) {
          faults.push({
            field: column.field,
            reason: missing(column),
          })
        }
      }
    }
    return {
      at: row.at,
      values,
      geometry: row.geometry,
      faults,
      original: row.geometry === undefined
        ? () => byHeader(row, headers)
        : row.original,
    }
  }

  #match(headers: readonly string[]): void {
    if (headers.length === this.#matched)
      return
    this.#matched = headers.length
    // All are matched whatever is wanted, so that each column means the same every time.
    const { matches, ignored } = matchHeaders(headers, this.#columns, this.#map)
    this.#matches = {
      matches: matches.filter(({ column }) => this.#only?.has(column.field) ?? true),
      ignored,
    }
  }
}

function missing({ field, headers }: Column): string {
  return `缺少${headers[0]} · ${field} is missing`
}

function isBlank(raw: unknown): boolean {
  return raw === null || raw === undefined || (typeof raw === 'string' && raw.trim() === '')
}

/** A row of a table with its headers, and what stands beyond them. */
function byHeader({ cells, original }: SourceRow, headers: readonly string[]): Record<string, unknown> {
  const all = cells.length > 0
    ? cells
    : original() as unknown[] ?? []
  return Object.fromEntries(Array.from({
    length: Math.max(headers.length, all.length),
  }, (_, i) => [headers[i] || `(${i + 1})`, all[i] ?? '']))
}
