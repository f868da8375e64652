import type { Institution, InstitutionName, PartyInput, WageMonth } from '#contract/wages.ts'
import type { Random } from '../random.ts'
import { firstDayAfter } from '../../wages/month-days.ts'
import { dayFrom } from './days.ts'

export interface DemoLedger { parties: PartyInput[], months: WageMonth[], institutions: Institution[] }

/** How a site pays, and what its chain looks like. Firms and persons are invented. */
interface Course {
  pays: 'all' | 'one-missing' | 'short' | 'late' | 'part' | 'two-months' | 'three-months'
  /** which of the two chains that share a labour company; else one of its own */
  chain?: 'a' | 'b'
  sign?: 'same-signer' | 'no-qualification' | 'labour-layers' | 'passed-on-whole'
}

const courses: Course[] = [
  { pays: 'two-months', chain: 'a', sign: 'same-signer' },
  { pays: 'all' },
  { pays: 'one-missing', chain: 'a' },
  { pays: 'part', chain: 'b', sign: 'no-qualification' },
  { pays: 'all', chain: 'b' },
  { pays: 'all' },
  { pays: 'short', chain: 'b' },
  { pays: 'three-months', chain: 'a', sign: 'labour-layers' },
  { pays: 'all' },
  { pays: 'late' },
  { pays: 'all' },
  { pays: 'two-months', chain: 'b', sign: 'passed-on-whole' },
]

const chains = {
  a: {
    developer: '示范城市更新公司',
    contractor: '示范建设一公司',
    subcontractor: '样例机电安装公司',
    labour: '样例劳务甲公司',
  },
  b: {
    developer: '样例置业公司',
    contractor: '演示建工集团',
    subcontractor: '演示防水工程公司',
    labour: '样例劳务甲公司',
  },
}
const own = {
  developer: ['示范市政管理处', '街道办事处（演示）', '样例教育投资公司'],
  contractor: ['示范建设二公司', '样例市政工程公司', '演示路桥公司'],
  subcontractor: ['示范管道工程公司', '样例装饰工程公司', '演示钢结构公司'],
  labour: ['样例劳务乙公司', '演示劳务丙公司', '示范劳务丁公司'],
}
const signers = [
  '赵示例',
  '钱样板',
  '孙演示',
  '李样本',
  '周示范',
  '吴虚构',
  '郑模拟',
  '王假设',
]
const monthsOfHistory = 12

/** Twelve months of a site whose last one has just ended, with its chain and checklist; `i` says how it pays. */
export function composeLedger(i: number, workers: number, now: Date, random: Random): DemoLedger {
  const course = courses[i % courses.length]!
  return {
    parties: partiesOf(course, i, now, random),
    months: monthsOf(course, workers, now, random),
    institutions: institutionsOf(course, now, random),
  }
}

function monthsOf({ pays }: Course, workers: number, now: Date, random: Random): WageMonth[] {
  const today = dayFrom(now, 0)
  const wage = random.integer(58, 86) * 100
  return Array.from({ length: monthsOfHistory }, (_, ago) => {
    const [year, number] = today.split('-').map(Number) as [number, number]
    const month = new Date(Date.UTC(year, number - 2 - ago, 1)).toISOString().slice(0, 7)
    const attended = Math.max(6, Math.round(workers * random.between(0.9, 1.05)))
    const dueYuan = attended * wage
    const payDay = `${firstDayAfter(month).slice(0, 8)}10`
    const paid: WageMonth = {
      month,
      attended,
      paidPeople: attended,
      dueYuan,
      paidYuan: dueYuan,
      paidOn: payDay < today
        ? payDay
        : today,
    }
    const missing = (people: number): WageMonth => ({ ...paid, paidPeople: attended - people, paidYuan: dueYuan - people * wage })
    const unpaidMonths = { 'late': 1, 'two-months': 2, 'three-months': 3 }[pays as string] ?? 0
    if (ago < unpaidMonths) {
      return {
        ...paid,
        paidPeople: 0,
        paidYuan: 0,
        paidOn: null,
      }
    }
    if (ago > 0 || pays === 'all')
      return paid
    switch (pays) {
      case 'one-missing':
        return missing(Math.max(1, Math.floor(attended * 0.06)))
      case 'part':
        return missing(Math.ceil(attended * 0.18))
      default:
        return pays === 'short'
          ? { ...paid, paidYuan: dueYuan - attended * 300 }
          : paid
    }
  })
}

function partiesOf({ chain, sign }: Course, i: number, now: Date, random: Random): PartyInput[] {
  const names = chain
    ? chains[chain]
    : {
        developer: random.pick(own.developer),
        contractor: random.pick(own.contractor),
        subcontractor: random.pick(own.subcontractor),
        labour: random.pick(own.labour),
      }
  const total = random.integer(60, 420) * 100_000
  const [developer, contractor, subcontractor, labour] = random.shuffle(signers)
  const party = (id: string, parent: string | null, role: PartyInput['role'], company: string, said: Partial<PartyInput>): PartyInput => ({
    id,
    parent,
    role,
    company,
    contractNumber: parent === null
      ? null
      : `YS-HT-${String(i + 1).padStart(2, '0')}-${id.toUpperCase()}`,
    signedOn: null,
    amountYuan: null,
    qualified: role === 'developer' || role === 'crew'
      ? null
      : true,
    signer: null,
    ...said,
  })
  const share = (low: number, high: number) => Math.round(total * random.between(low, high) / 10_000) * 10_000
  return [
    party('p1', null, 'developer', names.developer, { signer: developer! }),
    // The same firm as its people write it: merged by hand where somebody knows.
    party('p2', 'p1', 'general-contractor', sign === 'labour-layers'
      ? '示范一建'
      : names.contractor, {
      signedOn: dayFrom(now, -420),
      amountYuan: total,
      signer: contractor!,
    }),
    party('p3', 'p2', 'subcontractor', names.subcontractor, {
      signedOn: dayFrom(now, -390),
      amountYuan: sign === 'passed-on-whole'
        ? Math.round(total * 0.97)
        : share(0.2, 0.35),
      signer: subcontractor!,
    }),
    party('p4', 'p3', 'labour', names.labour, {
      signedOn: dayFrom(now, -380),
      amountYuan: share(0.06, 0.14),
      qualified: sign !== 'no-qualification',
      signer: sign === 'same-signer'
        ? subcontractor!
        : labour!,
    }),
    ...sign === 'labour-layers'
      ? [
          party('p6', 'p4', 'labour', '示范劳务丁公司', {
            signedOn: dayFrom(now, -360),
            amountYuan: share(0.03, 0.05),
            qualified: null,
          }),
        ]
      : [],
    party('p5', sign === 'labour-layers'
      ? 'p6'
      : 'p4', 'crew', `${random.pick(['木工', '钢筋', '瓦工', '水电'])}班组`, {}),
  ]
}

const evidence: Record<InstitutionName, string> = {
  'real-names': '实名制平台在册，抽查考勤一致',
  'deposit': '工资保证金保函（演示）',
  'separate-account': '专户开户回执（演示）',
  'paid-by-contractor': '总包代发协议与银行回单（演示）',
  'notice-board': '现场照片：维权告示牌',
  'monthly-in-full': '近三月工资表与流水一致',
}

function institutionsOf({ pays }: Course, now: Date, random: Random): Institution[] {
  const missing: InstitutionName[] = pays === 'all'
    ? []
    : pays === 'two-months' || pays === 'three-months'
      ? ['separate-account', 'paid-by-contractor', 'monthly-in-full']
      : ['monthly-in-full']
  return (Object.keys(evidence) as InstitutionName[]).map((institution) => {
    const isMissing = missing.includes(institution)
    const unknown = !isMissing && random.chance(0.08)
    return {
      institution,
      state: isMissing
        ? 'missing'
        : unknown
          ? 'unknown'
          : 'in-place',
      evidence: isMissing || unknown
        ? null
        : evidence[institution],
      checkedOn: unknown
        ? null
        : dayFrom(now, -random.integer(3, 40)),
    }
  })
}
