import type { CareKind } from '#contract/places.ts'

/** Names of the kinds as definitions of rates give them. */
export const kindNames: Record<CareKind, string> = {
  'comprehensive-centre': '街道综合养老服务中心',
  'day-care': '社区日间照料中心',
  'meals': '助餐点',
  'clinic': '社区卫生服务站',
  'family-doctors': '家庭医生团队',
}
