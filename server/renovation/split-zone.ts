import type { LngLat, Polygon } from '#contract/geometry.ts'
import type { OverlayItem } from '../../db/queries/import/overlay-item.ts'
import type { ZoneDone, ZoneWork } from './change-zone.ts'
import { lockZones, writeZones } from '../../db/queries/import/renovation-zones.ts'
import { listRegionAreas } from '../../db/queries/import/settle.ts'
import { readStages, removeZone, replaceStages, writeChange, zonesWithLedger } from '../../db/queries/zone-ledger.ts'
import { idOfName } from '../ingest/overlay.ts'
import { overlayEvent } from '../places/overlay-event.ts'
import { centreOf } from '../places/polygon.ts'
import { RegionIndex } from '../places/region-index.ts'
import { cutArea, joinAreas } from './cut-area.ts'
import { changeArea } from './draw-zone.ts'

/**
 * A zone becomes two along a straight line: the larger part keeps the ledger, the other begins with the same batch, stage, dates
 * and parties; how many houses and homes each has, somebody has to say.
 */
export async function splitZone(work: ZoneWork, { line, name }: { line: readonly [LngLat, LngLat], name: string }): Promise<ZoneDone> {
  const { tx, item, at, by } = work
  const pieces = cutArea(item.geometry as Polygon, line)
  if (!pieces) {
    return {
      faults: [
        { path: 'line', message: 'the line does not cut the zone in two' },
      ],
    }
  }
  const id = idOfName('zone', name)
  if ((await lockZones(tx, [id])).length > 0) {
    return {
      faults: [
        { path: 'name', message: `there is a zone “${name}” already` },
      ],
    }
  }
  const kept = await changeArea(work, pieces[0])
  if (!('part' in kept))
    return kept
  const index = new RegionIndex(await listRegionAreas(tx))
  const other: OverlayItem = {
    ...kept.item!,
    id,
    geometry: pieces[1],
    properties: {
      ...item.properties,
      id,
      name,
      community: index.regionsAt(centreOf(pieces[1])).community ?? item.properties.community,
      buildings: null,
      households: null,
      floorArea: null,
      consentRate: null,
      fundsYuan: null,
      openLeftovers: 0,
    },
  }
  await writeZones(tx, [other])
  const head = { subdistrict: other.subdistrict, zone: id, version: -1 }
  await replaceStages(tx, head, (await readStages(tx, [item.id])).map(({ zone: _, ...stage }) => stage))
  await writeChange(tx, head, {
    at,
    actor: by.id,
    actorName: by.name,
    part: 'drawn',
    before: null,
    after: { name, from: item.id },
  })
  return {
    ...kept,
    part: 'split',
    after: { name, id },
    drafts: [
      {
        subdistrict: other.subdistrict,
        draft: overlayEvent({ noun: 'zone' }, null, other, 'drawn')!,
      },
    ],
  }
}

/** Another zone that touches this one becomes part of it; only one of which nothing has been written down, for that would be lost. */
export async function mergeZones(work: ZoneWork, otherId: string): Promise<ZoneDone> {
  const { tx, item } = work
  const [other] = otherId === item.id
    ? []
    : await lockZones(tx, [otherId])
  if (!other || other.subdistrict !== item.subdistrict) {
    return {
      faults: [
        { path: 'other', message: 'there is no such zone in this subdistrict' },
      ],
    }
  }
  if ((await zonesWithLedger(tx, [otherId])).has(otherId)) {
    return {
      faults: [
        { path: 'other', message: `“${String(other.properties.name)}” has leftover issues, consents, funds or steps of its own` },
      ],
    }
  }
  const joined = joinAreas(item.geometry as Polygon, other.geometry as Polygon)
  if (!joined) {
    return {
      faults: [
        { path: 'other', message: 'the two do not touch' },
      ],
    }
  }
  await removeZone(tx, other.subdistrict, otherId)
  const kept = await changeArea(work, joined)
  // The area is what the two covered before: nothing can be wrong with it that was not wrong before.
  if (!('part' in kept))
    throw new Error(`zones ${item.id} and ${otherId} cannot be joined: ${JSON.stringify(kept)}`)
  return {
    ...kept,
    part: 'merge',
    after: { name: other.properties.name, id: otherId },
    drafts: [
      {
        subdistrict: other.subdistrict,
        draft: {
          type: 'zone.removed',
          id: otherId,
          regions: [other.subdistrict, other.properties.community].filter(code => typeof code === 'string'),
          gone: true,
        },
      },
    ],
  }
}
