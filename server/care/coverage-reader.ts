import type { Coverage, CoverageQuery } from '#contract/coverage.ts'
import type { CoverageCalculator } from '#coverage/coverage.ts'
import type { CoverageSettings } from '#coverage/settings.ts'
import type { Sql } from '../../db/connect.ts'
import { createCoverageCalculator } from '#coverage/coverage.ts'
import { drawingStepFor } from '#coverage/ground-grid.ts'
import { defaultSettings } from '#coverage/settings.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { readCommunityRecords, readFacilityRecords, readWalkRecords } from '../../db/queries/network.ts'
import { assembleCoverage } from './assemble-coverage.ts'

export interface CoverageRequest {
  query: CoverageQuery
  /** Another number than last time: streets, buildings or people have changed. */
  network: number
}

export interface CoverageReader {
  answer: (request: CoverageRequest) => Promise<Coverage>
}

/**
 * Coverage by what the database holds at one moment. The walking model is built once and kept until the network changes;
 * facilities are read each time, so that one that opens, closes or moves costs only the search.
 */
export function createCoverageReader(sql: Sql, now: () => Date = () => new Date()): CoverageReader {
  let kept: { network: number, calculator: CoverageCalculator } | null = null

  async function answer({ query, network }: CoverageRequest): Promise<Coverage> {
    const { records, facilities, communities } = await sql.begin('isolation level repeatable read read only', async tx => ({
      records: kept?.network === network
        ? null
        : await readWalkRecords(tx),
      facilities: await readFacilityRecords(tx),
      communities: await readCommunityRecords(tx),
    }))
    if (records) {
      const model = buildWalkModel(records)
      kept = {
        network,
        calculator: createCoverageCalculator(model, drawingStepFor(model)),
      }
    }
    return assembleCoverage(kept!.calculator, {
      facilities,
      communities,
      settings: settingsOf(query),
    }, now())
  }

  return { answer }
}

function settingsOf({ minutes, speed }: CoverageQuery): CoverageSettings {
  return {
    ...defaultSettings,
    minutes,
    walker: { ...defaultSettings.walker, speed },
  }
}
