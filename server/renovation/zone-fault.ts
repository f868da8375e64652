import type { RenovationZone } from '#contract/places.ts'

const sums = [
  'buildings',
  'households',
  'floorArea',
  'fundsYuan',
  'openLeftovers',
] as const
const spans = [
  ['planStart', 'planEnd'],
  ['realStart', 'realEnd'],
  ['realEnd', 'warrantyEnd'],
] as const

/** The first thing that is wrong with what a file says of a zone; null = nothing. Shares over 100 % are refused where a cell is read. */
export function faultOfZone(given: Partial<RenovationZone>): string | null {
  const negative = sums.find(field => (given[field] ?? 0) < 0)
  if (negative)
    return `数值为负 · ${negative} is negative (${given[negative]})`
  const turned = spans.find(([from, to]) => given[from] && given[to] && given[to]! < given[from]!)
  return turned
    ? `日期先后颠倒 · ${turned[1]} (${given[turned[1]]}) lies before ${turned[0]} (${given[turned[0]]})`
    : null
}
