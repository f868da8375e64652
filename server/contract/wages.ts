import { z } from 'zod'
import { Instant } from './case.ts'
import { WageWarning } from './places.ts'

export const Day = z.iso.date().refine(day => day >= '1990-01-01' && day <= '2099-12-31', 'must lie between 1990 and 2099')
export const Yuan = z.number().min(0).max(1e12)
export const People = z.number().int().min(0).max(100_000)
export const text = (most: number) => z.string().trim().min(1).max(most)
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

export const ExposureNeighbour = z.object({
  party: z.string(),
  companyId: z.string(),
  company: z.string(),
  role: PartyRole,
}).meta({ id: 'ExposureNeighbour' })
export type ExposureNeighbour = z.infer<typeof ExposureNeighbour>

export const ExposureLink = ExposureNeighbour.extend({
  tier: z.number().int().min(1).describe('1 = the top of the chain'),
  above: ExposureNeighbour.nullable().describe('who let the work to it'),
  below: z.array(ExposureNeighbour).describe('whom it let work to'),
  belowAll: z.number().int().describe('links below it, at any depth'),
  contractNumber: z.string().nullable(),
  signedOn: z.string().nullable(),
  amountYuan: Yuan.nullable(),
  qualified: z.boolean().nullable(),
  signer: z.string().nullable().describe('the surname only for roles that may not see persons'),
}).meta({ id: 'ExposureLink' })
export type ExposureLink = z.infer<typeof ExposureLink>

/** What is owed is told by site and not by link: whoever has a link there stands in that debt's chain. */
export const ExposureSite = z.object({
  worksite: z.string(),
  name: z.string(),
  community: z.string(),
  warning: WageWarning,
  owedYuan: z.number(),
  owedPeople: z.number(),
  owedSince: z.string().nullable(),
  dispute: z.boolean(),
  links: z.array(ExposureLink).describe('its own'),
  obligations: z.array(Obligation.pick({ article: true, duty: true }).extend({
    nr: z.number().int().describe('place in the order of all who have to pay at this site'),
    because: z.string().nullable().describe('of let-to-unqualified: the company that got the work'),
  })).describe('its own'),
  signs: z.array(ChainSign.omit({ parties: true })).describe('that its links are part of'),
  companies: z.array(z.object({
    companyId: z.string(),
    company: z.string(),
    roles: z.array(PartyRole),
  })).describe('all of the chain, itself included'),
}).meta({ id: 'ExposureSite' })
export type ExposureSite = z.infer<typeof ExposureSite>

export const ExposureTotals = z.object({
  sites: z.number().int(),
  owing: z.number().int(),
  owedYuan: z.number().describe('each site once'),
  owedPeople: z.number().int(),
  answersForYuan: z.number().describe('owed at sites where it pays first (art. 30) or let work to somebody without qualification (art. 36)'),
  contractYuan: z.number().describe('of its own links whose sum is known'),
  red: z.number().int(),
  yellow: z.number().int(),
}).meta({ id: 'ExposureTotals' })
export type ExposureTotals = z.infer<typeof ExposureTotals>

const SharedCompany = z.object({
  companyId: z.string(),
  company: z.string(),
  worksites: z.array(z.string()),
})

/** A company or a person over all sites that the asker may see. */
export const Exposure = z.object({
  asOf: Instant,
  personsMasked: z.boolean(),
  company: z.object({
    id: z.string(),
    name: z.string(),
    otherSpellings: z.array(z.string()),
  }).nullable(),
  signer: z.string().nullable(),
  totals: ExposureTotals,
  sites: z.array(ExposureSite).describe('the largest debt first'),
  beside: z.array(SharedCompany).describe('other companies on more than one of these sites'),
  signers: z.array(z.object({
    signer: z.string(),
    companies: z.array(SharedCompany),
  })).describe('one name for more than one company; whether it is one person, only an inquiry finds'),
}).meta({ id: 'Exposure' })
export type Exposure = z.infer<typeof Exposure>

/** 农历正月初一. */
export const SpringFestival = z.object({
  day: z.iso.date().describe('the next one, or today'),
  daysLeft: z.number().int().min(0),
}).meta({ id: 'SpringFestival' })
export type SpringFestival = z.infer<typeof SpringFestival>

export const CompanyMergeInput = z.object({
  into: z.string().max(60),
}).meta({ id: 'CompanyMergeInput' })
