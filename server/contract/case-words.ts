import type { CaseKind, CaseSource, CaseStatus, Urgency } from './case.ts'

export type Language = 'zh-CN' | 'en'

interface CaseWords {
  kind: Record<CaseKind, string>
  status: Record<CaseStatus, string>
  source: Record<CaseSource, string>
  urgency: Record<Urgency, string>
}

/** What the values of a case are called: on the pages, and in files that leave the server. */
export const caseWords: Record<Language, CaseWords> = {
  'zh-CN': {
    kind: {
      'renovation': '老旧改造',
      'wages': '欠薪讨薪',
      'elder-care': '养老服务',
      'property': '物业设施',
      'utilities': '水电气热',
      'sanitation': '环境卫生',
      'noise': '噪声扰民',
      'traffic': '交通停车',
      'safety': '安全隐患',
      'medical': '医疗卫生',
      'education': '教育',
      'culture': '文体',
      'enterprise': '企业服务',
      'other': '其他',
    },
    status: {
      'registered': '已受理',
      'dispatched': '已派单',
      'accepted': '已签收',
      'return-requested': '退单申请中',
      'in-progress': '办理中',
      'extension-requested': '延期申请中',
      'resolved': '已办结待回访',
      'reopened': '重办',
      'suspended': '挂账',
      'closed': '已销号',
      'archived': '已归档',
      'merged': '已并单',
    },
    source: {
      hotline: '12345 热线',
      qr: '码上提',
      grid: '网格员',
      visit: '入户走访',
      meeting: '座谈会',
      inspection: '暗访',
      wechat: '微信群',
      enterprise: '企业',
    },
    urgency: { emergency: '危及安全', urgent: '紧急', normal: '一般' },
  },
  'en': {
    kind: {
      'renovation': 'Renovation',
      'wages': 'Unpaid wages',
      'elder-care': 'Elder care',
      'property': 'Property',
      'utilities': 'Utilities',
      'sanitation': 'Sanitation',
      'noise': 'Noise',
      'traffic': 'Traffic',
      'safety': 'Safety',
      'medical': 'Medical',
      'education': 'Education',
      'culture': 'Culture',
      'enterprise': 'Enterprise',
      'other': 'Other',
    },
    status: {
      'registered': 'Registered',
      'dispatched': 'Dispatched',
      'accepted': 'Accepted',
      'return-requested': 'Return requested',
      'in-progress': 'In progress',
      'extension-requested': 'Extension requested',
      'resolved': 'Resolved, to call back',
      'reopened': 'Reopened',
      'suspended': 'On account',
      'closed': 'Closed',
      'archived': 'Archived',
      'merged': 'Merged',
    },
    source: {
      hotline: '12345 hotline',
      qr: 'QR form',
      grid: 'Grid worker',
      visit: 'Home visit',
      meeting: 'Meeting',
      inspection: 'Inspection',
      wechat: 'WeChat group',
      enterprise: 'Enterprise',
    },
    urgency: { emergency: 'Danger', urgent: 'Urgent', normal: 'Normal' },
  },
}
