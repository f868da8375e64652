/** What is kept how long. PIPL art. 19: the shortest time that the purpose needs; 网络安全法 art. 21: logs at least six months. */
export interface RetentionRule {
  id: string
  what: string
  /** days after the case was archived, the row was last used, … */
  days: number
  does: 'delete' | 'anonymise'
  source: string
}

export const retentionRules = [
  {
    id: 'contacts',
    what: '归档工单的联系人姓名与电话',
    days: 365,
    does: 'anonymise',
    source: '个人信息保护法 第19条；期限为本单位配置',
  },
  {
    id: 'case-text',
    what: '归档工单的诉求原文与地址',
    days: 3 * 365,
    does: 'anonymise',
    source: '个人信息保护法 第19条；期限为本单位配置',
  },
  {
    id: 'uploads',
    what: '归档工单的照片、文件与录音',
    days: 3 * 365,
    does: 'delete',
    source: '个人信息保护法 第19条；期限为本单位配置',
  },
  {
    id: 'zone-papers',
    what: '已销号的遗留问题的照片、已过期限的物业处置的文书',
    days: 3 * 365,
    does: 'delete',
    source: '个人信息保护法 第19条；期限为本单位配置（问题、处置与日期照留）',
  },
  {
    id: 'wage-papers',
    what: '已销案的欠薪处置与已结束的走访的凭证、签收人姓名',
    days: 3 * 365 + 1,
    does: 'delete',
    source: '保障农民工工资支付条例第28条：至少保存三年；期限为本单位配置（经过、金额与日期照留）',
  },
  {
    id: 'handover-words',
    what: '已办结的交接事项、已接的班的交班说明',
    days: 365,
    does: 'anonymise',
    source: '个人信息保护法 第19条；期限为本单位配置（谁何时交接照留）',
  },
  {
    id: 'assignment-words',
    what: '已结束派遣的拒接、求助、撤回、改派理由与附言',
    days: 365,
    does: 'anonymise',
    source: '个人信息保护法 第19条；期限为本单位配置，供考核申诉（谁何时派给谁、结果照留）',
  },
  {
    id: 'dispatch-decisions',
    what: '派人时推荐了谁、未列入谁及原因',
    days: 365,
    does: 'delete',
    source: '个人信息保护法 第19、24条（自动化决策可供复核）；期限为本单位配置',
  },
  {
    id: 'officer-places',
    what: '网格员最后位置',
    days: 1,
    does: 'delete',
    source: '个人信息保护法 第28条（行踪轨迹）；期限为本单位配置',
  },
  {
    id: 'officer-tracks',
    what: '网格员在岗轨迹',
    days: 30,
    does: 'delete',
    source: '个人信息保护法 第19、28条（行踪轨迹）；期限为本单位配置，供复盘与申诉',
  },
  {
    id: 'idempotency',
    what: '重复提交的应答',
    days: 7,
    does: 'delete',
    source: '运行需要',
  },
  {
    id: 'sign-in-failures',
    what: '登录失败计数',
    days: 1,
    does: 'delete',
    source: '运行需要',
  },
  {
    id: 'sessions',
    what: '已过期的会话',
    days: 1,
    does: 'delete',
    source: '运行需要',
  },
] as const satisfies RetentionRule[]

export type RetentionRuleId = (typeof retentionRules)[number]['id']

export function daysOf(rule: RetentionRuleId): number {
  return retentionRules.find(({ id }) => id === rule)!.days
}
