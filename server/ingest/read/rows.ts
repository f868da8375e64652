/** A row of a table or a feature of a GeoJSON file, as it came. */
export interface SourceRow {
  /** line of a table (its header is line 1 unless empty lines precede it); 1-based number of a feature */
  at: number
  /** in parallel with the headers of its `Rows`; undefined = the row does not have that column at all */
  cells: unknown[]
  /** GeoJSON geometry, not yet checked; undefined in tables */
  geometry?: unknown
  /** the row could not be read */
  fault?: string
  original: () => unknown
}

/** Rows as a stream. Headers may grow while it is read: each GeoJSON feature can bring new property names. */
export interface RowStream {
  headers: string[]
  rows: AsyncIterable<SourceRow[]>
}
