/**
 * One import, from bytes to the database. The command line, the demo town and the tests come in here.
 *
 * What is accepted:
 * - `osm`: OSM XML (also .gz) or .pbf, always WGS84. What a tag means is in osm/*-tags.ts. Ids are kept: way 12 becomes street,
 *   building, area or barrier 12, a multipolygon relation 12 becomes −12. Buildings: building=*, building:levels (floors),
 *   building:units (单元), building:flats (households), start_date (year), addr:street + addr:housenumber or addr:full, name;
 *   nodes with entrance=* on the outline are its doors. Compounds: landuse=residential with name or barrier=wall|fence|hedge;
 *   gates: nodes barrier=gate on the wall. Lines end at the file's <bounds>; what a newer file no longer has stays. Of two
 *   extracts side by side, join them first (osmium merge): the second would cut at its edge what the first had whole.
 * - `regions`, `renovation`: a GeoJSON FeatureCollection of polygons, properties named as in columns.ts.
 * - `facilities`, `worksites`, `population`: GeoJSON, or a table with 经度/纬度 (population also by building or region).
 * - `cases`, `officers`: CSV (UTF-8, UTF-16 or GB18030; comma, semicolon or tab) or the first sheet of an XLSX up to 20 MiB.
 *   Headers are named as in columns.ts and stand in the first line that is not empty.
 *
 * - `addresses`: CSV, XLSX or GeoJSON points: compound, building, unit, road and number, landmark or the address in one piece, aliases.
 *
 * A column that the file does not have leaves its values as they are; an empty cell empties them.
 *
 * Order for a new town: regions (subdistrict, communities, grids in one file or several), osm, population (keyed by
 * building = OSM id), renovation, worksites, facilities, officers, cases. Any order works: what lies where is settled anew
 * after each import of regions.
 *
 * Everything that a screen shows goes through the event log, in the transaction that changes the tables: one event an item
 * (zone.imported, worksite.imported, …: the whole feature when it is new, what changed when it is not), for osm one
 * `basemap.imported` with {version}. What did not change makes no event, so a second run changes nothing.
 */
import type { Outcome } from '../../db/queries/import/outcome.ts'
import type { ImportJob } from './import-job.ts'
import type { ImportKind, ImportRequest, ImportSummary } from './import-request.ts'
import { randomBytes } from 'node:crypto'
import { defaultRulebook } from '../cases/rules-file.ts'
import { personalData } from '../privacy/personal-data.ts'
import { importAddresses } from './addresses.ts'
import { importCases } from './cases.ts'
import { importFacilities } from './facilities.ts'
import { UnusableInput } from './import-request.ts'
import { importOfficers } from './officers.ts'
import { importOsm } from './osm.ts'
import { importPopulation } from './population.ts'
import { openSource } from './read/input.ts'
import { importRegions } from './regions.ts'
import { importRenovation } from './renovation.ts'
import { importWorksites } from './worksites.ts'

const importers: Record<ImportKind, (job: ImportJob) => Promise<Outcome & { unlocated?: number }>> = {
  osm: importOsm,
  regions: importRegions,
  population: importPopulation,
  facilities: importFacilities,
  renovation: importRenovation,
  worksites: importWorksites,
  cases: importCases,
  officers: importOfficers,
  addresses: importAddresses,
}

const progressEveryMs = 100

/**
 * Throws UnusableInput when the input as a whole cannot be read; nothing was written then. Rows that cannot be used are no
 * error: they go to `onReject`.
 */
export async function runImport(request: ImportRequest): Promise<ImportSummary> {
  const summary: ImportSummary = {
    kind: request.kind,
    created: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    notes: [],
  }
  checkFormat(request)
  const source = await openSource(request.input)
  let lastProgress = 0
  const job: ImportJob = {
    sql: request.sql,
    map: request.map ?? {},
    format: request.format,
    source,
    crs: request.crs ?? 'wgs84',
    dryRun: request.dryRun ?? false,
    now: request.now ?? new Date(),
    personal: request.personal ?? withoutKey(),
    rulebook: request.rulebook ?? defaultRulebook,
    progress(progress) {
      const now = performance.now()
      if (now - lastProgress < progressEveryMs)
        return
      lastProgress = now
      request.onProgress?.(progress)
    },
    reject(reject) {
      summary.rejected++
      request.onReject?.(reject)
    },
    change: request.onChange,
    note: text => void summary.notes.push(text),
  }
  try {
    return {
      ...summary,
      ...await importers[request.kind](job),
      rejected: summary.rejected,
      notes: summary.notes,
    }
  }
  finally {
    await source.dispose()
  }
}

const osmFormats = new Set(['osm-xml', 'osm-pbf'])

/** Throws UnusableInput when a kind cannot come in such a file. */
export function checkFormat({ kind, format, crs }: Pick<ImportRequest, 'kind' | 'format' | 'crs'>): void {
  if (osmFormats.has(format) !== (kind === 'osm')) {
    throw new UnusableInput(`类型与文件不符 · KIND ${kind} does not take ${format}. ${osmFormats.has(format)
      ? 'OSM files are imported as KIND osm.'
      : 'KIND osm takes .osm, .osm.gz and .osm.pbf.'}`)
  }
  if (kind === 'osm' && crs && crs !== 'wgs84')
    throw new UnusableInput('OSM 总是 WGS84 · OSM files are always WGS84: leave --crs out.')
}

/** Whoever imports no names and phones needs no key; whoever does and has none is told so. */
function withoutKey(): ReturnType<typeof personalData> {
  const refuse = () => {
    throw new UnusableInput('缺少个人信息密钥 · Names and phones are only kept encrypted, and there is no key (personal) to do it.')
  }
  return {
    ...personalData(randomBytes(32)),
    seal: refuse,
    open: refuse,
    phoneHash: refuse,
  }
}
