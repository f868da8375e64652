import type { Problem } from '#contract/problem.ts'

/** What the server finds wrong, by where: 'stages.2.planEnd' stands at '2.planEnd', 'facts.name' at 'name', 'evidence.0' at 'evidence'. */
export function faultsByPath(problem: Problem | null): ReadonlySet<string> {
  return new Set((problem?.errors ?? []).map(({ path }) => placeOf(path.split('.'))))
}

function placeOf(parts: readonly string[]): string {
  const row = parts.findIndex(part => /^\d+$/.test(part))
  if (row === -1)
    return parts.at(-1)!
  const field = parts[row + 1]
  return field === undefined
    ? parts[row - 1]!
    : `${parts[row]}.${field}`
}

/** Fields of one row, or of a form that has none. */
export function faultyFields(faults: ReadonlySet<string>, row: number | null): string[] {
  return [...faults]
    .filter(place => row === null
      ? !place.includes('.')
      : place.startsWith(`${row}.`))
    .map(place => place.split('.').at(-1)!)
}
