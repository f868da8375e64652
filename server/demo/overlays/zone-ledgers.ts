import type { RenovationStage } from '#contract/places.ts'
import type { BuildingConsent, LeftoverState, PropertyStepName, ZoneFund, ZoneStage } from '#contract/renovation.ts'
import type { Random } from '../random.ts'
import { RenovationStage as Stages } from '#contract/places.ts'
import { PropertyStepName as Rungs } from '#contract/renovation.ts'
import { dayFrom } from './days.ts'

export interface DemoLeftover { title: string, owner: string, openedAgo: number, termDays: number, state: LeftoverState }
export interface DemoRung { step: PropertyStepName, ago: number, note: string, skipReason?: string }

/** What the ledger of a demo zone says beyond the file: written once the zones and the cases are there. */
export interface DemoZoneLedger {
  stage: RenovationStage
  stages: ZoneStage[]
  consents: BuildingConsent[]
  funds: ZoneFund[]
  leftovers: DemoLeftover[]
  ladder: DemoRung[]
}

export interface DemoZonePlan {
  /** Which of the eight. */
  i: number
  stage: RenovationStage
  /** So many days from now the works begin, and so many they take. */
  start: number
  days: number
  progress: number
  properties: Record<string, string | number | null>
  houses: { name: string, households: number }[]
}

/** Days from the start of the works to the planned start of each stage before it, and how long it takes. */
const before: Partial<Record<RenovationStage, [start: number, days: number]>> = {
  survey: [-330, 45],
  application: [-280, 25],
  consent: [-250, 60],
  publication: [-185, 40],
  tender: [-140, 60],
}
/** The same from the end of the works. */
const after: Partial<Record<RenovationStage, [start: number, days: number]>> = {
  acceptance: [12, 30],
  handover: [50, 25],
  upkeep: [80, 365],
}

/** Steps against the property company, so many days ago: one company stands on each rung. */
const ladders: Partial<Record<number, number[]>> = {
  0: [5],
  2: [41, 20],
  3: [92, 61, 18],
  4: [150, 121, 83, 9],
}
const notes: Record<PropertyStepName, string> = {
  feedback: '将居民来电书面反馈物业公司，要求说明整改打算。',
  interview: '街道、社区约谈物业公司负责人，形成约谈记录。',
  rectify: '下达限期整改通知书，逐项列明问题与时限。',
  replace: '整改未到位，指导业主大会启动调整物业程序。',
}

/** A company outside of every zone, with a step left out for a reason. */
export const rungsOutside: DemoRung[] = [
  {
    step: 'interview',
    ago: 12,
    note: '住宅专项维修资金账目未公开，约谈项目经理。',
    skipReason: '账目问题须当面说明，直接约谈。',
  },
]
export const companyOutside = '样板物业公司'

const titles = [
  '楼顶防水局部返潮',
  '楼道管线未归整入槽',
  '挖开的管沟路面未恢复',
  '雨水篦子高于路面积水',
  '单元门禁接线外露',
  '外墙保温板接缝开裂',
  '新铺地砖松动翘起',
  '非机动车棚未通电',
  '楼前路灯两盏不亮',
  '污水井盖异响',
  '绿化带回填土下沉',
  '扶手漆面脱落',
  '楼牌号未复位',
]

export function composeZoneLedger(zone: DemoZonePlan, now: Date, random: Random): DemoZoneLedger {
  return {
    stage: zone.stage,
    stages: stagesOf(zone, now, random),
    consents: consentsOf(zone, random),
    funds: fundsOf(zone),
    leftovers: leftoversOf(zone, random),
    ladder: (ladders[zone.i] ?? []).map((ago, rung) => ({
      step: Rungs.options[rung]!,
      ago,
      note: notes[Rungs.options[rung]!],
    })),
  }
}

function stagesOf({ stage: current, start, days, properties }: DemoZonePlan, now: Date, random: Random): ZoneStage[] {
  const reached = Stages.options.indexOf(current)
  return Stages.options.map((stage, rank) => {
    if (stage === 'construction') {
      const day = (name: string) => properties[name] as string | null
      return {
        stage,
        planStart: day('计划开工'),
        planEnd: day('计划竣工'),
        realStart: day('实际开工'),
        realEnd: day('实际竣工'),
      }
    }
    const [from, length] = before[stage] ?? after[stage]!
    const begins = start + from + (before[stage]
      ? 0
      : days)
    const late = random.integer(1, 14)
    return {
      stage,
      planStart: dayFrom(now, begins),
      planEnd: dayFrom(now, begins + length),
      realStart: rank <= reached
        ? dayFrom(now, Math.min(0, begins + late))
        : null,
      realEnd: rank < reached
        ? dayFrom(now, Math.min(0, begins + length + late + random.integer(0, 9)))
        : null,
    }
  })
}

function consentsOf({ stage, houses, properties }: DemoZonePlan, random: Random): BuildingConsent[] {
  if (Stages.options.indexOf(stage) < Stages.options.indexOf('consent'))
    return []
  const rate = Number(properties.同意率)
  return houses.filter(({ name, households }) => name !== '' && households > 0).map(({ name, households }) => ({
    building: name,
    households,
    agreed: Math.min(households, Math.round(households * Math.min(1, rate + random.between(-0.08, 0.06)))),
  }))
}

function fundsOf({ progress, properties: { 资金: total } }: DemoZonePlan): ZoneFund[] {
  if (typeof total !== 'number')
    return []
  const paid = progress === 1
    ? 0.97
    : progress * 0.8
  const part = (share: number) => Math.round(total * share / 10_000) * 10_000
  const shares = [
    [
      'central',
      part(0.34),
      null,
    ],
    [
      'province',
      part(0.12),
      null,
    ],
    [
      'city',
      part(0.18),
      null,
    ],
    [
      'owner',
      part(0.06),
      '原产权单位出资（演示）',
    ],
    [
      'residents',
      part(0.04),
      '居民按户出资，含维修资金',
    ],
  ] as const
  const rest = total - shares.reduce((sum, [, yuan]) => sum + yuan, 0)
  return [
    ...shares,
    ['district', rest, null] as const,
  ].map(([source, yuan, note]) => ({
    source,
    yuan,
    paidYuan: Math.round(yuan * paid),
    note,
  }))
}

/** As many on the account as the file says, in each state, some over their term; and two that are off it. */
function leftoversOf({ properties }: DemoZonePlan, random: Random): DemoLeftover[] {
  const open = Number(properties.遗留问题)
  if (open === 0)
    return []
  const states: LeftoverState[] = ['open', 'working', 'proposed']
  return random.shuffle(titles).slice(0, open + 2).map((title, at) => ({
    title,
    owner: String(at % 4 === 3
      ? properties.物业公司
      : properties.施工单位 ?? '街道城建办'),
    openedAgo: random.integer(12, 80),
    termDays: random.integer(15, 60),
    state: at < open
      ? states[at % states.length]!
      : 'closed',
  }))
}
