import { z } from 'zod'
import { CaseKind, CaseStatus, Evidence, Instant } from './case.ts'
import { LngLat, MultiPolygon, Polygon } from './geometry.ts'
import { RenovationStage } from './places.ts'
import { CaseTopic } from './topic.ts'

const Day = z.iso.date().refine(day => day >= '1990-01-01' && day <= '2099-12-31', 'must lie between 1990 and 2099')
const Yuan = z.number().min(0).max(1e12)
const count = (most: number) => z.number().int().min(0).max(most)
const text = (most: number) => z.string().trim().min(1).max(most)
const Version = z.number().int().min(0).describe('of the ledger, as it was read: what changed since is not overwritten')

export const ZoneFacts = z.object({
  name: text(80),
  batch: text(40).nullable(),
  progress: z.number().min(0).max(1).nullable().describe('share of the works done'),
  buildings: count(2000).nullable(),
  households: count(100_000).nullable(),
  floorArea: z.number().min(0).max(1e8).nullable().describe('m²'),
  builtYear: z.number().int().min(1900).max(2099).nullable(),
  owner: text(80).nullable().describe('产权单位'),
  contractor: text(80).nullable(),
  designer: text(80).nullable(),
  supervisor: text(80).nullable(),
  propertyCompany: text(80).nullable(),
  warrantyEnd: Day.nullable(),
}).meta({ id: 'ZoneFacts' })
export type ZoneFacts = z.infer<typeof ZoneFacts>

export const ZoneStage = z.object({
  stage: RenovationStage,
  planStart: Day.nullable(),
  planEnd: Day.nullable(),
  realStart: Day.nullable(),
  realEnd: Day.nullable(),
}).meta({ id: 'ZoneStage' })
export type ZoneStage = z.infer<typeof ZoneStage>

export const BuildingConsent = z.object({
  building: text(60),
  households: z.number().int().min(1).max(5000),
  agreed: count(5000),
}).meta({ id: 'BuildingConsent' })
export type BuildingConsent = z.infer<typeof BuildingConsent>

/** 中央补助 省级 市级 区级 产权单位 居民出资 其他. */
export const FundSource = z.enum([
  'central',
  'province',
  'city',
  'district',
  'owner',
  'residents',
  'other',
]).meta({ id: 'FundSource' })
export type FundSource = z.infer<typeof FundSource>

export const ZoneFund = z.object({
  source: FundSource,
  yuan: Yuan,
  paidYuan: Yuan,
  note: text(200).nullable(),
}).meta({ id: 'ZoneFund' })
export type ZoneFund = z.infer<typeof ZoneFund>

/** 待办 办理中 待复核 已销号. */
export const LeftoverState = z.enum([
  'open',
  'working',
  'proposed',
  'closed',
]).meta({ id: 'LeftoverState' })
export type LeftoverState = z.infer<typeof LeftoverState>

export const LeftoverAction = z.enum([
  'start',
  'propose',
  'confirm',
  'send-back',
  'reopen',
]).meta({ id: 'LeftoverAction' })
export type LeftoverAction = z.infer<typeof LeftoverAction>

const leftoverWords = {
  title: text(200),
  owner: text(80).describe('who answers for it: a unit or a post'),
  dueOn: Day,
}

/** 遗留问题: what the works left undone. Taken off the account by two keys (销号): evidence by one, the check by another. */
export const Leftover = z.object({
  id: z.string(),
  ...leftoverWords,
  state: LeftoverState,
  openedOn: Day,
  overdueDays: z.number().int().describe('0 = in its term, or over'),
  evidence: z.array(Evidence).nullable(),
  proposedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  possible: z.array(z.object({
    action: LeftoverAction,
    refusal: z.string().nullable().describe('why the asker may not; null = go ahead'),
  })),
}).meta({ id: 'Leftover' })
export type Leftover = z.infer<typeof Leftover>

/** 反馈 约谈 限期整改 调整物业. */
export const PropertyStepName = z.enum([
  'feedback',
  'interview',
  'rectify',
  'replace',
]).meta({ id: 'PropertyStepName' })
export type PropertyStepName = z.infer<typeof PropertyStepName>

const stepWords = {
  company: text(80),
  step: PropertyStepName,
  on: Day,
  dueOn: Day.nullable().describe('until when it has to help; by the term where nothing is given'),
  note: text(1000),
  skipReason: text(500).nullable().describe('why steps in between were left out'),
  documents: z.array(z.string().min(1).max(60)).max(20).describe('ids of uploads'),
  cases: z.array(z.string().min(1).max(40)).max(200).describe('calls that it rests on'),
}

export const PropertyStepInput = z.object(stepWords).meta({ id: 'PropertyStepInput' })
export type PropertyStepInput = z.infer<typeof PropertyStepInput>

export const PropertyStep = PropertyStepInput.extend({
  id: z.string(),
  outcome: z.enum(['improved', 'not-improved']).nullable(),
  outcomeOn: Day.nullable(),
  outcomeNote: z.string().nullable(),
}).meta({ id: 'PropertyStep' })
export type PropertyStep = z.infer<typeof PropertyStep>

export const LadderTerm = z.object({
  step: PropertyStepName,
  days: z.number().int().min(1).max(1000),
  source: text(200),
}).meta({ id: 'LadderTerm' })
export type LadderTerm = z.infer<typeof LadderTerm>

export const PropertyLadder = z.object({
  company: z.string(),
  steps: z.array(PropertyStep).describe('in the order taken'),
  stands: PropertyStepName.nullable().describe('null = nothing is going on: not begun, or it has helped'),
  next: z.object({
    step: PropertyStepName,
    dueOn: Day.nullable(),
    overdueDays: z.number().int(),
  }).nullable().describe('what comes when the last step does not help; null = the ladder ends'),
}).meta({ id: 'PropertyLadder' })
export type PropertyLadder = z.infer<typeof PropertyLadder>

const Periods = z.object({
  before: z.number().int(),
  during: z.number().int(),
  after: z.number().int(),
})

/** Calls before, during and after the works, with the days over which they came: what is compared is calls a month. */
export const ZoneCalls = z.object({
  since: Day.nullable().describe('first day of which calls are known'),
  days: Periods,
  kinds: z.array(Periods.extend({ kind: CaseKind })).describe('most calls first'),
  months: z.array(z.object({
    month: z.string(),
    calls: z.number().int(),
  })).describe('the last 24, oldest first'),
}).meta({ id: 'ZoneCalls' })
export type ZoneCalls = z.infer<typeof ZoneCalls>

/** A call from a zone, without anything that its caller said. */
export const ZoneCall = z.object({
  case: z.string(),
  kind: CaseKind,
  topic: CaseTopic,
  status: CaseStatus,
  reportedOn: Day,
}).meta({ id: 'ZoneCall' })
export type ZoneCall = z.infer<typeof ZoneCall>

/** A call about a defect that came before the warranty's end: the contractor mends it. */
export const WarrantyDefect = ZoneCall.extend({
  daysLeft: z.number().int().describe('of the warranty, on the day of the call'),
}).meta({ id: 'WarrantyDefect' })
export type WarrantyDefect = z.infer<typeof WarrantyDefect>

export const ZoneLedger = z.object({
  zone: z.string(),
  version: Version,
  asOf: Instant,
  facts: ZoneFacts,
  community: z.string().nullable(),
  stage: RenovationStage,
  stages: z.array(ZoneStage).describe('all nine, in their order'),
  consents: z.array(BuildingConsent),
  consentRate: z.number().nullable().describe('agreed / households of the buildings; without buildings, what the import said'),
  funds: z.array(ZoneFund),
  fundsYuan: z.number().nullable(),
  leftovers: z.array(Leftover),
  openLeftovers: z.number().int(),
  calls: ZoneCalls,
  recent: z.array(ZoneCall).describe('the last 50 calls, the newest first'),
  warranty: z.object({
    end: Day,
    daysLeft: z.number().int().describe('negative = over'),
    contractor: z.string().nullable(),
    defectCount: z.number().int(),
    defects: z.array(WarrantyDefect).describe('the newest 200 of them, the newest first'),
  }).nullable(),
}).meta({ id: 'ZoneLedger' })
export type ZoneLedger = z.infer<typeof ZoneLedger>

export const ZoneChange = z.object({
  version: Version,
  at: Instant,
  by: z.string().nullable().describe('null = not shown to who plans or administers'),
  part: z.string(),
  before: z.unknown(),
  after: z.unknown(),
}).meta({ id: 'ZoneChange' })
export type ZoneChange = z.infer<typeof ZoneChange>

/** A line of the list and of a batch's Gantt chart. */
export const ZoneSchedule = z.object({
  zone: z.string(),
  name: z.string(),
  community: z.string().nullable(),
  batch: z.string().nullable(),
  stage: RenovationStage,
  stages: z.array(ZoneStage),
  overdueLeftovers: z.number().int(),
  ladder: PropertyStepName.nullable().describe('the highest rung on which a property company stands in one of its compounds'),
}).meta({ id: 'ZoneSchedule' })
export type ZoneSchedule = z.infer<typeof ZoneSchedule>

/** A zone month by month, for a map that goes back in time. */
export const ZoneMonths = z.object({
  zone: z.string(),
  months: z.array(z.object({
    month: z.string(),
    calls: z.number().int(),
    stage: RenovationStage.nullable().describe('at the end of the month; null = not begun, or not known'),
    leftovers: z.number().int().nullable().describe('open at the end of the month; null = there are some now of which the ledger does not tell since when'),
  })).describe('the last 24, oldest first'),
}).meta({ id: 'ZoneMonths' })
export type ZoneMonths = z.infer<typeof ZoneMonths>

/** One contractor over all its zones. */
export const ContractorRecord = z.object({
  contractor: z.string(),
  zones: z.array(z.object({
    zone: z.string(),
    name: z.string(),
    stage: RenovationStage,
    lateDays: z.number().int().describe('of the works, beyond their planned end'),
    openLeftovers: z.number().int(),
    defects: z.number().int(),
    warrantyEnd: Day.nullable(),
  })),
  leftovers: z.object({
    open: z.number().int(),
    overdue: z.number().int(),
    closed: z.number().int(),
  }),
  defects: z.number().int().describe('calls before the end of a warranty'),
  calls: ZoneCalls.omit({ months: true }).describe('days are added up over the zones'),
}).meta({ id: 'ContractorRecord' })
export type ContractorRecord = z.infer<typeof ContractorRecord>

export const ZoneArea = z.discriminatedUnion('type', [Polygon, MultiPolygon])
export type ZoneArea = z.infer<typeof ZoneArea>

export const ZoneFactsInput = z.object({
  version: Version,
  facts: ZoneFacts,
}).meta({ id: 'ZoneFactsInput' })
export const ZoneStagesInput = z.object({
  version: Version,
  stage: RenovationStage.describe('where it stands'),
  stages: z.array(ZoneStage).max(9),
}).meta({ id: 'ZoneStagesInput' })
export const ZoneConsentsInput = z.object({
  version: Version,
  consents: z.array(BuildingConsent).max(1000),
}).meta({ id: 'ZoneConsentsInput' })
export const ZoneFundsInput = z.object({
  version: Version,
  funds: z.array(ZoneFund).max(50),
}).meta({ id: 'ZoneFundsInput' })
export const LeftoverInput = z.object({
  version: Version,
  leftover: z.object(leftoverWords),
}).meta({ id: 'LeftoverInput' })
export type LeftoverInput = z.infer<typeof LeftoverInput>
export const LeftoverActionInput = z.object({
  version: Version,
  evidence: z.array(Evidence).max(20).optional().describe('of propose'),
  reason: text(500).optional().describe('of send-back and reopen'),
}).meta({ id: 'LeftoverActionInput' })
export type LeftoverActionInput = z.infer<typeof LeftoverActionInput>
export const LadderInput = z.object({
  version: Version,
  step: PropertyStepInput,
}).meta({ id: 'LadderInput' })
export const PropertyOutcomeInput = z.object({
  version: Version,
  outcome: z.enum(['improved', 'not-improved']),
  on: Day,
  note: text(1000),
}).meta({ id: 'PropertyOutcomeInput' })
export type PropertyOutcomeInput = z.infer<typeof PropertyOutcomeInput>
export const ZoneAreaInput = z.object({
  version: Version,
  area: ZoneArea.describe('WGS84'),
}).meta({ id: 'ZoneAreaInput' })
export const NewZoneInput = z.object({
  facts: ZoneFacts,
  area: ZoneArea.describe('WGS84'),
}).meta({ id: 'NewZoneInput' })
export const ZoneSplitInput = z.object({
  version: Version,
  line: z.tuple([LngLat, LngLat]).describe('two points of the straight line along which it is cut'),
  name: text(80).describe('of the smaller part'),
}).meta({ id: 'ZoneSplitInput' })
export const ZoneMergeInput = z.object({
  version: Version,
  other: z.string().max(100).describe('id of the zone that becomes part of this one'),
}).meta({ id: 'ZoneMergeInput' })
