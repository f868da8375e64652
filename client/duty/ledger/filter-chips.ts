/** A filter that came with a link and has no field on the page: it must be seen, or the list seems to lack cases. */
export interface FilterChip {
  name: 'compound' | 'zone' | 'worksite' | 'dissatisfied' | 'caller' | 'closed' | 'updated'
  /** As it is shown; '' where a code would tell nobody anything. */
  value: string
  /** What the address has of it, to be taken away together. */
  params: string[]
}

export function filterChips(query: URLSearchParams): FilterChip[] {
  const single = ([
    'compound',
    'zone',
    'worksite',
    'dissatisfied',
    'caller',
  ] as const)
    .filter(name => query.has(name))
    .map(name => ({
      name,
      value: name === 'compound' || name === 'caller'
        ? ''
        : query.get(name)!,
      params: [name],
    }))
  const spans = (['closed', 'updated'] as const)
    .map(name => ({
      name,
      params: [`${name}From`, `${name}To`],
    }))
    .filter(({ params }) => params.some(param => query.has(param)))
    .map(({ name, params }) => ({
      name,
      value: params.map(param => query.get(param) ?? '').join(' – '),
      params,
    }))
  return [
    ...single,
    ...spans,
  ]
}
