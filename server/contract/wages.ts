import { z } from 'zod'
import { Instant } from './case.ts'
import { WageWarning } from './places.ts'

const Day = z.iso.date().refine(day => day >= '1990-01-01' && day <= '2099-12-31', 'must lie between 1990 and 2099')
const Yuan = z.number().min(0).max(1e12)
const People = z.number().int().min(0).max(100_000)
const text = (most: number) => z.string().trim().min(1).max(most)
const Month = z.string().regex(/^(?:19|20)\d\d-(?:0[1-9]|1[0-2])$/, 'must be a month, as 2026-10')
const Version = z.number().int().min(0).describe('of the ledger, as it was read: what changed since is not overwritten')

/** 建设单位 总包 分包 劳务 班组. */
export const PartyRole = z.enum([
  'developer',
  'general-contractor',
  'subcontractor',
  'labour',
  'crew',
]).meta({ id: 'PartyRole' })
export type PartyRole = z.infer<typeof PartyRole>

export const PartyInput = z.object({
  id: text(40).describe('of the caller\'s choice, kept'),
  parent: text(40).nullable().describe('who let the work to it'),
  role: PartyRole,
  company: text(80).describe('its name, in any spelling'),
  contractNumber: text(60).nullable(),
  signedOn: Day.nullable(),
  amountYuan: Yuan.nullable(),
  qualified: z.boolean().nullable().describe('null = not known'),
  signer: text(40).nullable().describe('who signed the contract for it; the surname only for roles that may not see persons'),
}).meta({ id: 'PartyInput' })
export type PartyInput = z.infer<typeof PartyInput>

export const Party = PartyInput.extend({
  companyId: z.string(),
  knownAs: z.string().describe('the company\'s name after spellings were merged'),
}).meta({ id: 'Party' })
export type Party = z.infer<typeof Party>

export const WageMonth = z.object({
  month: Month,
  attended: People,
  paidPeople: People,
  dueYuan: Yuan,
  paidYuan: Yuan,
  paidOn: Day.nullable(),
}).meta({ id: 'WageMonth' })
export type WageMonth = z.infer<typeof WageMonth>

/** 实名制 保证金 分账（专户）代发 告示牌 按月足额 (保障农民工工资支付条例 art. 24–34). */
export const InstitutionName = z.enum([
  'real-names',
  'deposit',
  'separate-account',
  'paid-by-contractor',
  'notice-board',
  'monthly-in-full',
]).meta({ id: 'InstitutionName' })
export type InstitutionName = z.infer<typeof InstitutionName>

export const Institution = z.object({
  institution: InstitutionName,
  state: z.enum(['in-place', 'missing', 'unknown']),
  evidence: text(300).nullable(),
  checkedOn: Day.nullable(),
}).meta({ id: 'Institution' })
export type Institution = z.infer<typeof Institution>

export const WageRuleName = z.enum([
  'month-unpaid',
  'people-unpaid',
  'fewer-paid',
  'amount-short',
]).meta({ id: 'WageRuleName' })
export type WageRuleName = z.infer<typeof WageRuleName>

export const WageRule = z.object({
  rule: WageRuleName,
  level: WageWarning,
  threshold: z.number().min(0).max(1e6).describe('month-unpaid: months after the one worked; people-unpaid: share of the attendees; amount-short: yuan'),
  source: text(200),
}).meta({ id: 'WageRule' })
export type WageRule = z.infer<typeof WageRule>

export const WageWarningFound = z.object({
  rule: WageRuleName,
  level: WageWarning,
  month: Month,
  since: Day,
  attended: People,
  paidPeople: People,
  dueYuan: Yuan,
  paidYuan: Yuan,
}).meta({ id: 'WageWarningFound' })
export type WageWarningFound = z.infer<typeof WageWarningFound>

/** Who has to pay, in this order; `article` of 保障农民工工资支付条例. */
export const Obligation = z.object({
  party: z.string(),
  article: z.union([
    z.literal(30),
    z.literal(36),
  ]),
  duty: z.enum(['pays-first', 'let-to-unqualified', 'employs']),
  because: z.string().nullable().describe('of let-to-unqualified: the party that got the work'),
}).meta({ id: 'Obligation' })
export type Obligation = z.infer<typeof Obligation>

/** A sign to look into, never a verdict. */
export const ChainSign = z.object({
  sign: z.enum([
    'same-signer',
    'no-qualification',
    'labour-layers',
    'passed-on-whole',
  ]),
  mayBe: z.array(z.enum(['转包', '违法分包', '挂靠'])),
  parties: z.array(z.string()),
}).meta({ id: 'ChainSign' })
export type ChainSign = z.infer<typeof ChainSign>

export const WageLedger = z.object({
  worksite: z.string(),
  name: z.string(),
  version: Version,
  asOf: Instant,
  personsMasked: z.boolean(),
  parties: z.array(Party),
  months: z.array(WageMonth).describe('the newest first'),
  institutions: z.array(Institution).describe('all six'),
  owed: z.object({
    yuan: Yuan,
    people: People,
    since: z.string().nullable(),
  }),
  warning: WageWarning,
  warnings: z.array(WageWarningFound),
  rules: z.array(WageRule),
  obligations: z.array(Obligation),
  signs: z.array(ChainSign),
}).meta({ id: 'WageLedger' })
export type WageLedger = z.infer<typeof WageLedger>

export const PartiesInput = z.object({
  version: Version,
  parties: z.array(PartyInput).max(300),
}).meta({ id: 'PartiesInput' })
export const MonthsInput = z.object({
  version: Version,
  months: z.array(WageMonth).max(240),
}).meta({ id: 'MonthsInput' })
export const InstitutionsInput = z.object({
  version: Version,
  institutions: z.array(Institution).max(6),
}).meta({ id: 'InstitutionsInput' })

export const Company = z.object({
  id: z.string(),
  name: z.string(),
  mergedInto: z.string().nullable(),
  worksites: z.number().int().describe('where it is a party, other spellings of it included'),
}).meta({ id: 'Company' })
export type Company = z.infer<typeof Company>

export const CompanyMergeInput = z.object({
  into: z.string().max(60),
}).meta({ id: 'CompanyMergeInput' })
