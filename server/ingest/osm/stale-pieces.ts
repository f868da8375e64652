import type { Tx } from '../../../db/connect.ts'
import type { Rows } from './rows.ts'
import { laterPieces, removePieces } from '../../../db/queries/import/settle.ts'
import { baseOfPiece, pieceStep } from './place-id.ts'

const tables = ['streets', 'barriers', 'areas'] as const

/**
 * A line that is cut into fewer pieces than at an earlier import leaves pieces behind: streets that are not there. This
 * remembers the pieces that the database has and forgets those that come again; what is left of ways in the file goes.
 */
export class StalePieces {
  readonly #left = new Map<typeof tables[number], Set<number>>()
  readonly #ways = new Set<number>()
  readonly #seen = new Set<number>()

  static async of(tx: Tx): Promise<StalePieces> {
    const pieces = new StalePieces()
    for (const table of tables) {
      const ids = await laterPieces(tx, table, pieceStep)
      pieces.#left.set(table, new Set(ids))
      ids.forEach(id => pieces.#ways.add(baseOfPiece(id)))
    }
    return pieces
  }

  /** A way of the file. */
  see(way: number): void {
    if (this.#ways.has(way))
      this.#seen.add(way)
  }

  meet(rows: Rows): void {
    for (const table of tables) {
      const left = this.#left.get(table)!
      if (left.size > 0)
        rows[table].forEach(({ id }) => left.delete(id))
    }
  }

  async remove(tx: Tx): Promise<number> {
    let removed = 0
    for (const table of tables) {
      const ids = [
        ...this.#left.get(table)!,
      ].filter(id => this.#seen.has(baseOfPiece(id)))
      if (ids.length > 0)
        await removePieces(tx, table, ids)
      removed += ids.length
    }
    return removed
  }
}
