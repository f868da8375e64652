import type { Party } from '#contract/wages.ts'

export interface ChainRow { party: Party, depth: number }

/** The tree as rows, each below the one that let the work to it; what hangs on nothing begins anew. */
export function chainRows(parties: readonly Party[]): ChainRow[] {
  const below = Map.groupBy(parties, ({ parent }) => parent)
  const rows: ChainRow[] = []
  const walk = (parent: string | null, depth: number) => below.get(parent)?.forEach((party) => {
    rows.push({ party, depth })
    walk(party.id, depth + 1)
  })
  walk(null, 0)
  return rows
}
