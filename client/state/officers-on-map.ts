import type { Feature } from '#contract/geometry.ts'
import type { OfficerPosition } from './world.ts'

/** Officers where they were last seen: the volatile positions are newer than what the log says, or they are not there. */
export function onPositions(officers: ReadonlyMap<string, Feature>, positions: ReadonlyMap<string, OfficerPosition>): Feature[] {
  return Array.from(officers.values(), (officer) => {
    const seen = positions.get(officer.id)
    const known = typeof officer.properties.seenAt === 'string'
      ? Date.parse(officer.properties.seenAt)
      : 0
    if (!seen || seen.seenAt < known)
      return officer
    return {
      ...officer,
      geometry: { type: 'Point', coordinates: seen.lngLat },
      properties: {
        ...officer.properties,
        seenAt: new Date(seen.seenAt).toISOString(),
      },
    }
  })
}
