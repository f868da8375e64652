import type { Geometry, LngLat } from '#contract/geometry.ts'
import type { LayerName } from '#contract/live.ts'
import type { Tx } from '../../db/connect.ts'
import type { Outcome } from '../../db/queries/import/outcome.ts'
import type { OverlayItem } from '../../db/queries/import/overlay-item.ts'
import type { PlacedDraft } from '../cases/append-by-subdistrict.ts'
import type { TableKind } from './columns.ts'
import type { Box } from '../places/polygon.ts'
import type { ImportJob } from './import-job.ts'
import type { FieldRow } from './table/read-fields.ts'
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { confirmLayers } from '../../db/queries/events.ts'
import { listRegionAreas } from '../../db/queries/import/settle.ts'
import { overlayEvent } from '../places/overlay-event.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { boundsOf, boundsOfPoints, joinBoxes } from '../places/polygon.ts'
import { RegionIndex, unknownSubdistrict } from '../places/region-index.ts'
import { RegionNames } from '../places/region-names.ts'
import { inTransaction } from './import-job.ts'
import { fieldRows } from './table/field-rows.ts'
import { reasonOf } from './table/read-fields.ts'

/** What a row says of an item. */
export interface GivenItem {
  id: string
  /** only what the file has columns for */
  given: Record<string, unknown>
  geometry: Geometry | null
  /** where it is, for its regions; null = nowhere in particular */
  point: LngLat | null
  /** where it belongs, when the file says so better than its place */
  subdistrict?: string | undefined
}

export interface Overlay {
  kind: TableKind
  layer: LayerName
  noun: string
  /** what a new item has where the file is silent */
  defaults: Record<string, unknown>
  /** properties that no screen gets */
  hidden?: readonly string[]
  /** an item that has moved since keeps its place */
  keepsPlace?: true
  read: (row: FieldRow, job: ImportJob, regions: Regions) => GivenItem | { fault: string }
  lock: (tx: Tx, ids: readonly string[]) => Promise<OverlayItem[]>
  write: (tx: Tx, items: readonly OverlayItem[]) => Promise<void>
  /** keeps what changed for a history of its own */
  note?: (tx: Tx, changes: readonly { id: string, before: unknown, after: unknown }[]) => Promise<void>
}

export interface Regions { index: RegionIndex, names: RegionNames }

/** Loads a layer of things on the map, in transactions of one batch each. `changedIn` is around all that changed, before and after. */
export async function importOverlay(job: ImportJob, overlay: Overlay): Promise<Outcome & { changedIn: Box | null }> {
  const areas = await listRegionAreas(job.sql)
  const regions: Regions = {
    index: new RegionIndex(areas),
    names: new RegionNames(areas),
  }
  const seen = new Map<string, number>()
  const total: Outcome = { created: 0, updated: 0, unchanged: 0 }
  let changedIn: Box | null = null
  for await (const rows of fieldRows(job, overlay.kind)) {
    const items = new Map<string, { item: GivenItem, row: FieldRow }>()
    const rejectRow = (row: FieldRow, reason: string) => job.reject({
      at: row.at,
      reason,
      original: row.original(),
    })
    for (const row of rows) {
      const item = row.faults.length > 0
        ? {
            fault: reasonOf(row.faults),
          }
        : overlay.read(row, job, regions)
      if ('fault' in item) {
        rejectRow(row, item.fault)
        continue
      }
      if (seen.has(item.id)) {
        rejectRow(row, `编号或名称重复 · “${item.id}” was already in row ${seen.get(item.id)}; two things of one name need an id each`)
        continue
      }
      seen.set(item.id, row.at)
      items.set(item.id, { item, row })
    }
    await inTransaction(job, async (tx) => {
      const known = Map.groupBy(await overlay.lock(tx, [
        ...items.keys(),
      ]), ({ id }) => id)
      const changed: OverlayItem[] = []
      const notes: { id: string, before: unknown, after: unknown }[] = []
      const drafts: PlacedDraft[] = []
      for (const { item, row } of items.values()) {
        const subdistrict = ownerOf(item, known.get(item.id) ?? [], regions)
        const before = known.get(item.id)?.find(other => other.subdistrict === subdistrict || other.properties.name === item.given.name) ?? null
        if (!before && known.has(item.id)) {
          rejectRow(row, `编号已被占用 · the id “${item.id}” belongs to “${String(known.get(item.id)![0]!.properties.name)}” in subdistrict ${known.get(item.id)![0]!.subdistrict}`)
          continue
        }
        const after = merged(overlay, item, before, subdistrict)
        const draft = overlayEvent(overlay, before, after, before ? 'corrected' : 'imported')
        if (draft) {
          changed.push(after)
          notes.push({
            id: after.id,
            ...differenceOf(before, after),
          })
          changedIn = [before?.geometry, after.geometry].reduce((box, geometry) => geometry
            ? joinBoxes(box, boundsOfGeometry(geometry))
            : box, changedIn)
          drafts.push({ subdistrict, draft })
          total[before ? 'updated' : 'created']++
        }
        else {
          total.unchanged++
        }
      }
      if (changed.length > 0)
        await overlay.write(tx, changed)
      if (notes.length > 0)
        await overlay.note?.(tx, notes)
      // What no screen sees makes no event: a new phone number.
      await appendBySubdistrict(tx, drafts.filter(({ draft }) => draft.feature || draft.geometry !== undefined || Object.keys(draft.set ?? {}).length > 0))
    })
  }
  await inTransaction(job, tx => confirmLayers(tx, [overlay.layer], job.now))
  return { ...total, changedIn }
}

function ownerOf({ point, subdistrict }: GivenItem, known: readonly OverlayItem[], { index }: Regions): string {
  return subdistrict ?? (point
    ? index.ownerOf(point)
    : known[0]?.subdistrict ?? index.home ?? unknownSubdistrict)
}

function merged({ defaults, keepsPlace }: Overlay, item: GivenItem, before: OverlayItem | null, subdistrict: string): OverlayItem {
  const geometry = keepsPlace && before?.geometry
    ? before.geometry
    : item.geometry ?? before?.geometry ?? null
  return {
    id: item.id,
    subdistrict,
    geometry,
    properties: {
      ...before?.properties ?? defaults,
      ...item.given,
      id: item.id,
    },
  }
}

/** The properties that are others now, and what they were; a new item has no before. */
function differenceOf(before: OverlayItem | null, after: OverlayItem): { before: unknown, after: unknown } {
  if (!before)
    return { before: null, after: after.properties }
  const keys = Object.keys(after.properties).filter(key => !isDeepStrictEqual(before.properties[key], after.properties[key]))
  const pick = ({ properties }: OverlayItem) => Object.fromEntries(keys.map(key => [key, properties[key] ?? null]))
  return {
    before: pick(before),
    after: pick(after),
  }
}

/** An id for what the file gives none: the same name gives the same. */
export function idOfName(noun: string, name: string): string {
  return `${noun}-${createHash('sha256').update(name.normalize('NFKC').replace(/\s+/g, '')).digest('hex').slice(0, 12)}`
}

/** The community in which it lies; outside of all, the one that the file names. */
export function communityOf(point: LngLat, named: unknown, { index, names }: Regions): string | null {
  const here = index.regionsAt(point)
  return here.community ?? (typeof named === 'string'
    ? names.find(named, ['community', 'village'], here.subdistrict ?? undefined)?.id ?? null
    : null)
}

function boundsOfGeometry(geometry: Geometry): Box {
  if (geometry.type === 'Point')
    return boundsOfPoints([geometry.coordinates])
  return geometry.type === 'LineString'
    ? boundsOfPoints(geometry.coordinates)
    : boundsOf(geometry)
}
