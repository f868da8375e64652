import type { CaseKind, CaseStatus, Urgency } from '#contract/case.ts'

/** What the world outside calls the kinds of a case: service_name. */
export const serviceNames: Record<CaseKind, string> = {
  'renovation': '老旧改造 · Renovation of old compounds',
  'wages': '欠薪讨薪 · Unpaid wages',
  'elder-care': '养老服务 · Elder care',
  'property': '物业设施 · Property management',
  'utilities': '水电气热 · Water, power, gas, heat',
  'sanitation': '环境卫生 · Sanitation',
  'noise': '噪声扰民 · Noise',
  'traffic': '交通停车 · Traffic and parking',
  'safety': '安全隐患 · Safety',
  'medical': '医疗卫生 · Medical care',
  'education': '教育 · Education',
  'culture': '文体 · Culture and sports',
  'enterprise': '企业服务 · Services to enterprises',
  'other': '其他 · Other',
}

/** The states beyond open and closed: extended_attributes.state_name. */
export const stateNames: Record<CaseStatus, string> = {
  'registered': '已受理 · registered',
  'dispatched': '已派单 · dispatched',
  'accepted': '已签收 · accepted',
  'return-requested': '退单申请中 · return requested',
  'in-progress': '办理中 · in progress',
  'extension-requested': '延期申请中 · extension requested',
  'resolved': '已办结待回访 · resolved, to be called back',
  'reopened': '重办 · reopened',
  'suspended': '挂账 · on account',
  'closed': '已销号 · closed',
  'archived': '已归档 · archived',
  'merged': '已并单 · merged into another',
}

export const urgencyNames: Record<Urgency, string> = {
  emergency: '危及安全 · danger to life',
  urgent: '紧急 · urgent',
  normal: '一般 · normal',
}

/** Open311 knows two states. What is merged goes on under another number; what waits for the call-back is not over. */
export function open311Status(status: CaseStatus): 'open' | 'closed' {
  return status === 'closed' || status === 'archived' || status === 'merged'
    ? 'closed'
    : 'open'
}
