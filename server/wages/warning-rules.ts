import type { WageRule } from '#contract/wages.ts'

/**
 * The law knows no colours (保障农民工工资支付条例, State Council Order 724). These defaults are in use elsewhere [secondary
 * source]; a subdistrict can set its own with their source, and every warning shows which rule it rests on.
 */
export const defaultWageRules: WageRule[] = [
  {
    rule: 'month-unpaid',
    level: 'red',
    threshold: 1,
    source: '常用口径（次月底仍未付清）；按月足额支付见保障农民工工资支付条例第二十四条',
  },
  {
    rule: 'people-unpaid',
    level: 'red',
    threshold: 0.1,
    source: '常用口径（未发薪人数超过出勤人数 10%），条例未规定',
  },
  {
    rule: 'fewer-paid',
    level: 'yellow',
    threshold: 0,
    source: '常用口径（发薪人数少于出勤人数），条例未规定',
  },
  {
    rule: 'amount-short',
    level: 'yellow',
    threshold: 0,
    source: '本系统默认（已发放但金额不足），条例未规定',
  },
]

/** Each rule as it was set, else as it is by default. */
export function rulesInForce(set: readonly WageRule[]): WageRule[] {
  return defaultWageRules.map(rule => set.find(other => other.rule === rule.rule) ?? rule)
}
