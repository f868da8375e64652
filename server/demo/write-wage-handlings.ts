import type { HandlingStepInput } from '#contract/wage-handling.ts'
import type { Sql } from '../../db/connect.ts'
import type { Log } from '../log.ts'
import type { PersonalData } from '../privacy/personal-data.ts'
import type { HandlingRequest } from '../wages/handling/take-step.ts'
import type { DemoWorksite } from './overlays/worksites.ts'
import type { DemoHandlingStep } from './overlays/wage-handlings.ts'
import { listHandlings, looseWageCalls } from '../../db/queries/wage-handlings.ts'
import { chinaCalendar } from '../cases/china-calendar.ts'
import { takeHandlingStep } from '../wages/handling/take-step.ts'
import { owedOf } from '../wages/owed.ts'
import { dayFrom } from './overlays/days.ts'
import { demoHandlings } from './overlays/wage-handlings.ts'

const dayMs = 86_400_000
const hands: Record<DemoHandlingStep['by'], HandlingRequest['by']> = {
  duty: { id: 'demo-duty', name: '演示值班员', role: 'duty' },
  community: { id: 'demo-community', name: '演示社区经办', role: 'community' },
  inspector: { id: 'demo-inspector', name: '演示督查员', role: 'inspector' },
}
/** What was claimed at sites that owe nothing any more. */
const settledDebt = { yuan: 86_400, people: 12 }

/** Takes the steps of the demo's handlings as people would have done it. A site of which there is a handling already keeps what it has. */
export async function writeWageHandlings({ sql, log, personal, now }: { sql: Sql, log: Log, personal: PersonalData, now: Date }, worksites: readonly DemoWorksite[]): Promise<void> {
  for (const [i, site] of worksites.entries()) {
    if ((await listHandlings(sql, { scope: null, worksite: site.id })).length > 0)
      continue
    let of: HandlingRequest['of'] = { worksite: site.id }
    for (const [version, planned] of (demoHandlings[i] ?? []).entries()) {
      const { ago, step, by } = planned
      const at = new Date(now.getTime() - ago * dayMs)
      const taken = await takeHandlingStep({
        sql,
        personal,
        calendar: chinaCalendar,
        now: () => at,
      }, {
        of,
        step,
        scope: null,
        by: hands[by],
        input: {
          ...inputOf(planned, site, now),
          ...step === 'complain' && { cases: await callsUntil(sql, site.id, dayFrom(now, -ago), demoHandlings[i]!.some(other => other.step === 'close')) },
        },
      })
      if (!('taken' in taken)) {
        log.debug({ worksite: site.id, step, taken }, 'handling of the demo not written')
        break
      }
      of = { handling: taken.taken, version: version + 1 }
    }
  }
}

function inputOf({ ago, step, share, payWithin, said }: DemoHandlingStep, { ledger }: DemoWorksite, now: Date): HandlingStepInput {
  const owed = owedOf(ledger.months, dayFrom(now, 0))
  // Where all were paid too little, all have something to claim.
  const debt = owed.yuan > 0
    ? { yuan: owed.yuan, people: owed.people || ledger.months[0]!.attended }
    : settledDebt
  return {
    on: dayFrom(now, -ago),
    ...said,
    ...share !== undefined && {
      yuan: Math.round(debt.yuan * share),
      people: step === 'complain'
        ? debt.people + 2
        : Math.round(debt.people * Math.min(1, share)),
    },
    ...payWithin !== undefined && {
      payBy: dayFrom(now, payWithin - ago),
    },
  }
}

/** What is closed rests on calls that were answered. */
async function callsUntil(sql: Sql, worksite: string, day: string, answered: boolean): Promise<string[]> {
  const calls = await looseWageCalls(sql, worksite)
  return calls
    .filter(({ status, reportedOn }) => reportedOn <= day && (!answered || ['resolved', 'closed', 'archived'].includes(status)))
    .slice(0, 3)
    .map(({ id }) => id)
}
