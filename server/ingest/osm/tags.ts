/** What mappers wrote on a node, way or relation. */
export type Tags = Readonly<Record<string, string>>

/** The local name; a Chinese or English one where there is no local one. */
export function nameOf(tags: Tags): string | null {
  return tags.name || tags['name:zh'] || tags['name:en'] || null
}

/** bridge=yes, bridge=viaduct, …, but not bridge=no. */
export function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== 'no'
}

/** Values of foot=* and access=* that keep walkers out. */
export const closes = new Set([
  'no',
  'private',
  'use_sidepath',
  'agricultural',
  'forestry',
  'delivery',
  'military',
])
