import { z } from 'zod'
import * as access from './access.ts'
import * as board from './board.ts'
import * as caseContract from './case.ts'
import * as caseWords from './case-words.ts'
import * as caseWork from './case-work.ts'
import * as coverage from './coverage.ts'
import * as dispatch from './dispatch.ts'
import * as figures from './figures.ts'
import * as forecast from './forecast.ts'
import * as geometry from './geometry.ts'
import * as handover from './handover.ts'
import * as imports from './import.ts'
import * as ledger from './ledger.ts'
import * as live from './live.ts'
import * as map from './map.ts'
import * as places from './places.ts'
import * as plan from './plan.ts'
import * as planFile from './plan-file.ts'
import * as positions from './positions.ts'
import * as problem from './problem.ts'
import * as property from './property.ts'
import * as renovation from './renovation.ts'
import * as report from './report.ts'
import * as role from './role.ts'
import * as rules from './rules.ts'
import * as screen from './screen.ts'
import * as sums from './sums.ts'
import * as topic from './topic.ts'
import * as upload from './upload.ts'
import * as wageHandling from './wage-handling.ts'
import * as wages from './wages.ts'
import * as worksiteVisit from './worksite-visit.ts'

/** Every file of this folder that holds schemas; a test finds one that is missing. */
export const contractModules = {
  access,
  board,
  'case': caseContract,
  'case-words': caseWords,
  'case-work': caseWork,
  coverage,
  dispatch,
  figures,
  forecast,
  geometry,
  handover,
  'import': imports,
  ledger,
  live,
  map,
  places,
  plan,
  'plan-file': planFile,
  positions,
  problem,
  property,
  renovation,
  report,
  role,
  rules,
  screen,
  sums,
  topic,
  upload,
  'wage-handling': wageHandling,
  wages,
  'worksite-visit': worksiteVisit,
}

/**
 * A short name of all that client and server agree on. A page built against another contract than its server's loads
 * itself anew. Vite puts it into the page at build time, so that no screen computes it.
 */
export function contractHash(): string {
  return hashOf(JSON.stringify(contractSchemas()))
}

/** JSON Schemas of the contract by file and name, keys sorted, so that the order of writing does not matter. */
export function contractSchemas(): unknown {
  return sorted(Object.fromEntries(Object.entries(contractModules).map(([file, exported]) => [
    file,
    schemasOf(exported),
  ])))
}

function schemasOf(exported: Record<string, unknown>): Record<string, unknown> {
  const schemas = Object.entries(exported).filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType)
  return Object.fromEntries(schemas.map(([name, schema]) => [
    name,
    z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }),
  ]))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(sorted)
  if (typeof value !== 'object' || value === null)
    return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b
    ? -1
    : 1)).map(([key, inner]) => [
    key,
    sorted(inner),
  ]))
}

/** cyrb53, public domain (bryc): 53 bits are plenty to tell two versions apart, and it needs no crypto in any runtime. */
function hashOf(text: string): string {
  let high = 0xDEADBEEF
  let low = 0x41C6CE57
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, '0')
}
