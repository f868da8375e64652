import type { Registry } from 'prom-client'
import type { Coverage, CoverageQuery } from '#contract/coverage.ts'
import type { Sql } from '../../db/connect.ts'
import type { AuditEntry } from '../../db/queries/audit.ts'
import type { ExportCaps } from '../access/audit-export.ts'
import type { Identity } from '../access/identity.ts'
import type { CaseContext } from '../cases/case-context.ts'
import type { CaseRegistration, Registered } from '../cases/register-cases.ts'
import type { Config } from '../config.ts'
import type { TableReader } from '../ingest/thread/table-thread.ts'
import type { KnownStreets } from '../dispatch/known-streets.ts'
import type { Log } from '../log.ts'
import type { PositionDesk } from '../positions/position-desk.ts'
import type { UploadFiles } from '../uploads/upload-files.ts'
import type { Arrival } from './admission.ts'
import type { RateLimits } from './rate-limit-settings.ts'
import type { Hono } from 'hono'

/** What the routes work with. */
export interface HttpContext {
  sql: Sql
  config: Pick<Config, 'publicOrigin' | 'basemap' | 'tiandituKey' | 'trustedProxies'>
  log: Log
  /** Who asks, by cookie, token or (a demo's wall) by place; null = nobody known. */
  identify: (headers: Headers, arrival: Arrival) => Promise<Identity | null>
  /** The accounts' library. */
  auth: (request: Request) => Promise<Response>
  /** Adds to the audit trail; resolves when it is written. */
  audit: (entry: AuditEntry) => Promise<unknown>
  /** Whether a provider of the government network can be used to sign in. */
  signOn: boolean
  /** Of the audit trail: server/access/audit.ts. */
  auditKey: Buffer
  /** How much of the audit trail may be taken out; else as in server/access/audit-export.ts. */
  exportCaps?: ExportCaps
  cases: CaseContext
  /** Registers one case; many at once share a transaction (server/cases/batched-registration.ts). */
  register: (registration: CaseRegistration) => Promise<Registered>
  /** The ways through which officers walk. */
  streets: KnownStreets
  /** Where officers are. */
  positions: PositionDesk
  /** Reads files of cases (server/ingest/thread). */
  imports: TableReader
  coverage: { compute: (query: CoverageQuery) => Promise<Coverage> }
  /** Whether the database answers and the log is followed to its head. */
  readiness: () => Readiness
  metrics: Registry
  /** Where uploads lie. */
  uploads: UploadFiles
  /** How often who may ask; without limit where not given. */
  rateLimits?: RateLimits
  /** Folder of the built pages. */
  pages: string
  /** Mounted at the root, as the base map's tiles. */
  mounted?: Hono[]
}

export interface Readiness {
  ready: boolean
  epoch: string
  /** Last event handed on. */
  seq: number
  /** Newest event known to exist. */
  head: number
  /** Seconds since the database last answered. */
  contactAge: number
}
