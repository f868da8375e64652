import type { Registry } from 'prom-client'
import type { Coverage, CoverageQuery } from '#contract/coverage.ts'
import type { Sql } from '../../db/connect.ts'
import type { CaseContext } from '../cases/case-context.ts'
import type { CaseRegistration, Registered } from '../cases/register-cases.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Hono } from 'hono'

/** What the routes work with. */
export interface HttpContext {
  sql: Sql
  config: Pick<Config, 'publicOrigin' | 'basemap' | 'tiandituKey'>
  log: Log
  cases: CaseContext
  /** Registers one case; many at once share a transaction (server/cases/batched-registration.ts). */
  register: (registration: CaseRegistration) => Promise<Registered>
  coverage: { compute: (query: CoverageQuery) => Promise<Coverage> }
  /** Whether the database answers and the log is followed to its head. */
  readiness: () => Readiness
  metrics: Registry
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
