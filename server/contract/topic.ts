import type { CaseKind } from './case.ts'
import { z } from 'zod'

/**
 * What a case is about, out of a fixed list: a screen that may not show what a resident wrote shows this.
 * Order matters: the first whose words appear in the text wins.
 */
export const topics = {
  'lift-stopped': {
    kind: 'property',
    words: ['电梯停', '电梯坏', '电梯故障', '困在电梯', '电梯'],
  },
  'door-access': {
    kind: 'property',
    words: ['门禁', '单元门', '道闸'],
  },
  'stair-lighting': {
    kind: 'property',
    words: ['楼道灯', '楼道照明', '声控灯', '路灯'],
  },
  'roof-leak': {
    kind: 'renovation',
    words: ['渗水', '漏雨', '漏水', '防水'],
  },
  'pipe-blocked': {
    kind: 'property',
    words: ['堵塞', '返水', '下水', '污水', '化粪池'],
  },
  'property-service': {
    kind: 'property',
    words: ['物业'],
  },
  'works-stopped': {
    kind: 'renovation',
    words: ['停工', '烂尾', '未完工', '一直没动'],
  },
  'surface-not-restored': {
    kind: 'renovation',
    words: ['未恢复', '坑洼', '路面', '管沟'],
  },
  'facade': {
    kind: 'renovation',
    words: ['外墙', '保温', '脱落'],
  },
  'retrofit-lift': {
    kind: 'renovation',
    words: ['加装电梯'],
  },
  'works-quality': {
    kind: 'renovation',
    words: ['改造', '施工质量', '返工'],
  },
  'crew-unpaid': {
    kind: 'wages',
    words: ['班组'],
  },
  'wages-unpaid': {
    kind: 'wages',
    words: ['工资', '欠薪', '工钱', '血汗钱', '讨薪'],
  },
  'meals': {
    kind: 'elder-care',
    words: ['助餐', '送餐', '食堂', '老年餐'],
  },
  'home-adaptation': {
    kind: 'elder-care',
    words: ['适老', '扶手', '坡道'],
  },
  'home-care': {
    kind: 'elder-care',
    words: ['护理', '照料', '独居', '探访', '上门'],
  },
  'gas-leak': {
    kind: 'utilities',
    words: ['燃气泄漏', '燃气味', '煤气味', '漏气'],
  },
  'no-water': {
    kind: 'utilities',
    words: ['停水', '水压', '水管爆', '爆管', '自来水'],
  },
  'no-power': {
    kind: 'utilities',
    words: ['停电', '跳闸', '断电', '电压'],
  },
  'no-heat': {
    kind: 'utilities',
    words: ['暖气', '供暖', '不热', '供热'],
  },
  'gas-supply': {
    kind: 'utilities',
    words: ['燃气', '天然气'],
  },
  'rubbish': {
    kind: 'sanitation',
    words: ['垃圾', '满冒', '清运'],
  },
  'clutter': {
    kind: 'sanitation',
    words: ['堆物', '杂物', '堆放', '占用楼道'],
  },
  'dirt': {
    kind: 'sanitation',
    words: ['扬尘', '脏', '异味', '蚊虫', '老鼠', '狗粪'],
  },
  'night-works': {
    kind: 'noise',
    words: ['夜间施工', '施工噪'],
  },
  'loud-music': {
    kind: 'noise',
    words: ['广场舞', '音响', '外放', '音乐'],
  },
  'machine-noise': {
    kind: 'noise',
    words: ['空调外机', '水泵', '机器', '异响'],
  },
  'neighbour-noise': {
    kind: 'noise',
    words: ['装修', '楼上', '吵', '噪声', '噪音', '扰民'],
  },
  'parking': {
    kind: 'traffic',
    words: ['停车', '占道', '车位', '僵尸车', '堵住'],
  },
  'charging': {
    kind: 'safety',
    words: ['飞线', '充电', '电动车'],
  },
  'road-safety': {
    kind: 'traffic',
    words: ['红绿灯', '信号灯', '减速带', '标线', '公交', '路口'],
  },
  'fire-lane': {
    kind: 'safety',
    words: ['消防', '起火', '冒烟', '着火'],
  },
  'falling-objects': {
    kind: 'safety',
    words: ['高空抛物', '坠落', '井盖', '围墙', '坍塌'],
  },
  'fraud': {
    kind: 'safety',
    words: ['诈骗', '可疑', '盗', '治安'],
  },
  'family-doctor': {
    kind: 'medical',
    words: ['家庭医生', '签约', '随访'],
  },
  'clinic': {
    kind: 'medical',
    words: ['卫生站', '卫生服务', '疫苗', '挂号', '药', '急救'],
  },
  'school': {
    kind: 'education',
    words: ['入学', '学校', '校门', '托管', '幼儿园', '辅导'],
  },
  'culture-venue': {
    kind: 'culture',
    words: ['文化', '阅览', '图书', '健身', '活动室', '球场'],
  },
  'licence': {
    kind: 'enterprise',
    words: ['营业执照', '证照', '审批', '办证'],
  },
  'premises': {
    kind: 'enterprise',
    words: ['招工', '场地', '门头', '店铺', '商户', '企业'],
  },
} as const satisfies Record<string, { kind: CaseKind, words: readonly string[] }>

export const CaseTopic = z.enum([
  ...Object.keys(topics),
  'unspecified',
] as [keyof typeof topics | 'unspecified']).meta({ id: 'CaseTopic' })
export type CaseTopic = z.infer<typeof CaseTopic>
