import type { Box } from '../../db/queries/network.ts'
import type { Sql } from '../../db/connect.ts'
import type { Streets } from './walk-minutes.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { readWalkRecords, subdistrictBox } from '../../db/queries/network.ts'
import { streetsTrueAt } from '../../db/queries/suggestion.ts'
import { streetsOf } from './walk-minutes.ts'

/** Who stands just over the border may be the nearest: about 1.5 km more. */
const marginDegrees = 0.015
/** A subdistrict's model takes some megabytes. */
const keptModels = 4

export interface KnownStreets { of: (subdistrict: string) => Promise<Streets> }

/** The streets of a subdistrict and around it, read once until an import changes them. */
export function knownStreets(sql: Sql): KnownStreets {
  const kept = new Map<string, { trueAt: number, streets: Promise<Streets> }>()

  async function read(subdistrict: string): Promise<Streets> {
    const box = await subdistrictBox(sql, subdistrict)
    return streetsOf(buildWalkModel(await readWalkRecords(sql, box && widened(box))))
  }

  return {
    async of(subdistrict) {
      const trueAt = await streetsTrueAt(sql)
      const known = kept.get(subdistrict)
      if (known?.trueAt === trueAt)
        return known.streets
      if (!known && kept.size >= keptModels)
        kept.delete(kept.keys().next().value!)
      const streets = read(subdistrict)
      kept.set(subdistrict, { trueAt, streets })
      streets.catch(() => kept.delete(subdistrict))
      return streets
    },
  }
}

function widened([west, south, east, north]: Box): Box {
  return [
    west - marginDegrees,
    south - marginDegrees,
    east + marginDegrees,
    north + marginDegrees,
  ]
}
