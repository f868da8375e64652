import type { GeneratedTown, TownSize } from '../../server/demo/generate-town.ts'
import { generateTown } from '../../server/demo/generate-town.ts'

/** The first so many towns of a size; only as many are built. */
export function firstTowns(count: number, seed: string, size: TownSize, now: Date): GeneratedTown[] {
  const towns: GeneratedTown[] = []
  for (const town of generateTown({ seed, size, now })) {
    towns.push(town)
    if (towns.length === count)
      break
  }
  return towns
}

/** The subdistrict of a seed. */
export function townOfSeed(seed: string, now = new Date('2026-11-24T10:42:00+08:00')): GeneratedTown {
  return firstTowns(1, seed, 'subdistrict', now)[0]!
}
