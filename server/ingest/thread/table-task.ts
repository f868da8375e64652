import type { Datum } from '#contract/geometry.ts'
import type { ImportLine, ImportMap, ImportSum } from '#contract/import.ts'
import type { Sql } from '../../../db/connect.ts'
import type { Rulebook } from '../../cases/rules-file.ts'
import type { PersonalData } from '../../privacy/personal-data.ts'
import type { ImportFormat, ImportInput } from '../import-request.ts'
import type { TableLook } from '../look-at-table.ts'
import { lookAtTable } from '../look-at-table.ts'
import { runImport } from '../run-import.ts'

/** A file of cases that came over the network, whole. */
export interface TableFile { format: ImportFormat, bytes: Uint8Array }
export interface TableOptions { map: ImportMap, crs: Datum, dryRun: boolean }

/** Of added and of changed cases at most so many are told one by one; all are counted. */
const mostTold = 300
const pieceBytes = 64 * 1024

export function lookAtFile({ format, bytes }: TableFile): Promise<TableLook> {
  return lookAtTable({
    kind: 'cases',
    format,
    input: inPieces(bytes),
  })
}

/** The same import as `npm run import -- cases`, told line by line. Throws UnusableInput. */
export async function importFile(
  { sql, personal, rulebook }: { sql: Sql, personal: PersonalData, rulebook: Rulebook },
  { format, bytes }: TableFile,
  options: TableOptions,
  tell: (line: ImportLine) => void,
): Promise<ImportSum> {
  const told = { created: 0, updated: 0 }
  const { kind: _kind, unlocated = 0, ...sum } = await runImport({
    sql,
    personal,
    rulebook,
    kind: 'cases',
    format,
    input: inPieces(bytes),
    ...options,
    onProgress: progress => tell({
      progress: { ...progress, total: bytes.length },
    }),
    onReject: ({ original, ...reject }) => tell({
      reject: { ...reject, original: original as Record<string, unknown> },
    }),
    onChange(change) {
      if (told[change.what]++ < mostTold)
        tell({ change })
    },
  })
  return { ...sum, unlocated }
}

/** Pieces, so that how far it has come can be told. */
function inPieces(bytes: Uint8Array): ImportInput {
  return async function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes)
      yield bytes.subarray(at, at + pieceBytes)
  }
}
