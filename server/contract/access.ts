import { z } from 'zod'
import { Instant } from './case.ts'
import { Role } from './role.ts'

/** What still has to happen before an account may work. */
export const Standing = z.enum(['full', 'must-change-password', 'must-enrol-second-factor']).meta({ id: 'Standing' })
export type Standing = z.infer<typeof Standing>

/** A page of its own, by the first part of its address. */
export const PageName = z.enum([
  'wall',
  'duty',
  'plan',
  'grid',
  'admin',
]).meta({ id: 'PageName' })
export type PageName = z.infer<typeof PageName>

/** Who is signed in here, and what that opens. */
export const Me = z.object({
  account: z.object({
    id: z.string(),
    name: z.string(),
    role: Role,
    region: z.string().nullable().describe('community or grid that the account is bound to'),
    officer: z.string().nullable(),
    standing: Standing,
    expiresAt: Instant.nullable().describe('when the session ends if nothing is done; null = not at all'),
  }).nullable().describe('null = nobody'),
  pages: z.array(PageName).describe('what the menus may offer'),
  signOn: z.boolean().describe('a provider of the government network can be used to sign in'),
  demo: z.array(z.object({
    username: z.string(),
    name: z.string(),
  })).describe('accounts of the demo, for a page where nobody is signed in to offer; always empty on real data'),
}).meta({ id: 'Me' })
export type Me = z.infer<typeof Me>

export const Username = z.string().regex(/^[\p{L}\p{N}_.-]{2,40}$/u, 'must be 2 to 40 letters, digits or _ . -').transform(name => name.toLowerCase())

const PersonRole = Role.exclude(['wall'])
const shortText = (most: number) => z.string().trim().min(1).max(most)

export const Account = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: PersonRole,
  region: z.string().nullable(),
  officer: z.string().nullable(),
  subject: z.string().nullable().describe('who this is for the provider of OIDC sign-on'),
  twoFactor: z.boolean(),
  mustChangePassword: z.boolean(),
  demo: z.boolean(),
  banned: z.boolean(),
  banReason: z.string().nullable(),
  createdAt: Instant,
  lastSeen: Instant.nullable(),
  sessions: z.number().int(),
}).meta({ id: 'Account' })
export type Account = z.infer<typeof Account>

export const AccountInput = z.object({
  username: Username,
  name: shortText(40),
  role: PersonRole,
  region: shortText(40).nullable().default(null),
  officer: shortText(60).nullable().default(null),
  subject: shortText(255).nullable().default(null),
}).meta({ id: 'AccountInput' })
export type AccountInput = z.input<typeof AccountInput>

export const AccountChange = z.object({
  name: shortText(40),
  role: PersonRole,
  region: shortText(40).nullable(),
  officer: shortText(60).nullable(),
}).partial().refine(change => Object.keys(change).length > 0, 'must hold at least one of name, role, region, officer').meta({ id: 'AccountChange' })
export type AccountChange = z.infer<typeof AccountChange>

/** A grid worker as an account is bound to: `account` is who has the officer already. */
export const BindableOfficer = z.object({
  id: z.string(),
  name: z.string(),
  community: z.string().nullable(),
  grid: z.string().nullable(),
  account: z.string().nullable().describe('username'),
}).meta({ id: 'BindableOfficer' })
export type BindableOfficer = z.infer<typeof BindableOfficer>

/** An account with a password that nobody can ask for again. */
export const AccountWithPassword = z.object({
  account: Account,
  password: z.string().describe('to be told once; it must be changed at the first sign-in'),
}).meta({ id: 'AccountWithPassword' })
export type AccountWithPassword = z.infer<typeof AccountWithPassword>

/** A paired wall screen. */
export const Screen = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: Instant,
  lastSeen: Instant.nullable(),
  address: z.string().nullable(),
}).meta({ id: 'Screen' })
export type Screen = z.infer<typeof Screen>

export const ScreenInput = z.object({
  userCode: z.string().min(4).max(20).describe('as the screen shows it; blanks, dashes and case do not matter'),
  name: shortText(40),
}).meta({ id: 'ScreenInput' })
export type ScreenInput = z.infer<typeof ScreenInput>

/** One entry of the audit trail. `before` and `after` hold what changed. */
export const AuditItem = z.object({
  seq: z.number().int(),
  at: Instant,
  actor: z.string(),
  actorName: z.string(),
  role: z.string().nullable(),
  address: z.string().nullable(),
  action: z.string(),
  target: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
}).meta({ id: 'AuditItem' })
export type AuditItem = z.infer<typeof AuditItem>

export const AuditQuery = z.object({
  actor: shortText(100).optional().describe('name or id'),
  action: z.string().regex(/^[a-z][a-z.-]{0,60}$/, 'must be an action or its beginning, as account or account.add').optional(),
  target: shortText(200).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
}).meta({ id: 'AuditQuery' })
export type AuditQuery = z.infer<typeof AuditQuery>

export const AuditExportInput = z.object({
  filter: AuditQuery,
  reason: shortText(200).describe('what the file is for; whoever has to agree reads it'),
}).meta({ id: 'AuditExportInput' })
export type AuditExportInput = z.infer<typeof AuditExportInput>

export const AuditPage = z.object({
  items: z.array(AuditItem),
  next: z.number().int().nullable().describe('pass it as `before` for the next page; null = this was the last'),
}).meta({ id: 'AuditPage' })
export type AuditPage = z.infer<typeof AuditPage>

/** Whether the trail is what was written: each entry's keyed hash covers the one before. */
export const AuditVerification = z.object({
  at: Instant,
  entries: z.number().int(),
  faults: z.number().int(),
  first: z.array(z.object({
    seq: z.number().int(),
    fault: z.enum([
      'changed',
      'gap',
      'chain-broken',
      'cut-off',
    ]),
  })).describe('the first twenty'),
}).meta({ id: 'AuditVerification' })
export type AuditVerification = z.infer<typeof AuditVerification>

/** waiting: a second person has to agree · ready: can be fetched, once, by who asked for it · the rest: over. */
export const ExportState = z.enum([
  'waiting',
  'ready',
  'refused',
  'fetched',
  'expired',
]).meta({ id: 'ExportState' })
export type ExportState = z.infer<typeof ExportState>

export const AuditExport = z.object({
  id: z.string(),
  requestedBy: z.string(),
  requestedName: z.string(),
  requestedAt: Instant,
  reason: z.string(),
  filter: AuditQuery,
  rows: z.number().int(),
  needsApproval: z.boolean(),
  decidedName: z.string().nullable(),
  decidedAt: Instant.nullable(),
  expiresAt: Instant,
  state: ExportState,
}).meta({ id: 'AuditExport' })
export type AuditExport = z.infer<typeof AuditExport>
