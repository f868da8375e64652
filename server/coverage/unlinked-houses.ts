import type { WalkModel } from './walk-model.ts'
import { outlineOf } from './buildings.ts'
import { findComponents } from './components.ts'
import { crossedOwners } from './crossed.ts'
import { linkCount } from './links.ts'
import { nearestPoints } from './nearest-point.ts'
import { motorRoad, rail, wall, water } from './obstacles.ts'
import { columnOf, rowOf } from './segment-grid.ts'
import { edgeFlag } from './street-graph.ts'

/**
 * Why nobody can be walked to from a house: no street is near; one is, but nothing leads to it in a straight line; or it hangs on
 * streets that no walk connects with the rest.
 */
export type UnlinkedReason = 'no-street' | 'blocked' | 'cut-off'
/** What stands in the way of the straight walk to the nearest street. */
export type InTheWay = 'wall' | 'water' | 'rail' | 'road' | 'house'

/** A house with residents aged 60 or more of whom no walk can be told. They stay in every denominator. */
export interface UnlinkedHouse {
  id: string
  name: string | null
  community: string | null
  lng: number
  lat: number
  /** aged 60 or more */
  people: number
  why: UnlinkedReason
  by: InTheWay | null
  /** from its outline to the nearest street on foot; null = further than one looks */
  metres: number | null
}

const ways: readonly (readonly [number, InTheWay])[] = [
  [water, 'water'],
  [rail, 'rail'],
  [motorRoad, 'road'],
  [wall, 'wall'],
]
/** A street is looked for that far around, in reaches of a link. */
const lookedFor = 5

/** All such houses, most people first. */
export function unlinkedHouses(model: WalkModel): UnlinkedHouse[] {
  const { buildings, graph, links, settings } = model
  const { of, largest } = findComponents(graph)
  const houses: UnlinkedHouse[] = []
  for (let b = 0; b < buildings.count; b++) {
    if (!(buildings.aged60[b]! > 0) || isConnected(b))
      continue
    const street = nearestStreet(model, b)
    const hasLink = linkCount(links, b) > 0
    houses.push({
      id: String(buildings.ids[b]),
      name: buildings.names[b] ?? null,
      community: buildings.communities[b] ?? null,
      lng: buildings.lngs[b]!,
      lat: buildings.lats[b]!,
      people: buildings.aged60[b]!,
      why: hasLink
        ? 'cut-off'
        : street && street.metres <= settings.reachMetres
          ? 'blocked'
          : 'no-street',
      by: hasLink || !street || street.metres > settings.reachMetres
        ? null
        : street.by,
      metres: street?.metres ?? null,
    })
  }
  return houses.sort((a, b) => b.people - a.people || (a.id < b.id
    ? -1
    : 1))

  function isConnected(b: number): boolean {
    for (let l = links.first[b]!; l < links.first[b + 1]!; l++) {
      const edge = links.edge[l]!
      if (of[graph.ends[2 * edge]!] === largest || of[graph.ends[2 * edge + 1]!] === largest)
        return true
    }
    return false
  }
}

function nearestStreet({ buildings, graph, linker: { edgeGrid: grid }, obstacles, settings: { reachMetres } }: WalkModel, b: number): { metres: number, by: InTheWay | null } | null {
  const outline = outlineOf(buildings, b)
  const far = reachMetres * lookedFor
  const pair = new Float64Array(4)
  const seen = new Set<number>()
  let nearest: { metres: number, edge: number, fraction: number, x: number, y: number } | null = null
  const [left, right] = [Math.min(...outline.x) - far, Math.max(...outline.x) + far]
  const [low, high] = [Math.min(...outline.y) - far, Math.max(...outline.y) + far]
  for (let row = rowOf(grid, low); row <= rowOf(grid, high); row++) {
    for (let column = columnOf(grid, left); column <= columnOf(grid, right); column++) {
      const cell = row * grid.columns + column
      for (let k = grid.first[cell]!; k < grid.first[cell + 1]!; k++) {
        const e = grid.items[k]!
        if (seen.has(e) || graph.edgeFlags[e]! & (edgeFlag.bridge | edgeFlag.tunnel))
          continue
        seen.add(e)
        const [v, u] = [graph.ends[2 * e]!, graph.ends[2 * e + 1]!]
        nearestPoints(outline, graph.x[v]!, graph.y[v]!, graph.x[u]!, graph.y[u]!, pair)
        const [fraction, x, y, metres] = pair as unknown as [number, number, number, number]
        if (metres <= far && metres < (nearest?.metres ?? Infinity))
          nearest = { metres, edge: e, fraction, x, y }
      }
    }
  }
  if (!nearest)
    return null
  const [v, u] = [graph.ends[2 * nearest.edge]!, graph.ends[2 * nearest.edge + 1]!]
  const at = (of: Float32Array) => of[v]! + (of[u]! - of[v]!) * nearest.fraction
  const owners = crossedOwners(obstacles, nearest.x, nearest.y, at(graph.x), at(graph.y))
  owners.delete(b)
  return {
    metres: nearest.metres,
    by: ways.find(([owner]) => owners.has(owner))?.[1] ?? (owners.size > 0
      ? 'house'
      : null),
  }
}
