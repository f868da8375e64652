import type { LngLat } from '#contract/geometry.ts'
import type { OsmRelation } from './osm-element.ts'
import { areaOfRing, isInRing } from '../../places/polygon.ts'

export interface MemberWay { refs: number[], points: LngLat[] }

/**
 * The polygons of a multipolygon relation: member ways are joined end to end to rings, and each inner ring goes to the
 * smallest outer ring around it. Each polygon is [outer ring, …inner rings], rings closed.
 *
 * @returns null when the file does not hold all of it (a member is missing or a ring does not close)
 */
export function assembleMultipolygon(relation: OsmRelation, wayOf: (id: number) => MemberWay | undefined): LngLat[][][] | null {
  const members = relation.members.filter(({ type, role }) => type === 'way' && (role === '' || role === 'outer' || role === 'inner'))
  const ringsOf = (inner: boolean): LngLat[][] | null => {
    const ways = members.filter(({ role }) => (role === 'inner') === inner).map(({ ref }) => wayOf(ref))
    return ways.every(way => way !== undefined)
      ? joinToRings(ways)
      : null
  }
  const outers = ringsOf(false)
  const inners = ringsOf(true)
  if (!outers || outers.length === 0 || !inners)
    return null
  const bySize = outers.map(ring => ({
    ring,
    size: Math.abs(areaOfRing(ring)),
    holes: [] as LngLat[][],
  })).sort((a, b) => a.size - b.size)
  for (const hole of inners)
    bySize.find(({ ring }) => isInRing(hole[0]!, ring) || isInRing(hole[1]!, ring))?.holes.push(hole)
  return bySize.map(({ ring, holes }) => [ring, ...holes])
}

function joinToRings(ways: MemberWay[]): LngLat[][] | null {
  const rings: LngLat[][] = []
  const open = new Set(ways.filter(({ refs }) => refs.length > 1))
  const byEnd = new Map<number, MemberWay[]>()
  for (const way of open) {
    for (const end of [
      way.refs[0]!,
      way.refs.at(-1)!,
    ]) {
      byEnd.set(end, [
        ...byEnd.get(end) ?? [],
        way,
      ])
    }
  }
  for (const start of open) {
    open.delete(start)
    const points = [...start.points]
    let end = start.refs.at(-1)!
    while (end !== start.refs[0]) {
      const next = byEnd.get(end)?.find(way => open.has(way))
      if (!next)
        return null
      open.delete(next)
      const isForward = next.refs[0] === end
      points.push(...(isForward
        ? next.points
        : next.points.toReversed()).slice(1))
      end = isForward
        ? next.refs.at(-1)!
        : next.refs[0]!
    }
    if (points.length >= 4)
      rings.push(points)
  }
  return rings
}
