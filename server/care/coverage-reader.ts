import type { Coverage, CoverageQuery } from '#contract/coverage.ts'
import type { CoverageCalculator } from '#coverage/coverage.ts'
import type { CoverageSettings } from '#coverage/settings.ts'
import type { WalkModel } from '#coverage/walk-model.ts'
import type { Sql } from '../../db/connect.ts'
import { createCoverageCalculator } from '#coverage/coverage.ts'
import { withGates } from '#coverage/gates.ts'
import { drawingStepFor } from '#coverage/ground-grid.ts'
import { weekMinuteOf } from '#coverage/opening-hours.ts'
import { defaultLinkSettings, defaultSettings } from '#coverage/settings.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { readCommunityRecords, readFacilityRecords, readGridAreas, readSubdistrictNames, readWalkRecords } from '../../db/queries/network.ts'
import { assembleCoverage } from './assemble-coverage.ts'
import { placeInGrids } from './place-in-grids.ts'

export interface CoverageRequest {
  query: CoverageQuery
  /** Another number than last time: streets, buildings or people have changed. */
  network: number
}

export interface CoverageReader {
  answer: (request: CoverageRequest) => Promise<Coverage>
}

/** The models of that many hours are kept. */
const keptHours = 3

/**
 * Coverage by what the database holds at one moment. The walking model is built once and kept until the network changes;
 * facilities are read each time, so that one that opens, closes or moves costs only the search.
 */
export function createCoverageReader(sql: Sql, now: () => Date = () => new Date()): CoverageReader {
  let kept: { network: number, model: WalkModel } | null = null
  const byHour = new Map<string, CoverageCalculator>()

  async function answer({ query, network }: CoverageRequest): Promise<Coverage> {
    const isKnown = kept?.network === network && byHour.has(query.at)
    const { records, facilities, communities, grids, subdistricts } = await sql.begin('isolation level repeatable read read only', async tx => ({
      records: isKnown
        ? null
        : await readWalkRecords(tx),
      facilities: await readFacilityRecords(tx),
      communities: await readCommunityRecords(tx),
      grids: query.grids === 'yes'
        ? await readGridAreas(tx)
        : [],
      subdistricts: await readSubdistrictNames(tx),
    }))
    if (kept?.network !== network)
      byHour.clear()
    if (records) {
      const at = weekMinuteOf(query.at)
      const known = kept?.network === network
        ? withGates(kept.model, { at })
        : null
      const model = known ?? buildWalkModel(records, { ...defaultLinkSettings, at })
      kept = { network, model }
      if (byHour.size >= keptHours)
        byHour.delete(byHour.keys().next().value!)
      byHour.set(query.at, createCoverageCalculator(model, drawingStepFor(model)))
    }
    return assembleCoverage(byHour.get(query.at)!, {
      facilities: placeInGrids(facilities, grids),
      communities,
      grids,
      subdistricts,
      settings: settingsOf(query),
    }, query, now())
  }

  return { answer }
}

function settingsOf({ minutes, speed, wheelchair, crossing, kinds }: CoverageQuery): CoverageSettings {
  return {
    ...defaultSettings,
    minutes,
    kinds: kinds ?? defaultSettings.kinds,
    walker: {
      ...defaultSettings.walker,
      speed,
      wheelchair: wheelchair === 'yes',
      crossingSeconds: crossing,
    },
  }
}
