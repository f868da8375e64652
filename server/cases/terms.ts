import type { CaseStatus, Urgency } from '#contract/case.ts'
import type { DispatchSettings } from '../dispatch/suggestion-settings.ts'
import { defaultDispatchSettings } from '../dispatch/suggestion-settings.ts'

/** How long a case may take. Exactly one of `hours` and `workingDays` is there. */
export interface TermClass {
  id: string
  name: { zh: string, en: string }
  hours?: number
  workingDays?: number
  /** Yellow card so long before a deadline in hours. One in working days is warned of one working day before. */
  warnHours?: number
  /** Where the term comes from; shown wherever the deadline is explained. */
  source: string
}

/** The rules of a centre that no law fixes for all: a value, so that another district brings its own. */
export interface CaseRules {
  terms: TermClass[]
  /** The term class a case gets when it is registered. */
  termOfUrgency: Record<Urgency, TermClass['id']>
  /** Statuses in which the clock stands still. In all others it runs. */
  pausingStatuses: CaseStatus[]
  /** Hours after the report within which the resident is to be spoken to (响应). */
  contactHours: Record<Urgency, number>
  contactSource: string
  /** A case on account is looked at again after so many days at most. */
  reviewDays: number
  /** Whether communities are ranked at all; guidance since 2025 warns against ranking for its own sake. */
  ranking: boolean
  /** 连续不满意: so many call-backs in a row ended dissatisfied. No public rule sets it, so interfaces show it. */
  consecutiveFrom: number
  /** So many similar cases on one building within so many hours are one matter (a water cut). */
  flood: { cases: number, hours: number }
  /** How the three rates make one figure, parts of 1 in sum; null: they stay three. No public rule weighs them, so a centre gives its own source. */
  weights: { response: number, solved: number, satisfied: number, source: string } | null
  /** How officers are suggested and how long they have to answer. */
  dispatch: DispatchSettings
}

export const defaultCaseRules: CaseRules = {
  terms: [
    {
      id: '2h',
      name: { zh: '2 小时', en: '2 hours' },
      hours: 2,
      warnHours: 0.5,
      source: '北京接诉即办派单时限: 水电气热、极端天气 2 小时（转引）',
    },
    {
      id: '24h',
      name: { zh: '24 小时', en: '24 hours' },
      hours: 24,
      warnHours: 4,
      source: '北京接诉即办派单时限: 一般诉求 24 小时（转引）',
    },
    {
      id: '72h',
      name: { zh: '72 小时', en: '72 hours' },
      hours: 72,
      warnHours: 24,
      source: '默认设置，无公开规定',
    },
    {
      id: '5wd',
      name: { zh: '5 个工作日', en: '5 working days' },
      workingDays: 5,
      source: '济南市12345市民服务热线条例第二十四条',
    },
    {
      id: '15wd',
      name: { zh: '15 个工作日', en: '15 working days' },
      workingDays: 15,
      source: '山东省政务服务热线办理规范 2017: 15 个工作日（转引）',
    },
  ],
  termOfUrgency: { emergency: '2h', urgent: '24h', normal: '5wd' },
  pausingStatuses: ['suspended'],
  contactHours: { emergency: 1, urgent: 2, normal: 24 },
  contactSource: '参照北京接诉即办派单时限 1 / 2 / 24 小时（转引）；本地无公开规定，可配置',
  reviewDays: 30,
  ranking: true,
  consecutiveFrom: 2,
  flood: { cases: 5, hours: 2 },
  weights: null,
  dispatch: defaultDispatchSettings,
}

/** The class of that id; a case keeps the id of a class that has since been taken out of the rules. */
export function termClass(rules: CaseRules, id: string | null): TermClass | undefined {
  return rules.terms.find(term => term.id === id)
}
