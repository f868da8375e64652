import type { CaseKind, CaseStage } from '#contract/case.ts'
import type { Ring } from '../symbols/draw-sign.ts'

/** A sign on the map that may change at any moment. */
export interface LivePoint {
  id: string
  lng: number
  lat: number
  kind: CaseKind
  stage: CaseStage
  ring: Ring
  /** Cases that stand behind it; a badge shows it from 2 on. */
  count: number
  /** What lies on top: 0 lowest to 7. */
  order: number
  /** Radius of the shape in pixels at scale 1; below 10 the sign goes without its character. */
  size: number
}

export const levels = 8
