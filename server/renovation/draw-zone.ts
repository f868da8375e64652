import type { ZoneArea, ZoneFacts } from '#contract/renovation.ts'
import type { Sql, SqlOrTx } from '../../db/connect.ts'
import type { OverlayItem } from '../../db/queries/import/overlay-item.ts'
import type { FieldFault } from '../wages/chain.ts'
import type { ZoneDone, ZoneWork, ZoneWriter } from './change-zone.ts'
import { lockZones, writeZones } from '../../db/queries/import/renovation-zones.ts'
import { listRegionAreas, lockPlaces } from '../../db/queries/import/settle.ts'
import { listZoneOutlines, writeChange } from '../../db/queries/zone-ledger.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { idOfName } from '../ingest/overlay.ts'
import { readArea } from '../ingest/table/read-geometry.ts'
import { overlayEvent } from '../places/overlay-event.ts'
import { centreOf } from '../places/polygon.ts'
import { RegionIndex } from '../places/region-index.ts'
import { faultOfArea, namedArea } from './area-faults.ts'
import { faultsOfFacts } from './part-faults.ts'
import { zoneDefaults } from './zone-defaults.ts'
import { settleZone } from './settle-zones.ts'

type Placed = { area: ZoneArea, subdistrict: string, community: string | null } | { faults: FieldFault[] }

/** A zone gets another outline; the community and subdistrict in which it lies then are its own. */
export async function changeArea({ tx, item }: ZoneWork, given: ZoneArea): Promise<ZoneDone> {
  const placed = await placeArea(tx, item.id, given)
  return 'faults' in placed
    ? placed
    : {
        part: 'area',
        before: item.geometry,
        after: placed.area,
        verb: 'area-changed',
        item: {
          ...item,
          subdistrict: placed.subdistrict,
          geometry: placed.area,
          properties: { ...item.properties, community: placed.community ?? item.properties.community },
        },
      }
}

/** A zone that nobody has imported; its name gives its id, so that a later import of the same name meets it. */
export async function drawZone({ sql, now }: { sql: Sql, now: () => Date }, { facts, area, by }: { facts: ZoneFacts, area: ZoneArea, by: ZoneWriter }): Promise<{ id: string } | { faults: FieldFault[] }> {
  const at = now()
  const today = textOfDay(chinaDayOf(at))
  const id = idOfName('zone', facts.name)
  const drawn = await sql.begin(async (tx): Promise<{ id: string } | { faults: FieldFault[] }> => {
    await lockPlaces(tx)
    const placed = await placeArea(tx, null, area)
    const faults = [
      ...faultsOfFacts(facts, null),
      ...(await lockZones(tx, [id])).length > 0
        ? [
            { path: 'facts.name', message: `there is a zone “${facts.name}” already` },
          ]
        : [],
      ...'faults' in placed
        ? placed.faults
        : [],
    ]
    if (faults.length > 0 || 'faults' in placed)
      return { faults }
    const zone: OverlayItem = {
      id,
      subdistrict: placed.subdistrict,
      geometry: placed.area,
      properties: {
        ...zoneDefaults,
        ...facts,
        id,
        community: placed.community,
      },
    }
    await writeZones(tx, [zone])
    const head = { subdistrict: placed.subdistrict, zone: id, version: -1 }
    await writeChange(tx, head, {
      at,
      actor: by.id,
      actorName: by.name,
      part: 'drawn',
      before: null,
      after: facts,
    })
    const settled = await settleZone(tx, null, zone, { verb: 'drawn', today })
    await appendBySubdistrict(tx, [
      settled ?? {
        subdistrict: placed.subdistrict,
        draft: overlayEvent({ noun: 'zone' }, null, zone, 'drawn')!,
      },
    ])
    return { id }
  })
  return drawn as { id: string } | { faults: FieldFault[] }
}

async function placeArea(tx: SqlOrTx, id: string | null, given: ZoneArea): Promise<Placed> {
  const read = readArea({ geometry: given } as never, 'wgs84')
  if ('fault' in read) {
    return {
      faults: [
        { path: 'area', message: read.fault },
      ],
    }
  }
  const regions = await listRegionAreas(tx)
  const fault = faultOfArea(id, read.value, (await listZoneOutlines(tx)).map(namedArea), regions.filter(({ level }) => level === 'subdistrict').map(({ geometry }) => geometry))
  if (fault !== null) {
    return {
      faults: [
        { path: 'area', message: fault },
      ],
    }
  }
  const index = new RegionIndex(regions)
  const centre = centreOf(read.value)
  return {
    area: read.value,
    subdistrict: index.ownerOf(centre),
    community: index.regionsAt(centre).community,
  }
}
