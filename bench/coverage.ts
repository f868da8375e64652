import type { TownSize } from '../server/demo/generate-town.ts'
import process from 'node:process'
import { createCoverageCalculator } from '#coverage/coverage.ts'
import { drawingStepFor } from '#coverage/ground-grid.ts'
import { defaultSettings } from '#coverage/settings.ts'
import { bytesPerEdge } from '#coverage/street-graph.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { demoRecords } from '../test/world/demo-records.ts'

// The city takes minutes to generate: only when asked for.
const sizes: TownSize[] = process.env.BENCH_CITY
  ? ['subdistrict', 'district', 'city']
  : ['subdistrict', 'district']
const rounds = 15

/**
 * All facilities of the demo computed again, single thread: times to every building, rates, missed people (no polygons); median of
 * several rounds after warming up. Beside it the polygons, the model, and what the graph takes in memory.
 */
export async function run(): Promise<Record<string, number | string>> {
  const figures: Record<string, number | string> = {}
  for (const size of sizes) {
    const { records, facilities, communities } = await demoRecords(size)
    const begun = performance.now()
    const model = buildWalkModel(records)
    const built = performance.now() - begun
    const calculator = createCoverageCalculator(model, drawingStepFor(model))
    const question = { facilities, communities, settings: defaultSettings }
    const once = calculator.figures(question)
    calculator.reach(question, once)
    Object.assign(figures, {
      [`${size}: facilities`]: once.counted.length,
      [`${size}: buildings`]: model.buildings.count,
      [`${size}: edges`]: model.graph.edgeCount,
      [`${size}: recomputed, ms`]: median(rounds, () => calculator.figures(question)),
      [`${size}: polygons, ms`]: median(3, () => calculator.reach(question, once)),
      [`${size}: model, ms`]: built,
      [`${size}: bytes an edge`]: bytesPerEdge(model.graph),
    })
  }
  return figures
}

function median(count: number, work: () => unknown): number {
  const times = Array.from({ length: count }, () => {
    const begun = performance.now()
    work()
    return performance.now() - begun
  })
  return times.sort((a, b) => a - b)[count >> 1]!
}
