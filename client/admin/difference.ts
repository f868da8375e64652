/** One thing that changed: null on a side where there was nothing. */
export interface Difference { key: string, before: string | null, after: string | null }

/** What changed, key by key, in the order of what there was before: `{role: 'duty'}` → `{role: 'grid'}` is one line. */
export function differences(before: unknown, after: unknown): Difference[] {
  const [was, is] = [
    partsOf(before),
    partsOf(after),
  ]
  return [
    ...new Set([
      ...was.keys(),
      ...is.keys(),
    ]),
  ].map(key => ({
    key,
    before: was.get(key) ?? null,
    after: is.get(key) ?? null,
  })).filter(({ before, after }) => before !== after)
}

function partsOf(value: unknown): Map<string, string> {
  if (value === null || value === undefined)
    return new Map()
  const parts = typeof value === 'object' && !Array.isArray(value)
    ? Object.entries(value)
    : [
        ['', value] as const,
      ]
  return new Map(parts.filter(([, part]) => part !== null && part !== undefined).map(([key, part]) => [
    key,
    textOf(part),
  ]))
}

function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : JSON.stringify(value)
}
