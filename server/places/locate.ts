import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { SqlOrTx } from '../../db/connect.ts'
import type { OpenAddressBook } from './address/open-address-book.ts'
import type { Placement, Places } from './placement.ts'
import Flatbush from 'flatbush'
import { listAliases, readAddressSource } from '../../db/queries/addresses.ts'
import { listBuildingAreas, listWorksitePoints, listZoneAreas } from '../../db/queries/places.ts'
import { listCompounds, listRegionAreas } from '../../db/queries/import/settle.ts'
import { findPlace, proposePlaces } from './address/find-place.ts'
import { openAddressBook } from './address/open-address-book.ts'
import { grownBox, metresBetween } from './polygon.ts'
import { PolygonIndex } from './polygon-index.ts'
import { RegionIndex } from './region-index.ts'

// Worksites are points. What is reported within 50 m of one is taken to be about it; of several, about the nearest.
export const worksiteMetres = 50

export interface LoadedPlaces extends Places {
  /** Reads everything anew; look-ups go on with what was there until it is done. Calls that come meanwhile share the next run. */
  refresh: () => Promise<void>
  /** Reads only what people taught: after a case was placed by hand. */
  relearn: () => Promise<void>
}

/** Changes of a ledger, which leave everything where it lies. */
const ofLedgers = /^(?:zone\.(?:ledger-changed|warranty-ending)|worksite\.wages-changed)$/

/** Event types after which look-ups may answer differently: whoever follows the log then calls `refresh`. */
export function changesPlaces(eventType: string): boolean {
  return /^(?:region|zone|worksite|basemap|addresses)\.|^facility\.imported$/.test(eventType) && !ofLedgers.test(eventType)
}

/** Somebody placed a case by hand: `relearn` is enough. */
export function teachesPlaces(eventType: string): boolean {
  return eventType === 'case.located'
}

/** Reads regions, compounds, buildings, renovation zones and worksites into memory and answers what lies where. */
export async function loadPlaces(sql: SqlOrTx): Promise<LoadedPlaces> {
  let index = await readIndex(sql)
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null
  const read = async () => {
    index = await readIndex(sql)
  }
  function refresh(): Promise<void> {
    // One that runs may have read before the caller's change: it needs one that starts later.
    next ??= (running ?? Promise.resolve()).catch(() => {}).then(() => {
      next = null
      running = read().finally(() => running = null)
      return running
    })
    return next
  }
  return {
    locate: lngLat => index.locate(lngLat),
    find: said => index.find(said),
    propose: said => index.propose(said),
    get home() {
      return index.home
    },
    get knowsRegions() {
      return index.knowsRegions
    },
    refresh,
    async relearn() {
      const into = index
      into.relearn(await listAliases(sql))
      // One that ran meanwhile may have read before the teaching.
      if (running || index !== into)
        await refresh()
    },
  }
}

async function readIndex(sql: SqlOrTx): Promise<Places & Pick<OpenAddressBook, 'relearn'>> {
  const [regionAreas, compoundAreas, buildingAreas, zoneAreas, worksites, addressRows, aliases] = await Promise.all([
    listRegionAreas(sql),
    listCompounds(sql),
    listBuildingAreas(sql),
    listZoneAreas(sql),
    listWorksitePoints(sql),
    readAddressSource(sql),
    listAliases(sql),
  ])
  const regions = new RegionIndex(regionAreas)
  const compounds = polygons(compoundAreas)
  const buildings = polygons(buildingAreas)
  const zones = polygons(zoneAreas)
  const nearestWorksite = worksiteFinder(worksites)
  const locate = (point: LngLat): Placement => ({
    ...regions.regionsAt(point),
    compound: compounds.at(point),
    building: buildings.at(point),
    zone: zones.at(point),
    worksite: nearestWorksite(point),
  })
  const { book, relearn } = openAddressBook(addressRows, aliases, locate)
  return {
    home: regions.home,
    knowsRegions: regionAreas.some(({ level }) => level === 'subdistrict'),
    locate,
    find(said) {
      const found = findPlace(book(), said)
      return found && {
        location: found.target.location,
        building: found.target.building,
        by: found.by,
        confidence: found.confidence,
      }
    },
    propose: said => proposePlaces(book(), said).map(({ target: { label, precision, location, building, taught }, by, confidence }) => ({
      label,
      precision,
      location,
      building,
      by,
      confidence,
      taught: taught === true,
    })),
    relearn,
  }
}

function polygons<Id>(areas: readonly { id: Id, geometry: Polygon | MultiPolygon }[]): PolygonIndex<Id> {
  return new PolygonIndex(areas.map(({ id, geometry }) => ({ value: id, geometry })))
}

function worksiteFinder(worksites: readonly { id: string, location: LngLat }[]): (point: LngLat) => string | null {
  if (worksites.length === 0)
    return () => null
  const boxes = new Flatbush(worksites.length)
  worksites.forEach(({ location: [lng, lat] }) => boxes.add(lng, lat, lng, lat))
  boxes.finish()
  return (point) => {
    const near = boxes.search(...grownBox([
      ...point,
      ...point,
    ], worksiteMetres))
      .map(i => ({
        id: worksites[i]!.id,
        metres: metresBetween(point, worksites[i]!.location),
      }))
      .filter(({ metres }) => metres <= worksiteMetres)
    return near.length > 0
      ? near.reduce((best, next) => next.metres < best.metres
        ? next
        : best).id
      : null
  }
}
