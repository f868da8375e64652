import type { Problem } from '#contract/problem.ts'
import { ApiProblem } from '../../api.ts'

/** 'parties.2.parent' → row 2, field parent; what is about no row is null. */
export function faultsByRow(problem: Problem | null): Map<number, string[]> {
  const faults = new Map<number, string[]>()
  for (const { path } of problem?.errors ?? []) {
    const [, row, field] = path.split('.')
    if (row !== undefined && field !== undefined && !faults.get(Number(row))?.includes(field)) {
      faults.set(Number(row), [
        ...faults.get(Number(row)) ?? [],
        field,
      ])
    }
  }
  return faults
}

export function isStale(problem: Problem | null): boolean {
  return problem?.type.endsWith(':stale') ?? false
}

export function problemOf(error: unknown): Problem {
  return error instanceof ApiProblem
    ? error.problem
    : {
        type: 'about:blank',
        title: String(error),
        status: 0,
      }
}
