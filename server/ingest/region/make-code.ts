import type { RegionLevel } from '#contract/places.ts'
import { createHash } from 'node:crypto'

/**
 * A code for a region that has none, from its names: the same names give the same code. It is built like a real one (6
 * digits district + 3 subdistrict + 3 community or village + 3 grid); a made district begins with 0, as no province does.
 * `prefix` is the code of the region above, '' for a district. A code that another region has is skipped.
 */
export function makeCode(level: RegionLevel, name: string, prefix: string, isTaken: (code: string) => boolean): string {
  if (level === 'district')
    return firstFree(number => `0${String(number).padStart(5, '0')}`, hashOf(name), 100_000, isTaken)
  // Villages are numbered from 200, as the statistics bureau does; 000 means the region above.
  const [from, count] = level === 'community'
    ? [1, 199]
    : level === 'village'
      ? [200, 200]
      : [1, 999]
  return firstFree(number => prefix + String(from + number).padStart(3, '0'), hashOf(name), count, isTaken)
}

function firstFree(codeOf: (number: number) => string, start: number, count: number, isTaken: (code: string) => boolean): string {
  for (let step = 0; step < count; step++) {
    const code = codeOf((start + step) % count)
    if (!isTaken(code))
      return code
  }
  // More than 999 grids in a community and the like: no digits are left, and any unique text will do.
  return `${codeOf(0)}-${start.toString(36)}`
}

function hashOf(name: string): number {
  return createHash('sha256').update(name.normalize('NFKC')).digest().readUInt32BE(0)
}
