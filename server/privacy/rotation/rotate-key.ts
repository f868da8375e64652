import type { Sql } from '../../../db/connect.ts'
import type { SealedRow, SealedTable } from '../../../db/queries/sealed-columns.ts'
import type { PersonalData } from '../personal-data.ts'
import { noteKeyFingerprint } from '../../../db/queries/personal-data-key.ts'
import { readSealed, sealedTables, writeSealed } from '../../../db/queries/sealed-columns.ts'
import { record } from '../../access/audit.ts'

export interface RotationOptions {
  sql: Sql
  auditKey: Buffer
  /** What the data is sealed with now, and what it is to be sealed with. */
  from: PersonalData
  to: PersonalData
  batchRows?: number
  onProgress?: (rows: number) => void
}
/** Rows sealed anew, those that were already, and those that neither key opens: they stay as they are. */
export interface Rotation { renewed: number, already: number, unreadable: number }

/**
 * Seals all personal data with another key, some hundred rows a transaction. If it is broken off, it is called again with the same two
 * keys and goes on: what opens with the new key is left alone.
 */
export async function rotateKey({ sql, auditKey, from, to, batchRows = 500, onProgress }: RotationOptions): Promise<Rotation> {
  const done: Rotation = { renewed: 0, already: 0, unreadable: 0 }
  for (const table of sealedTables) {
    let after: SealedRow | null = null
    do {
      after = await sql.begin(async (tx) => {
        const rows = await readSealed(tx, table, after, batchRows)
        const renewed = rows.flatMap((row) => {
          const outcome = renew(row, table, from, to)
          if (typeof outcome === 'string') {
            done[outcome] += 1
            return []
          }
          return [outcome]
        })
        if (renewed.length > 0)
          await writeSealed(tx, table, renewed)
        done.renewed += renewed.length
        return rows.at(-1) ?? null
      }) as SealedRow | null
      onProgress?.(done.renewed)
    } while (after)
  }
  await sql.begin(async (tx) => {
    await noteKeyFingerprint(tx, to.fingerprint)
    await record(tx, auditKey, [
      {
        actor: 'command',
        actorName: 'npm run keys',
        role: null,
        address: null,
        action: 'keys.rotate',
        target: 'personal data',
        before: { key: from.fingerprint },
        after: { key: to.fingerprint, ...done },
      },
    ])
  })
  return done
}

function renew(row: SealedRow, { sealed, hash }: SealedTable, from: PersonalData, to: PersonalData): SealedRow | 'already' | 'unreadable' {
  const values = sealed.flatMap(column => row[column]
    ? [row[column] as Buffer]
    : [])
  if (values.every(value => textOf(value, to) !== null))
    return 'already'
  const renewed: SealedRow = { ...row }
  for (const column of sealed) {
    if (!row[column])
      continue
    const text = textOf(row[column] as Buffer, from) ?? textOf(row[column] as Buffer, to)
    if (text === null)
      return 'unreadable'
    renewed[column] = to.seal(text)
    if (hash?.of === column)
      renewed[hash.column] = to[hash.as](text)
  }
  return renewed
}

function textOf(sealed: Buffer, personal: PersonalData): string | null {
  try {
    return personal.open(sealed)
  }
  catch {
    return null
  }
}
