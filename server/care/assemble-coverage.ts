import type { Coverage, CoverageQuery } from '#contract/coverage.ts'
import type { Feature } from '#contract/geometry.ts'
import type { CoverageCalculator, CoverageFigures, CoverageQuestion } from '#coverage/coverage.ts'

/** Figures and polygons as the wire has them. */
export function assembleCoverage(calculator: CoverageCalculator, question: CoverageQuestion, { at }: Pick<CoverageQuery, 'at'>, now: Date): Coverage {
  const figures = calculator.figures(question)
  const { minutes, walker, kinds } = question.settings
  return {
    asOf: now.toISOString(),
    minutes,
    speed: walker.speed,
    wheelchair: walker.wheelchair,
    crossing: walker.crossingSeconds,
    at,
    kinds,
    rates: figures.rates,
    ages: figures.ages,
    bySubdistrict: figures.bySubdistrict,
    byCommunity: figures.byCommunity,
    byGrid: figures.byGrid,
    byKind: figures.byKind,
    capacity: figures.capacity,
    byFacility: figures.byFacility,
    reach: {
      type: 'FeatureCollection',
      features: reachOf(calculator, question, figures),
    },
    missed: { type: 'FeatureCollection', features: figures.missed },
  }
}

/**
 * One polygon a walking time. Where there are several subdistricts, each has its own, of its own facilities (the id ends with
 * its code), so that a facility that opens changes what is drawn of one subdistrict and not of a whole city.
 */
function reachOf(calculator: CoverageCalculator, question: CoverageQuestion, figures: CoverageFigures): Feature[] {
  const { facilities, communities } = question
  const subdistricts = new Set(communities.map(({ subdistrict }) => subdistrict))
  if (subdistricts.size < 2)
    return calculator.reach(question, figures)
  const groups = Map.groupBy(figures.counted, facility => facilities[facility]!.subdistrict)
  return [...groups].flatMap(([subdistrict, group]) => calculator.reach(question, figures, group).map(feature => ({
    ...feature,
    id: `${feature.id}-${subdistrict}`,
    properties: { ...feature.properties, subdistrict },
  })))
}
