import type { Geometry } from '#contract/geometry.ts'

/** A zone, worksite, facility or officer as an import compares it: its properties on the wire, and where it belongs. */
export interface OverlayItem {
  id: string
  subdistrict: string
  properties: Record<string, unknown>
  geometry: Geometry | null
}
