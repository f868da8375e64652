import type { Sql } from '../../db/connect.ts'
import type { ImportFormat, ImportKind, ImportRequest, ImportSummary, Reject } from '../../server/ingest/import-request.ts'
import { Buffer } from 'node:buffer'
import { runImport } from '../../server/ingest/run-import.ts'
import { personalData } from '../../server/privacy/personal-data.ts'

export const testPersonal = personalData(new Uint8Array(32).fill(7))

/** Bytes that arrive in small pieces, so that characters, lines and elements are cut anywhere. */
export function inPieces(content: string | Uint8Array, pieceBytes = 1000): () => AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content as Uint8Array)
  return async function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes)
      yield bytes.subarray(at, at + pieceBytes)
  }
}

export interface Imported extends ImportSummary { rejects: Reject[] }

const formats: Record<ImportKind, ImportFormat> = {
  osm: 'osm-xml',
  regions: 'geojson',
  population: 'csv',
  facilities: 'geojson',
  renovation: 'geojson',
  worksites: 'geojson',
  cases: 'csv',
  officers: 'csv',
  addresses: 'csv',
}

/** Imports a text or bytes as the kind's usual format unless told otherwise. */
export async function imported(sql: Sql, kind: ImportKind, content: string | Uint8Array | object, options: Partial<ImportRequest> = {}): Promise<Imported> {
  const rejects: Reject[] = []
  const bytes = typeof content === 'string' || content instanceof Uint8Array
    ? content
    : JSON.stringify(content)
  const summary = await runImport({
    sql,
    kind,
    format: formats[kind],
    input: inPieces(bytes),
    personal: testPersonal,
    onReject: reject => rejects.push(reject),
    ...options,
  })
  return { ...summary, rejects }
}

export function counts({ created, updated, unchanged, rejected }: ImportSummary): string {
  return `${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`
}

export async function eventTypes(sql: Sql, after = 0): Promise<string[]> {
  const rows = await sql<{ type: string, id: string }[]>`select type, id from events where seq > ${after} order by seq`
  return rows.map(({ type, id }) => `${type} ${id}`)
}
