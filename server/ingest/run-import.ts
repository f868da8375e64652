/**
 * One import, from bytes to the database. The command line, the demo town and the tests come in here.
 *
 * What is accepted:
 * - `osm`: OSM XML (also .gz) or .pbf, always WGS84. What a tag means is in osm-tags.ts. Nodes before ways before relations
 *   saves a pass. Ids are kept: way 12 becomes street, building, area or barrier 12, a multipolygon relation 12 becomes −12.
 *   Buildings: building=*, building:levels (floors), building:units (单元), building:flats (households), start_date (year),
 *   addr:street + addr:housenumber or addr:full, name; nodes with entrance=* on the outline are its doors.
 *   Compounds: landuse=residential with name or barrier=wall|fence|hedge; gates: nodes barrier=gate on the wall.
 * - `regions`, `facilities`, `renovation`, `worksites`, `population`: a GeoJSON FeatureCollection; properties are named as in
 *   columns.ts. Facilities, worksites and population also as tables with 经度/纬度.
 * - `cases`, `officers`: CSV (UTF-8 or GB18030, with or without BOM; comma, semicolon or tab) or XLSX, first sheet; headers
 *   are named as in columns.ts, in the first line that is not empty.
 *
 * Order for a new town: regions (subdistrict, communities, grids in one file or several), osm, population (keyed by
 * building = OSM id), renovation, worksites, facilities, officers, cases. Any order works: what lies where is settled anew
 * after each import of regions.
 *
 * Everything that a screen shows goes through the event log, in the transaction that changes the tables: one event an item
 * (zone.imported, worksite.imported, …: the whole feature when it is new, what changed when it is not), for osm one
 * `basemap.imported` with {version}. What did not change makes no event, so a second run changes nothing.
 */
export type { ImportFormat, ImportInput, ImportKind, ImportProgress, ImportRequest, ImportSummary, Reject } from './import-request.ts'
export { importKinds, UnusableInput } from './import-request.ts'

const progressEveryMs = 100

/**
 * Throws UnusableInput when the input as a whole cannot be read; nothing was written then. Rows that cannot be used are no
 * error: they go to `onReject`.
 */
export async function runImport(request: ImportRequest): Promise<ImportSummary> {
  const summary: ImportSummary = { kind: request.kind, created: 0, updated: 0, unchanged: 0, rejected: 0, notes: [] }
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
    note: text => void summary.notes.push(text),
  }
  try {
    return { ...summary, ...await importers[request.kind](job), rejected: summary.rejected, notes: summary.notes }
  }
  finally {
    await source.dispose()
  }
}
