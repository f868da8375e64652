import { z } from 'zod'
import { Instant } from './case.ts'
import { collectionOf, featureOf, MultiPolygon, Point, Polygon } from './geometry.ts'

const Area = z.discriminatedUnion('type', [Polygon, MultiPolygon])

export const RegionLevel = z.enum([
  'district',
  'subdistrict',
  'community',
  'village',
  'grid',
]).meta({ id: 'RegionLevel' })
export type RegionLevel = z.infer<typeof RegionLevel>

/** 街道 › 社区/村 › 网格. A grid's code has 15 digits: 6 district + 3 subdistrict + 3 community + 3 sequence. */
export const Region = z.object({
  id: z.string().describe('region code'),
  level: RegionLevel,
  parent: z.string().nullable(),
  name: z.string(),
  households: z.number().int().nullable(),
  population: z.number().int().nullable(),
  aged60: z.number().int().nullable().describe('residents aged 60 or more'),
  aged80: z.number().int().nullable(),
  populationAsOf: z.string().nullable(),
}).meta({ id: 'Region' })
export type Region = z.infer<typeof Region>
export const RegionFeature = featureOf(Region, Area).meta({ id: 'RegionFeature' })
export type RegionFeature = z.infer<typeof RegionFeature>
export const RegionCollection = collectionOf(RegionFeature).meta({ id: 'RegionCollection' })

/** 摸底 申报 意愿 方案公示 招标 施工 验收 移交 长效管理 (国办发〔2020〕23号). */
export const RenovationStage = z.enum([
  'survey',
  'application',
  'consent',
  'publication',
  'tender',
  'construction',
  'acceptance',
  'handover',
  'upkeep',
]).meta({ id: 'RenovationStage' })
export type RenovationStage = z.infer<typeof RenovationStage>

export const RenovationZone = z.object({
  id: z.string(),
  name: z.string(),
  community: z.string().nullable(),
  batch: z.string().nullable(),
  stage: RenovationStage,
  progress: z.number().min(0).max(1).nullable().describe('share of the works done'),
  buildings: z.number().int().nullable(),
  households: z.number().int().nullable(),
  floorArea: z.number().nullable().describe('m²'),
  builtYear: z.number().int().nullable(),
  owner: z.string().nullable().describe('产权单位'),
  contractor: z.string().nullable(),
  designer: z.string().nullable(),
  supervisor: z.string().nullable(),
  propertyCompany: z.string().nullable(),
  consentRate: z.number().min(0).max(1).nullable(),
  fundsYuan: z.number().nullable(),
  planStart: z.string().nullable(),
  planEnd: z.string().nullable(),
  realStart: z.string().nullable(),
  realEnd: z.string().nullable(),
  warrantyEnd: z.string().nullable(),
  warrantyNotice: z.number().int().nullable().optional().describe('90, 30 or 7: the last of these days before the end of the warranty that was told (zone.warranty-ending)'),
  openLeftovers: z.number().int().describe('遗留问题 not yet taken off the account'),
}).meta({ id: 'RenovationZone' })
export type RenovationZone = z.infer<typeof RenovationZone>
export const RenovationZoneFeature = featureOf(RenovationZone, Area).meta({ id: 'RenovationZoneFeature' })
export type RenovationZoneFeature = z.infer<typeof RenovationZoneFeature>
export const RenovationZoneCollection = collectionOf(RenovationZoneFeature).meta({ id: 'RenovationZoneCollection' })

export const WageWarning = z.enum(['none', 'yellow', 'red']).meta({ id: 'WageWarning' })

/** 投诉 → 核查 → 责令 → 支付 → 销案. */
export const HandlingState = z.enum([
  'complained',
  'checked',
  'ordered',
  'paid',
  'closed',
]).meta({ id: 'HandlingState' })
export type HandlingState = z.infer<typeof HandlingState>

export const Worksite = z.object({
  id: z.string(),
  name: z.string(),
  community: z.string().nullable(),
  developer: z.string().nullable().describe('建设单位'),
  generalContractor: z.string().nullable().describe('总包'),
  subcontractor: z.string().nullable(),
  owedYuan: z.number().min(0),
  owedPeople: z.number().int().min(0),
  owedSince: z.string().nullable().describe('date, YYYY-MM-DD'),
  workers: z.number().int().nullable(),
  payees: z.number().int().nullable().describe('people paid last month'),
  warning: WageWarning,
  dispute: z.boolean().describe('an open legal dispute'),
  handling: HandlingState.nullable().describe('of the newest handling that is not closed'),
  nextVisit: z.string().nullable().describe('day of the first visit that is planned and not done; past: it is overdue'),
}).meta({ id: 'Worksite' })
export type Worksite = z.infer<typeof Worksite>
export const WorksiteFeature = featureOf(Worksite, Point).meta({ id: 'WorksiteFeature' })
export type WorksiteFeature = z.infer<typeof WorksiteFeature>
export const WorksiteCollection = collectionOf(WorksiteFeature).meta({ id: 'WorksiteCollection' })

/** 街道综合养老服务中心, 社区日间照料中心, 助餐点, 社区卫生服务站, 家庭医生团队. */
export const CareKind = z.enum([
  'comprehensive-centre',
  'day-care',
  'meals',
  'clinic',
  'family-doctors',
]).meta({ id: 'CareKind' })
export type CareKind = z.infer<typeof CareKind>

export const CareFacility = z.object({
  id: z.string(),
  name: z.string(),
  kind: CareKind,
  community: z.string().nullable(),
  open: z.boolean(),
  floorArea: z.number().min(0).nullable().describe('m²'),
  capacity: z.number().int().min(0).nullable().describe('places'),
  hours: z.string().nullable().describe('opening hours, OSM syntax'),
}).meta({ id: 'CareFacility' })
export type CareFacility = z.infer<typeof CareFacility>
export const CareFacilityFeature = featureOf(CareFacility, Point).meta({ id: 'CareFacilityFeature' })
export type CareFacilityFeature = z.infer<typeof CareFacilityFeature>
export const CareFacilityCollection = collectionOf(CareFacilityFeature).meta({ id: 'CareFacilityCollection' })

export const OfficerDuty = z.enum(['on', 'off']).meta({ id: 'OfficerDuty' })
export const Officer = z.object({
  id: z.string(),
  name: z.string(),
  grid: z.string().nullable().describe('responsibility grid'),
  community: z.string().nullable(),
  duty: OfficerDuty,
  skills: z.array(z.string()),
  seenAt: Instant.nullable(),
  dutyUntil: Instant.nullable().optional().describe('end of the shift; null = until somebody says so'),
}).meta({ id: 'Officer' })
export type Officer = z.infer<typeof Officer>
export const OfficerFeature = featureOf(Officer, Point.nullable()).meta({ id: 'OfficerFeature' })
export type OfficerFeature = z.infer<typeof OfficerFeature>
export const OfficerCollection = collectionOf(OfficerFeature).meta({ id: 'OfficerCollection' })
