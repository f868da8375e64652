import type { TrustedProxies } from './http/client-address.ts'
import type { RateLimits } from './http/rate-limit-settings.ts'
import { resolve } from 'node:path'
import process from 'node:process'
import { z } from 'zod'
import { CannotStart } from './cannot-start.ts'
import { loopbackProxies, parseProxies } from './http/client-address.ts'
import { parseRateLimits } from './http/rate-limit-settings.ts'

/** What the base map is drawn from: the imported streets, a .pmtiles file (absolute path), or somebody's style. */
export type Basemap = { from: 'streets' } | { from: 'pmtiles', file: string } | { from: 'style', url: string }

export interface Config {
  /** 0 takes any free port. */
  port: number
  host: string
  /** A PostgreSQL of one's own; null = the embedded one, in `dataDir`. */
  databaseUrl: string | null
  /** Absolute. */
  dataDir: string
  /** Whether an empty database gets the demo town. */
  demo: boolean
  demoPassword: string | null
  /** Origin under which browsers reach the server, as https://zhihui.example.gov.cn. */
  publicOrigin: string | null
  basemap: Basemap
  tiandituKey: string | null
  /** Given where several servers share a database; else made in `dataDir`. Checked by server/privacy/personal-data-key.ts. */
  personalDataKey: string | null
  /** Signs sessions and the audit trail; given where several servers share a database, else made in `dataDir`. */
  serverSecret: string | null
  /** Whose X-Forwarded-For is believed. */
  trustedProxies: TrustedProxies
  /** Absolute path of a file with the centre's own rules and holidays (server/cases/rules-file.ts); null = the program's. */
  caseRules: string | null
  /** How often who may ask. */
  rateLimits: RateLimits
  /** Sign-on by a provider of the government network; null = passwords only. */
  oidc: Oidc | null
  logLevel: typeof logLevels[number]
}

/** A client of an OpenID Connect provider. `issuer` is where its discovery document lies. */
export interface Oidc { issuer: string, clientId: string, clientSecret: string }

const logLevels = [
  'trace',
  'debug',
  'info',
  'warn',
  'error',
  'fatal',
  'silent',
] as const

const Environment = z.object({
  PORT: text(/^\d{1,5}$/, 'must be a whole number from 0 to 65535').transform(Number).refine(port => port <= 65535, 'must be a whole number from 0 to 65535').default(8080),
  HOST: text(/^[\w.:%-]+$/, 'must be a host name or an address').default('127.0.0.1'),
  DATABASE_URL: z.string().refine(isDatabaseUrl, 'must look like postgres://user:password@host:5432/database').optional(),
  DATA_DIR: z.string().default('./data'),
  DEMO: z.enum(['0', '1'], 'must be 0 or 1').default('1'),
  DEMO_PASSWORD: z.string().min(6, 'must have 6 characters or more').optional(),
  PUBLIC_ORIGIN: z.string().refine(isOrigin, 'must be an origin without a path, as https://zhihui.example.gov.cn').transform(origin => new URL(origin).origin).optional(),
  BASEMAP: z.string().refine(isBasemap, 'must be a .pmtiles file or the http(s) address of a style').optional(),
  TIANDITU_KEY: text(/^\w+$/, 'must be a key of letters and digits').optional(),
  PERSONAL_DATA_KEY: z.string().optional(),
  SERVER_SECRET: z.string().optional(),
  TRUSTED_PROXIES: z.string().refine(list => parseProxies(list) !== null, 'must be addresses or networks, as 10.0.0.5, 10.1.0.0/16').optional(),
  RATE_LIMITS: z.string().refine(text => parseRateLimits(text) !== null, 'must be name=requests/seconds or name=off, as sign-in=60/300, program=off').default(''),
  CASE_RULES: z.string().refine(path => path.endsWith('.json'), 'must be a .json file').optional(),
  OIDC_ISSUER: z.string().refine(isHttp, 'must be the http(s) address of the provider').optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
})

/** Relative paths start here, so that every command finds the same data from wherever it is called. */
const root = resolve(import.meta.dirname, '..')

/**
 * The environment as interface.md names it, checked once. An empty variable counts as not set.
 * Throws CannotStart with a line that names the variable and what it must be.
 */
export function parseConfig(environment: Record<string, string | undefined>, from = root): Config {
  const given = Object.entries(environment).map(([name, value]) => [
    name,
    value?.trim(),
  ]).filter(([, value]) => value)
  const { data, error } = Environment.safeParse(Object.fromEntries(given))
  if (error)
    throw new CannotStart(error.issues.map(({ path, message }) => `环境变量 ${path.join()} 有误 · ${path.join()} ${message}.`).join(' '))
  return {
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL ?? null,
    dataDir: resolve(from, data.DATA_DIR),
    demo: data.DEMO === '1',
    demoPassword: data.DEMO_PASSWORD ?? null,
    publicOrigin: data.PUBLIC_ORIGIN ?? null,
    basemap: basemapOf(data.BASEMAP, from),
    tiandituKey: data.TIANDITU_KEY ?? null,
    personalDataKey: data.PERSONAL_DATA_KEY ?? null,
    serverSecret: data.SERVER_SECRET ?? null,
    trustedProxies: (data.TRUSTED_PROXIES && parseProxies(data.TRUSTED_PROXIES)) || loopbackProxies,
    rateLimits: parseRateLimits(data.RATE_LIMITS)!,
    caseRules: data.CASE_RULES === undefined
      ? null
      : resolve(from, data.CASE_RULES),
    oidc: oidcOf(data.OIDC_ISSUER, data.OIDC_CLIENT_ID, data.OIDC_CLIENT_SECRET),
    logLevel: data.LOG_LEVEL,
  }
}

export function readConfig(): Config {
  return parseConfig(process.env)
}

function oidcOf(issuer: string | undefined, clientId: string | undefined, clientSecret: string | undefined): Oidc | null {
  if (!issuer && !clientId && !clientSecret)
    return null
  if (!issuer || !clientId || !clientSecret)
    throw new CannotStart('环境变量 OIDC_* 不全 · OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are set together or not at all.')
  return { issuer, clientId, clientSecret }
}

function basemapOf(value: string | undefined, from: string): Basemap {
  if (!value)
    return { from: 'streets' }
  return isHttp(value)
    ? { from: 'style', url: value }
    : {
        from: 'pmtiles',
        file: resolve(from, value),
      }
}

function isBasemap(value: string): boolean {
  return value.endsWith('.pmtiles')
    ? !URL.canParse(value)
    : isHttp(value)
}

function isHttp(value: string): boolean {
  return /^https?:\/\//.test(value) && URL.canParse(value)
}

function isOrigin(value: string): boolean {
  return isHttp(value) && new URL(value).href === `${new URL(value).origin}/`
}

/** postgres.js also takes several hosts, which URL does not know: they are checked one by one. */
function isDatabaseUrl(value: string): boolean {
  const [, user = '', hosts = '', rest = ''] = value.match(/^postgres(?:ql)?:\/\/([^@/]*@)?([^/?]*)([/?].*)?$/) ?? []
  return hosts !== '' && hosts.split(',').every(host => URL.canParse(`postgres://${user}${host}${rest}`))
}

function text(pattern: RegExp, message: string) {
  return z.string().regex(pattern, message)
}
