import type { Sql } from '../../db/connect.ts'
import type { Log } from '../log.ts'
import type { DemoWorksite } from './overlays/worksites.ts'
import { listVisits } from '../../db/queries/worksite-visits.ts'
import { endVisit, planVisits } from '../wages/visits/plan-visits.ts'
import { dayFrom } from './overlays/days.ts'

interface DemoVisit {
  /** number of the site */
  site: number
  /** planned so many days before the demo is loaded, for so many days before or (negative) after it */
  plannedAgo: number
  ago: number
  visitor: string
  purpose: string
  done?: { ago: number, finding: string, peopleMet: number }
}

const dayMs = 86_400_000
const by = { id: 'demo-duty', name: '演示值班员' }

/** One that is overdue, two to come, two done; one red site has none. */
const visits: DemoVisit[] = [
  {
    site: 7,
    plannedAgo: 9,
    ago: 3,
    visitor: '包保领导（演示）',
    purpose: '督促总包清偿',
  },
  {
    site: 0,
    plannedAgo: 4,
    ago: -2,
    visitor: '赵示例',
    purpose: '核对剩余发放名册',
  },
  {
    site: 9,
    plannedAgo: 2,
    ago: -5,
    visitor: '钱样板',
    purpose: '了解拖欠原因',
  },
  {
    site: 3,
    plannedAgo: 12,
    ago: 8,
    visitor: '孙演示',
    purpose: '投诉核查',
    done: { ago: 7, finding: '七名工人未领到上月工资，班组长记账与考勤不符', peopleMet: 9 },
  },
  {
    site: 5,
    plannedAgo: 10,
    ago: 6,
    visitor: '李样本',
    purpose: '核实补发',
    done: { ago: 6, finding: '总包已列支，承诺三日内补发', peopleMet: 4 },
  },
]

/** Plans and makes the demo's visits as people would have done it. A site that has visits already keeps what it has. */
export async function writeWorksiteVisits({ sql, log, now }: { sql: Sql, log: Log, now: Date }, worksites: readonly DemoWorksite[]): Promise<void> {
  for (const { site, plannedAgo, ago, visitor, purpose, done } of visits) {
    const worksite = worksites[site]?.id
    if (worksite === undefined || (await listVisits(sql, { scope: null, worksite })).length > 0)
      continue
    const writer = (daysAgo: number) => ({
      sql,
      scope: null,
      by,
      now: () => new Date(now.getTime() - daysAgo * dayMs),
    })
    const planned = await planVisits(writer(plannedAgo), [
      {
        worksite,
        plannedOn: dayFrom(now, -ago),
        visitor,
        purpose,
      },
    ])
    const ended = done && 'ids' in planned
      ? await endVisit(writer(done.ago), {
          id: planned.ids[0]!,
          action: 'done',
          input: {
            on: dayFrom(now, -done.ago),
            finding: done.finding,
            peopleMet: done.peopleMet,
          },
        })
      : planned
    if (!('ids' in ended))
      log.debug({ worksite, ended }, 'visit of the demo not written')
  }
}
