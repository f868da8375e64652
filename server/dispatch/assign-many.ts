import type { Highs } from 'highs'

/** A case and who could be sent there, best first; the score is 0 to 1. `weight`: how much it counts against the others, 1 or more. */
export interface CaseToAssign<Officer extends { officer: string, score: number }> {
  id: string
  weight: number
  suggested: readonly Officer[]
}

export interface Assigned<Officer> {
  given: { case: string, officer: Officer }[]
  /** nobody: no one can be sent there at all · taken: all who could be are sent elsewhere */
  left: { case: string, reason: 'nobody' | 'taken' }[]
}

/** As somebody does who goes down the list: the first case gets its best, the next its best of the rest. */
export function assignInTurn<Officer extends { officer: string, score: number }>(cases: readonly CaseToAssign<Officer>[], perOfficer: number): Assigned<Officer> {
  const busy = new Map<string, number>()
  return gather(cases, ({ suggested }) => {
    const best = suggested.find(({ officer }) => (busy.get(officer) ?? 0) < perOfficer)
    if (best)
      busy.set(best.officer, (busy.get(best.officer) ?? 0) + 1)
    return best
  })
}

/**
 * The best of all ways to send officers to many cases at once, each to `perOfficer` at most: as many cases as possible, the
 * weightier before the others, and of those ways the one with the highest sum of weight times score (the assignment problem, by
 * HiGHS; its linear program has whole solutions: Birkhoff 1946). 60 cases take about 0.1 s.
 */
export function assignBest<Officer extends { officer: string, score: number }>(highs: Highs, cases: readonly CaseToAssign<Officer>[], perOfficer: number): Assigned<Officer> {
  // With n cases the others take n − 1 at most: nobody behind one's n-th best is ever needed.
  const options = cases.flatMap(({ suggested, weight }, row) => suggested.slice(0, cases.length).map(officer => ({ row, officer, weight })))
  if (options.length === 0)
    return gather(cases, () => undefined)
  const sum = (columns: number[]) => columns.map(column => `+ x${column}`).join(' ')
  const columns = options.map((_, column) => column)
  const byCase = Map.groupBy(columns, column => options[column]!.row)
  const byOfficer = Map.groupBy(columns, column => options[column]!.officer.officer)
  const { Columns: solution, Status } = highs.solve([
    'Maximize',
    ` total: ${options.map(({ officer, weight }, column) => `+ ${(weight * (cases.length + officer.score)).toFixed(9)} x${column}`).join(' ')}`,
    'Subject To',
    ...[...byCase].map(([row, columns]) => ` case${row}: ${sum(columns)} <= 1`),
    ...[
      ...byOfficer.values(),
    ].map((columns, index) => ` officer${index}: ${sum(columns)} <= ${perOfficer}`),
    'End',
  ].join('\n'))
  if (Status !== 'Optimal')
    throw new Error(`the assignment of ${cases.length} cases was not solved: ${Status}`)
  const chosen = new Map(columns.filter(column => solution[`x${column}`]!.Primal > 0.5).map(column => [options[column]!.row, options[column]!.officer]))
  return gather(cases, (_, row) => chosen.get(row))
}

function gather<Officer extends { officer: string, score: number }>(cases: readonly CaseToAssign<Officer>[], choose: (item: CaseToAssign<Officer>, row: number) => Officer | undefined): Assigned<Officer> {
  const assigned: Assigned<Officer> = { given: [], left: [] }
  cases.forEach((item, row) => {
    const officer = choose(item, row)
    if (officer) {
      assigned.given.push({ case: item.id, officer })
    }
    else {
      assigned.left.push({
        case: item.id,
        reason: item.suggested.length === 0
          ? 'nobody'
          : 'taken',
      })
    }
  })
  return assigned
}
