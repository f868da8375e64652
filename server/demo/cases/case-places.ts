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
