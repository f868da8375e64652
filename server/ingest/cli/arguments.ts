import type { ImportKind } from '../import-request.ts'
import { parseArgs } from 'node:util'
import { Datum } from '#contract/geometry.ts'
import { CannotStart } from '../../cannot-start.ts'
import { columns } from '../columns.ts'
import { importKinds } from '../import-request.ts'

export interface Arguments {
  kind: ImportKind
  file: string
  dryRun: boolean
  crs: Datum | undefined
  map: Record<string, string>
}

export const usage = `用法 · Usage: npm run import -- KIND FILE [--dry-run] [--crs ${Datum.options.join('|')}] [--map FIELD=COLUMN]…
  osm                                                            .osm .osm.gz .osm.pbf
  regions population facilities renovation worksites             GeoJSON (all but regions and renovation also CSV, XLSX)
  addresses                                                      CSV, XLSX, GeoJSON points
  cases officers                                                 CSV, XLSX; UTF-8 or GB18030; 中文或英文表头`

/** Throws CannotStart with what is wrong and how it should be. */
export function readArguments(args: string[]): Arguments {
  const { values, positionals } = parse(args)
  const [kind, file, ...more] = positionals
  if (kind === undefined || file === undefined || more.length > 0)
    throw new CannotStart(usage)
  if (!isKind(kind))
    throw new CannotStart(`没有类型 ${kind} · There is no KIND “${kind}”.\n${usage}`)
  const crs = Datum.optional().safeParse(values.crs)
  if (!crs.success)
    throw new CannotStart(`--crs 应为 · --crs must be one of ${Datum.options.join(', ')}, not “${values.crs}”.`)
  return {
    kind,
    file,
    dryRun: values['dry-run'] ?? false,
    crs: crs.data,
    map: readMap(values.map ?? [], kind),
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean' },
        'crs': { type: 'string' },
        'map': { type: 'string', multiple: true },
      },
    })
  }
  catch (error) {
    throw new CannotStart(`${(error as Error).message}\n${usage}`)
  }
}

function readMap(pairs: string[], kind: ImportKind): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => {
    const [, field, column] = /^([^=]+)=(.+)$/.exec(pair) ?? []
    if (field === undefined || column === undefined)
      throw new CannotStart(`--map 应为 FIELD=COLUMN · --map takes FIELD=COLUMN, not “${pair}”.`)
    const fields = kind === 'osm'
      ? []
      : columns[kind].map(known => known.field)
    if (!fields.includes(field)) {
      throw new CannotStart(`${kind} 没有字段 ${field} · ${kind} has no field “${field}”${fields.length > 0
        ? `; its fields: ${fields.join(', ')}`
        : ''}.`)
    }
    return [field, column]
  }))
}

function isKind(text: string): text is ImportKind {
  return (importKinds as readonly string[]).includes(text)
}
