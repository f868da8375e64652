import { z } from 'zod'
import { Datum } from './geometry.ts'

/** What a file holds, and which of its columns would be read as what: POST /api/v1/imports/cases/columns. */
export const ImportColumns = z.object({
  headers: z.array(z.string()),
  sample: z.array(z.array(z.string())).describe('the first rows, in parallel with the headers'),
  fields: z.array(z.object({
    field: z.string(),
    header: z.string().nullable().describe('the column it is read from; null = none'),
    isRequired: z.boolean(),
  })),
  crs: Datum.describe('datum of the coordinates, as chosen for such a file before'),
  isRemembered: z.boolean().describe('whether somebody has imported a file with these headers; else the columns are guessed from their names'),
}).meta({ id: 'ImportColumns' })
export type ImportColumns = z.infer<typeof ImportColumns>

/** field → header; '' = the field is not read, whatever the headers say. */
export const ImportMap = z.record(z.string().max(40), z.string().max(200)).meta({ id: 'ImportMap' })
export type ImportMap = z.infer<typeof ImportMap>

/** A case that an import adds or changes. */
export const ImportChange = z.object({
  what: z.enum(['created', 'updated']),
  ref: z.string().nullable().describe('its number in the file; null = it has none'),
  id: z.string().nullable().describe('our number of a case that is already here'),
  content: z.string(),
  fields: z.array(z.object({
    field: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
  })).describe('of an updated case what changes; of names and phones only that they do'),
}).meta({ id: 'ImportChange' })
export type ImportChange = z.infer<typeof ImportChange>

export const ImportReject = z.object({
  at: z.union([
    z.number(),
    z.string(),
  ]).describe('line of the file'),
  reason: z.string().describe('in Chinese and English, parted by " · "'),
  fields: z.array(z.string()).optional().describe('the fields that are wrong, where it lies with single ones'),
  original: z.record(z.string(), z.unknown()),
}).meta({ id: 'ImportReject' })
export type ImportReject = z.infer<typeof ImportReject>

export const ImportSum = z.object({
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.number().int(),
  unlocated: z.number().int(),
  notes: z.array(z.string()),
}).meta({ id: 'ImportSum' })
export type ImportSum = z.infer<typeof ImportSum>

/** One line of the answer, which is written while the file is read: newline-delimited JSON. The last one is `summary` or `failed`. */
export const ImportLine = z.union([
  z.object({
    progress: z.object({
      stage: z.enum(['check', 'load', 'place']),
      bytes: z.number(),
      rows: z.number(),
      total: z.number().describe('bytes of the file'),
    }),
  }),
  z.object({ change: ImportChange }),
  z.object({ reject: ImportReject }),
  z.object({ summary: ImportSum }),
  z.object({
    failed: z.string().describe('why nothing, or no more, was written'),
  }),
]).meta({ id: 'ImportLine' })
export type ImportLine = z.infer<typeof ImportLine>
