import type { Tags } from './tags.ts'
import type { Box } from '../../places/polygon.ts'

export interface OsmBounds { type: 'bounds', box: Box }
export interface OsmNode { type: 'node', id: number, lng: number, lat: number, tags: Tags | null }
export interface OsmWay { type: 'way', id: number, refs: number[], tags: Tags | null }
export interface OsmMember { type: 'node' | 'way' | 'relation', ref: number, role: string }
export interface OsmRelation { type: 'relation', id: number, members: OsmMember[], tags: Tags | null }
/** An element that cannot be used, with the place in the file where it stands. */
export interface OsmBad { type: 'bad', at: string, reason: string, original: unknown }

export type OsmElement = OsmBounds | OsmNode | OsmWay | OsmRelation | OsmBad

const unuploaded = 2 ** 40

/**
 * Editors give what is not yet uploaded negative numbers. Those are free for other uses here, so such an element gets one
 * beyond all real numbers (2^40 + n; OSM had reached 2^34 in 2026).
 */
export function elementId(id: number): number {
  return id < 0
    ? unuploaded - id
    : id
}

export function isOnEarth(lng: number, lat: number): boolean {
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90
}
