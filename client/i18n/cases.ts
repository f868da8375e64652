import { caseWords } from '#contract/case-words.ts'

/** Words of a work order: kinds, states, sources. */
export const zh = {
  ...caseWords['zh-CN'],
  stage: {
    waiting: '待派单',
    working: '处置中',
    review: '待回访',
    done: '已办结',
  },
  ring: { soon: '2 小时内到期', overdue: '已超期' },
  band: {
    overdue: '已超期',
    within2: '2 小时内',
    within8: '2–8 小时',
    within24: '8–24 小时',
    later: '24 小时后',
    none: '不计时',
  },
}

export const en: typeof zh = {
  ...caseWords.en,
  stage: {
    waiting: 'To dispatch',
    working: 'In hand',
    review: 'To call back',
    done: 'Done',
  },
  ring: { soon: 'Due within 2 h', overdue: 'Overdue' },
  band: {
    overdue: 'Overdue',
    within2: 'Within 2 h',
    within8: '2–8 h',
    within24: '8–24 h',
    later: 'Over 24 h',
    none: 'No clock',
  },
}
