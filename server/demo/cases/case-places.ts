import type { LngLat } from '#contract/geometry.ts'
import type { Where } from './texts.ts'

/** A place that a matter can be about. */
export interface CasePlace {
  /** As a resident says it: 春柳新村四区3号楼 */
  name: string
  address: string
  at: LngLat
  /** How much happens there, compared with the others. */
  weight: number
  /** Staircases of a house, from which one is named. */
  units: number
  floors: number
}

export type CasePlaces = Record<Where, CasePlace[]>

/** What is reported from a place may be told this much beside it. */
export const OFF_METRES = 14

/** Without the places on the border: a report from there could lie beyond it. A list that would be empty stays as it is. */
export function awayFromBorder(places: CasePlaces, isInside: (at: LngLat) => boolean): CasePlaces {
  const around = ([lng, lat]: LngLat): LngLat[] => [
    [-1, -1],
    [-1, 1],
    [1, -1],
    [1, 1],
  ].map(([x, y]) => [lng + x! * (OFF_METRES + 3) / 89_000, lat + y! * (OFF_METRES + 3) / 111_000])
  const keep = (list: CasePlace[]) => {
    const inside = list.filter(place => around(place.at).every(isInside))
    return inside.length > 0
      ? inside
      : list
  }
  return Object.fromEntries(Object.entries(places).map(([where, list]) => [
    where,
    keep(list),
  ])) as CasePlaces
}
