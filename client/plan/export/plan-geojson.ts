import type { Rate } from '#contract/coverage.ts'
import type { PlanContent } from '#contract/plan.ts'
import type { PlanLayers } from '#contract/plan-file.ts'
import type { Feature } from '#contract/geometry.ts'
import type { PlanReport } from '#coverage/plan/plan-report.ts'
import type { SitingOutcome } from '../siting-outcome.ts'
import type { ExportFacts } from './plan-sheets.ts'
import { namesOf } from './plan-sheets.ts'

export interface PlanGeoJson {
  type: 'FeatureCollection'
  /** what was computed, when and from which data: members that RFC 7946 lets a reader pass over */
  plan: ExportFacts & PlanContent
  features: Feature[]
}

/**
 * The plan as one collection in WGS84 (RFC 7946): property `layer` = facility, reach, missed, gap, house, unlinked, parcel or bridge. Desktop programs
 * tell points, lines and areas apart by themselves.
 */
export function planGeoJson({ content, figures, gaps, missed, reach, regions, houses, unlinked }: PlanReport, facts: ExportFacts, siting: SitingOutcome | null = null): PlanGeoJson {
  const chosen = new Set(siting?.chosen.map(({ id }) => id))
  const names = namesOf(regions)
  const features: Feature[] = [
    ...reach.map(({ geometry, properties, id }) => ({
      type: 'Feature' as const,
      id: id ?? `reach-${properties.minutes}`,
      geometry,
      properties: { layer: 'reach', ...properties },
    })),
    ...figures.facilities.map(({ id, lng, lat, ...facility }) => ({
      type: 'Feature' as const,
      id: `facility-${id}`,
      geometry: {
        type: 'Point' as const,
        coordinates: [lng, lat] as [number, number],
      },
      properties: {
        layer: 'facility',
        facility: id,
        ...facility,
        communityName: names.get(facility.community ?? '') ?? null,
      },
    })),
    ...missed.map(feature => ({
      ...feature,
      properties: {
        layer: 'missed',
        ...feature.properties,
        communityName: names.get(feature.properties.community as string) ?? null,
      },
    })),
    ...gaps.map(({ key, centre, communities, people, ages, buildings, minutesShort, beyond, unlinked, nearest, opening, cases }, i) => ({
      type: 'Feature' as const,
      id: `gap-${key}`,
      geometry: { type: 'Point' as const, coordinates: centre },
      properties: {
        layer: 'gap',
        gap: key,
        rank: i + 1,
        community: communities[0] ?? null,
        communityName: names.get(communities[0] ?? '') ?? null,
        people,
        ...Object.fromEntries(ages.map(({ band, people }) => [`people ${band}`, people])),
        buildings,
        minutesShort,
        beyond,
        unlinked,
        nearest,
        cases,
        opening: opening?.kind ?? null,
        openingMetres: opening?.metres ?? null,
        openingHelps: opening?.people[0] ?? null,
      },
    })),
    ...houses.map(({ id, lng, lat, seconds, perThousand, ...house }) => ({
      type: 'Feature' as const,
      id: `house-${id}`,
      geometry: {
        type: 'Point' as const,
        coordinates: [lng, lat] as [number, number],
      },
      properties: {
        layer: 'house',
        building: String(id),
        ...house,
        communityName: names.get(house.community ?? '') ?? null,
        seconds: seconds === null
          ? null
          : Math.round(seconds),
        perThousand: Math.round(perThousand * 10) / 10,
      },
    })),
    ...unlinked.map(({ id, lng, lat, ...house }) => ({
      type: 'Feature' as const,
      id: `unlinked-${id}`,
      geometry: {
        type: 'Point' as const,
        coordinates: [lng, lat] as [number, number],
      },
      properties: {
        layer: 'unlinked',
        building: id,
        ...house,
        communityName: names.get(house.community ?? '') ?? null,
      },
    })),
    ...(content.candidates ?? []).map(({ id, outline, lng, lat, ...parcel }) => ({
      type: 'Feature' as const,
      id: `parcel-${id}`,
      geometry: outline ?? {
        type: 'Point' as const,
        coordinates: [lng, lat] as [number, number],
      },
      properties: {
        layer: 'parcel',
        parcel: id,
        ...parcel,
        lng,
        lat,
        chosen: chosen.has(id),
      },
    })),
    ...content.changes.flatMap((change, i) => change.do === 'bridge'
      ? [
          {
            type: 'Feature' as const,
            id: `bridge-${i + 1}`,
            geometry: {
              type: 'LineString' as const,
              coordinates: [change.from, change.to],
            },
            properties: { layer: 'bridge', counted: !figures.lost.some(lost => JSON.stringify(lost) === JSON.stringify(change)) },
          },
        ]
      : []),
  ]
  return {
    type: 'FeatureCollection',
    plan: {
      ...facts,
      ...content,
    },
    features,
  }
}

/** The same layers as the server takes them for a GeoPackage, with the settings as facts beside them. */
export function planLayers(report: PlanReport, facts: ExportFacts, siting: SitingOutcome | null): PlanLayers {
  const { features } = planGeoJson(report, facts, siting)
  const { settings: { at: hour, ...settings }, changes } = report.content
  const { people, facilities, space } = report.figures.rates
  const rate = (name: string, { numerator, denominator, unit, source }: Rate) => ({
    [`${name} numerator`]: numerator,
    [`${name} denominator`]: denominator,
    [`${name} unit`]: unit,
    [`${name} source`]: source,
  })
  return {
    name: facts.name,
    facts: {
      ...facts,
      ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [
        key,
        typeof value === 'object'
          ? JSON.stringify(value)
          : value,
      ])),
      hour,
      changes: changes.length,
      ...rate('people', people),
      ...rate('facilities', facilities),
      ...rate('space', space),
    },
    features,
  }
}
