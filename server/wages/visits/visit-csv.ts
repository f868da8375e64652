import type { WorksiteVisit } from '#contract/worksite-visit.ts'
import { byteOrderMark, csvLine } from '../../csv-line.ts'

const heads = {
  zh: [
    '计划日期',
    '工地',
    '预警',
    '欠薪（元）',
    '走访人',
    '事由',
    '状态',
    '逾期（天）',
    '实际日期',
    '走访情况',
    '见到工人',
    '取消原因',
  ],
  en: [
    'Planned for',
    'Worksite',
    'Warning',
    'Owed (CNY)',
    'Visitor',
    'Purpose',
    'State',
    'Days overdue',
    'Done on',
    'Finding',
    'Workers met',
    'Why cancelled',
  ],
}
const words = {
  zh: {
    red: '红',
    yellow: '黄',
    none: '无',
    planned: '已安排',
    done: '已走访',
    cancelled: '已取消',
  },
  en: {
    red: 'red',
    yellow: 'yellow',
    none: 'none',
    planned: 'planned',
    done: 'done',
    cancelled: 'cancelled',
  },
}

/** The roster for a spreadsheet, a line a visit. */
export function visitCsv(visits: readonly WorksiteVisit[], language: 'zh' | 'en'): string {
  return [
    csvLine(heads[language]),
    ...visits.map(visit => csvLine([
      visit.plannedOn,
      visit.worksiteName,
      words[language][visit.warning],
      visit.owedYuan,
      visit.visitor,
      visit.purpose,
      words[language][visit.state],
      visit.overdueDays || null,
      visit.doneOn,
      visit.finding,
      visit.peopleMet,
      visit.reason,
    ])),
  ].reduce((text, line) => text + line, byteOrderMark)
}
