import type { Datum } from '#contract/geometry.ts'
import type { ImportChange } from '#contract/import.ts'
import type { Sql } from '../../db/connect.ts'
import type { Rulebook } from '../cases/rules-file.ts'
import type { PersonalData } from '../privacy/personal-data.ts'

export const importKinds = [
  'osm',
  'regions',
  'population',
  'facilities',
  'renovation',
  'worksites',
  'cases',
  'officers',
  'addresses',
] as const
export type ImportKind = typeof importKinds[number]

/** `osm-xml` and `geojson` and `csv` may be gzipped; it is told from the first bytes. */
export type ImportFormat = 'osm-xml' | 'osm-pbf' | 'geojson' | 'csv' | 'xlsx'

/**
 * The bytes. A function that opens them anew is read twice where that is needed (OSM and GeoJSON are checked before anything
 * is written); a stream that can be read only once is spooled to a temporary file first.
 */
export type ImportInput = AsyncIterable<Uint8Array> | (() => AsyncIterable<Uint8Array>)

export interface ImportRequest {
  sql: Sql
  kind: ImportKind
  input: ImportInput
  format: ImportFormat
  /** datum of the coordinates; wgs84 when absent */
  crs?: Datum
  /** field → column, before all known headers */
  map?: Record<string, string>
  /** does everything, then takes it back */
  dryRun?: boolean
  /** by which deadlines are counted; the program's own when absent */
  rulebook?: Rulebook
  /** the moment that counts as now; the clock's when absent */
  now?: Date
  /** seals names and phones; needed for cases and officers */
  personal?: PersonalData
  onProgress?: (progress: ImportProgress) => void
  onReject?: (reject: Reject) => void
  /** told of each case that is added or changed */
  onChange?: (change: ImportChange) => void
}

export interface ImportProgress {
  stage: 'check' | 'load' | 'place'
  /** bytes of the input read in this stage */
  bytes: number
  /** rows, features or elements met in this stage */
  rows: number
}

/** A row that was not loaded. */
export interface Reject {
  /** line of a table (the header is line 1), 1-based number of a GeoJSON feature, or `way/123` */
  at: number | string
  reason: string
  /** the fields that are wrong, where it lies with single ones */
  fields?: string[]
  original: unknown
}

export interface ImportSummary {
  kind: ImportKind
  created: number
  updated: number
  unchanged: number
  rejected: number
  /** cases without a usable place: they wait in the unlocated tray */
  unlocated?: number
  /** what a person should know: ignored columns, what was spread, what was clipped */
  notes: string[]
}

/** The input as a whole cannot be imported: nothing was written. The message is for the person who ran the command. */
export class UnusableInput extends Error {
  override name = 'UnusableInput'
}
