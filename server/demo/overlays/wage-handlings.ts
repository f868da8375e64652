import type { HandlingStepInput, HandlingStepName } from '#contract/wage-handling.ts'

/** Who does it: the desk, the community or the inspection of the demo. */
export type DemoHand = 'duty' | 'community' | 'inspector'

export interface DemoHandlingStep {
  /** days before the demo is loaded */
  ago: number
  step: HandlingStepName
  by: DemoHand
  /** shares of what is owed there, or of a sum of its own where nothing is */
  share?: number
  /** the order is due so many days after it */
  payWithin?: number
  said: Partial<HandlingStepInput>
}

const bureau = '示范区人力资源和社会保障局（演示）'

function complaint(ago: number, note: string): DemoHandlingStep {
  return {
    ago,
    step: 'complain',
    by: 'duty',
    share: 1.2,
    said: { note },
  }
}
function check(ago: number, note: string, share = 1): DemoHandlingStep {
  return {
    ago,
    step: 'check',
    by: 'community',
    share,
    said: { note },
  }
}
function order(ago: number, payWithin: number): DemoHandlingStep {
  return {
    ago,
    step: 'order',
    by: 'community',
    share: 1,
    payWithin,
    said: { addressee: 'p2', article: 30, issuer: bureau },
  }
}
function receipt(ago: number, ofStep: number, receivedBy: string): DemoHandlingStep {
  return {
    ago,
    step: 'receipt',
    by: 'community',
    said: {
      ofStep,
      receivedBy,
      manner: 'in-person',
      paper: `送达回证（演示）第 ${ofStep} 号`,
    },
  }
}
function proof(ago: number, share: number): DemoHandlingStep {
  return {
    ago,
    step: 'pay',
    by: 'community',
    share,
    said: { paper: '银行代发回单（演示）' },
  }
}
const confirmed: DemoHandlingStep['said'] = { confirmed: true, people: 3, note: '抽访三人，均已到账' }

/** By the number of the site (server/demo/overlays/wage-ledgers.ts): every state, one that is late, one of which nothing came, one red site untouched. */
export const demoHandlings: Record<number, DemoHandlingStep[]> = {
  0: [
    complaint(24, '工人反映两个月未发工资'),
    check(20, '核对考勤与专户流水，欠薪属实'),
    order(18, 12),
    receipt(17, 3, '赵示例'),
    proof(7, 0.35),
  ],
  1: [
    complaint(52, '木工班组反映尾款未结'),
    check(49, '核对结算单，欠薪属实'),
    order(47, 10),
    receipt(47, 3, '钱样板'),
    proof(38, 1),
    {
      ago: 35,
      step: 'call-back',
      by: 'inspector',
      said: confirmed,
    },
    {
      ago: 34,
      step: 'propose-close',
      by: 'community',
      said: {},
    },
    {
      ago: 33,
      step: 'close',
      by: 'duty',
      said: {},
    },
  ],
  3: [
    complaint(9, '部分工人上月未发'),
    check(6, '实名制考勤与代发名册不一致，逐人核对'),
  ],
  4: [
    complaint(40, '匿名反映欠薪'),
    check(37, '三个月代发流水齐全，查无拖欠', 0),
    {
      ago: 36,
      step: 'propose-close',
      by: 'community',
      said: { note: '查无拖欠，已书面答复' },
    },
    {
      ago: 35,
      step: 'close',
      by: 'inspector',
      said: {},
    },
  ],
  5: [
    complaint(22, '水电班组反映少发一个月'),
    check(19, '总包承认漏发'),
    order(17, 14),
    receipt(16, 3, '孙演示'),
    proof(3, 1),
  ],
  6: [
    complaint(12, '工人反映每人少发三百元'),
  ],
  7: [
    complaint(30, '三个月未发，工人集中来电'),
    check(27, '劳务层层转包，考勤由班组自记；欠薪属实'),
    order(24, 10),
    receipt(24, 3, '李样本'),
    {
      ago: 5,
      step: 'transfer',
      by: 'duty',
      said: { unit: '示范区劳动保障监察大队（演示）', note: '逾期不支付，移送依法处理' },
    },
  ],
  8: [
    complaint(28, '退场工人反映工资未结清'),
    check(25, '核对退场结算，欠薪属实'),
    order(23, 10),
    receipt(22, 3, '周示范'),
    proof(14, 1),
    {
      ago: 11,
      step: 'call-back',
      by: 'duty',
      said: confirmed,
    },
    {
      ago: 10,
      step: 'propose-close',
      by: 'community',
      said: {},
    },
  ],
}
