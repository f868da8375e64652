import type { CaseStatus, Urgency } from '#contract/case.ts'

/** How long a case may take. Exactly one of `hours` and `workingDays` is there. */
export interface TermClass {
  id: string
  name: { zh: string, en: string }
  hours?: number
  workingDays?: number
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
}

export const defaultCaseRules: CaseRules = {
  terms: [
    {
      id: '2h',
      name: { zh: '2 小时', en: '2 hours' },
      hours: 2,
      source: '北京接诉即办派单时限: 水电气热、极端天气 2 小时（转引）',
    },
    {
      id: '24h',
      name: { zh: '24 小时', en: '24 hours' },
      hours: 24,
      source: '北京接诉即办派单时限: 一般诉求 24 小时（转引）',
    },
    {
      id: '72h',
      name: { zh: '72 小时', en: '72 hours' },
      hours: 72,
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
}

/** The class of that id; a case keeps the id of a class that has since been taken out of the rules. */
export function termClass(rules: CaseRules, id: string | null): TermClass | undefined {
  return rules.terms.find(term => term.id === id)
}
