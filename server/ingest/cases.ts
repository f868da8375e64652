import type { CaseInput, CaseStatus } from '#contract/case.ts'
import type { Datum, LngLat } from '#contract/geometry.ts'
import type { Outcome } from '../../db/queries/import/outcome.ts'
import type { CaseContext } from '../cases/case-context.ts'
import type { ImportedCase } from '../cases/new-case.ts'
import type { ImportJob } from './import-job.ts'
import type { FieldRow } from './table/read-fields.ts'
import { confirmLayers } from '../../db/queries/events.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { contentRef, upsertCases } from '../cases/upsert-cases.ts'
import { loadPlaces } from '../places/locate.ts'
import { Placeholders } from './case/placeholders.ts'
import { inTransaction } from './import-job.ts'
import { readAhead } from './read/read-ahead.ts'
import { fieldRows, passOver } from './table/field-rows.ts'
import { reasonOf } from './table/read-fields.ts'
import { readPoint } from './table/read-geometry.ts'

// Some 100 MB of numbers; a file with more cases than that is not checked for repeated ones beyond them.
const mostRemembered = 1_000_000
/** Categories and channels are each city's own: an unknown one is no reason to refuse a person's complaint. */
const tolerated = new Set(['kind', 'source', 'urgency'])
const placeholderFields = ['lng', 'lat', 'address', 'content']

/**
 * Loads work orders of another system. Rows are met again by their number there (without one, by what they say). The file is
 * read twice: which of its coordinates are placeholders can only be told when all of them have been seen.
 */
export async function importCases(job: ImportJob): Promise<Outcome & { unlocated: number }> {
  const placeholders = await findPlaceholders(job)
  const places = await loadPlaces(job.sql)
  const context: CaseContext = {
    // A history may reach beyond the regions that are known: its places stay, also outside of all.
    places: {
      locate: places.locate,
      find: places.find,
      propose: places.propose,
      home: places.home,
      knowsRegions: false,
    },
    personal: job.personal,
    ...job.rulebook,
    now: () => job.now,
  }
  const total = {
    created: 0,
    updated: 0,
    unchanged: 0,
    unlocated: 0,
  }
  const kindless = { rows: 0 }
  const seen = new Map<string, number>()
  const write = (cases: ImportedCase[]) => inTransaction(job, async (tx) => {
    const { created, updated, unchanged, events } = await upsertCases(tx, context, cases, job.change)
    total.created += created
    total.updated += updated
    total.unchanged += unchanged
    await appendBySubdistrict(tx, events)
  })
  // While PostgreSQL writes one batch, the next is compared and sealed here. (Their order is kept where it counts: the second
  // waits for the first at the day's running numbers.)
  const writing: Promise<void>[] = []
  for await (const rows of readAhead(fieldRows(job, 'cases'), 2)) {
    const cases = rows.flatMap((row) => {
      const read = readCase(row, job, placeholders, kindless)
      const fault = 'fault' in read
        ? read.fault
        : repeated(read, row.at, seen)
      if (fault) {
        job.reject({
          at: row.at,
          reason: fault,
          fields: row.faults.flatMap(({ field }) => field === null || tolerated.has(field)
            ? []
            : [field]),
          original: row.original(),
        })
      }
      return fault
        ? []
        : [read as ImportedCase]
    })
    total.unlocated += cases.filter(({ location }) => !location || placeholders.isWholeDegree(location)).length
    if (writing.length >= (seen.size < mostRemembered
      ? 2
      : 1)) {
      await writing.shift()
    }
    const next = write(cases)
    next.catch(() => {}) // met below
    writing.push(next)
  }
  await Promise.all(writing)
  await inTransaction(job, tx => confirmLayers(tx, ['cases'], job.now))
  if (placeholders.rows > 0)
    job.note(`占位坐标 · ${placeholders.rows} rows lie on placeholder coordinates (${placeholders.describe()}): kept without a location, in the unlocated tray`)
  if (kindless.rows > 0)
    job.note(`类别不在目录中，记为“其他” · ${kindless.rows} rows have a category that is not one of ours and became “other”`)
  return total
}

/** Which of two rows with one number is true nobody can tell, and a second import would flip between them: the first stays. */
function repeated(row: ImportedCase, at: number, seen: Map<string, number>): string | null {
  const { source, sourceRef = contentRef(row) } = row
  const ref = `${source} ${sourceRef}`
  const first = seen.get(ref)
  if (first !== undefined) {
    return row.sourceRef === undefined
      ? `与第 ${first} 行相同 · says the same as row ${first}`
      : `工单编号重复 · the number ${sourceRef} was already in row ${first}`
  }
  if (seen.size < mostRemembered)
    seen.set(ref, at)
  return null
}

async function findPlaceholders(job: ImportJob): Promise<Placeholders> {
  const placeholders = new Placeholders()
  for await (const { batch } of passOver(job, 'cases', 'check', placeholderFields)) {
    for (const { values, geometry } of batch) {
      const pair = geometry
        ? (geometry as { coordinates?: unknown }).coordinates
        : [values.lng, values.lat]
      if (Array.isArray(pair) && typeof pair[0] === 'number' && typeof pair[1] === 'number') {
        placeholders.meet(pair[0], pair[1], typeof values.address === 'string'
          ? values.address
          : null)
      }
    }
  }
  placeholders.decide()
  return placeholders
}

function readCase(row: FieldRow, { crs }: ImportJob, placeholders: Placeholders, kindless: { rows: number }): ImportedCase | { fault: string } {
  const { values } = row
  const faults = row.faults.filter(({ field }) => field === null || !tolerated.has(field))
  if (row.faults.some(({ field }) => field === 'kind'))
    kindless.rows++
  if (faults.length > 0) {
    return {
      fault: reasonOf(faults),
    }
  }
  const location = readLocation(row, crs, placeholders)
  if (location && 'fault' in location)
    return location
  const contact = {
    name: textOf(values.contactName)?.slice(0, 60),
    phone: textOf(values.contactPhone)?.slice(0, 40),
  }
  return {
    content: String(values.content).slice(0, 4000),
    kind: (values.kind ?? 'other') as CaseInput['kind'],
    source: (values.source ?? 'hotline') as CaseInput['source'],
    urgency: (values.urgency ?? 'normal') as CaseInput['urgency'],
    address: textOf(values.address)?.slice(0, 300),
    location,
    reportedAt: textOf(values.reportedAt),
    contact: contact.name || contact.phone
      ? contact
      : undefined,
    sourceRef: textOf(values.sourceRef),
    status: textOf(values.status) as CaseStatus | undefined,
    closedAt: textOf(values.closedAt),
    satisfied: typeof values.satisfied === 'boolean'
      ? values.satisfied
      : undefined,
    solved: typeof values.solved === 'boolean'
      ? values.solved
      : undefined,
  }
}

type Location = NonNullable<CaseInput['location']>

function readLocation(row: FieldRow, crs: Datum, placeholders: Placeholders): Location | undefined | { fault: string } {
  // Checked as WGS84 only to learn whether it is a place at all: what came is kept, with its datum.
  const point = readPoint({
    ...row,
    values: { ...row.values, datum: null },
  }, 'wgs84')
  if ('fault' in point)
    return point
  if (!point.value)
    return undefined
  const [lng, lat] = pairOf(row)
  return placeholders.has(lng, lat)
    ? undefined
    : { lng, lat, datum: (row.values.datum as Datum | null | undefined) ?? crs }
}

function pairOf({ geometry, values }: FieldRow): LngLat {
  return geometry
    ? (geometry as { coordinates: LngLat }).coordinates
    : [values.lng as number, values.lat as number]
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== ''
    ? value
    : undefined
}
