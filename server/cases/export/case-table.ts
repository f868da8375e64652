import type { CaseFeature } from '#contract/case.ts'
import type { Language } from '#contract/case-words.ts'
import { caseWords } from '#contract/case-words.ts'

/** A moment is written as China's clock shows it. */
export type TableCell = string | number | Date | null

/** A case as it leaves in a file: what a screen sees, and its number in the system that it came from. */
export interface ExportedCase {
  feature: CaseFeature
  sourceRef: string | null
}

/** Names of what a case points at; codes stay where nothing has a name. */
export interface CaseNames {
  regions: ReadonlyMap<string, string>
  officers: ReadonlyMap<string, string>
  zones: ReadonlyMap<string, string>
  worksites: ReadonlyMap<string, string>
}

export interface CaseColumn {
  title: string
  /** in characters of a spreadsheet */
  width: number
}

const titles = {
  'zh-CN': [
    '单号',
    '来源单号',
    '状态',
    '类别',
    '来源',
    '紧急程度',
    '诉求内容',
    '地址',
    '社区',
    '网格',
    '改造项目',
    '工地',
    '承办人',
    '受理时间',
    '期限',
    '逾期',
    '督办',
    '回访时间',
    '回访结果',
    '连续不满意',
    '销号时间',
    '并入',
    '并单数',
    '导出标记',
  ],
  'en': [
    'Number',
    'Source number',
    'State',
    'Kind',
    'Source',
    'Urgency',
    'Matter',
    'Address',
    'Community',
    'Grid',
    'Renovation',
    'Worksite',
    'Officer',
    'Reported',
    'Due',
    'Overdue',
    'Supervised',
    'Called back',
    'Answer',
    'Dissatisfied in a row',
    'Closed',
    'Merged into',
    'Merged cases',
    'Export mark',
  ],
} satisfies Record<Language, string[]>
const widths = [
  15,
  20,
  14,
  10,
  10,
  10,
  50,
  30,
  14,
  14,
  18,
  18,
  12,
  17,
  17,
  7,
  7,
  17,
  10,
  12,
  17,
  15,
  8,
  40,
]
const said = {
  'zh-CN': { yes: '是', satisfied: '满意', dissatisfied: '不满意' },
  'en': { yes: 'yes', satisfied: 'satisfied', dissatisfied: 'dissatisfied' },
}

export function caseColumns(language: Language): CaseColumn[] {
  return titles[language].map((title, index) => ({ title, width: widths[index]! }))
}

/** `mark`: who took it out and when; at the end of every row, so that a part that was copied still tells. */
export function caseRow({ feature: { properties: item }, sourceRef }: ExportedCase, { names, language, mark, now }: { names: CaseNames, language: Language, mark: string, now: Date }): TableCell[] {
  const words = caseWords[language]
  const { yes, satisfied, dissatisfied } = said[language]
  const isLate = item.dueAt !== null && new Date(item.dueAt) < (item.closedAt === null
    ? now
    : new Date(item.closedAt))
  return [
    item.id,
    sourceRef,
    words.status[item.status],
    words.kind[item.kind],
    words.source[item.source],
    words.urgency[item.urgency],
    item.content,
    item.address,
    nameOf(names.regions, item.community),
    nameOf(names.regions, item.grid),
    nameOf(names.zones, item.zone),
    nameOf(names.worksites, item.worksite),
    nameOf(names.officers, item.assignee),
    new Date(item.reportedAt),
    momentOf(item.dueAt),
    isLate ? yes : null,
    item.supervised ? yes : null,
    momentOf(item.calledBackAt),
    item.satisfied === null
      ? null
      : item.satisfied
        ? satisfied
        : dissatisfied,
    item.dissatisfiedInRow,
    momentOf(item.closedAt),
    item.mergedInto,
    item.mergedCount ?? 0,
    mark,
  ]
}

function nameOf(names: ReadonlyMap<string, string>, id: string | null): string | null {
  return id === null
    ? null
    : names.get(id) ?? id
}

function momentOf(text: string | null | undefined): Date | null {
  return text
    ? new Date(text)
    : null
}
