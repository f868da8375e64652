import type { PlanChange } from '#contract/plan.ts'
import { segmentMetres } from '#coverage/local-metres.ts'

export interface ChangeNames {
  facility: (id: string) => string
  gate: (id: number) => string
  t: (key: string, named?: Record<string, unknown>) => string
  number: (value: number) => string
}

/** What a change does, in the language of the page. */
export function describeChange(change: PlanChange, { facility, gate, t, number }: ChangeNames): string {
  switch (change.do) {
    case 'bridge':
      return t('plan.change.bridge', {
        n: number(segmentMetres(...change.from, ...change.to)),
      })
    case 'gate':
      return t(change.open ? 'plan.change.gateOpen' : 'plan.change.gateClose', {
        name: gate(change.gate),
      })
    case 'open':
      return t(change.open ? 'plan.change.open' : 'plan.change.close', {
        name: facility(change.facility),
      })
    case 'add':
      return t('plan.change.add', { name: change.name })
    default:
      return t(`plan.change.${change.do}`, {
        name: facility(change.facility),
        n: change.do === 'resize'
          ? change.capacity ?? '—'
          : '',
      })
  }
}
